/**
 * Our own number of one part (user_message_reference, SMPP 3.4, 5.3.2.17), 0–65535: at most sixteen parts to a text, so that it comes again
 * at one telephone 4,096 texts later. The same sum stands in outbox/receipt-statements.ts.
 */
export function partReference(reference: number, part: number): number {
  return (reference * 16 + part) % 65_536;
}
