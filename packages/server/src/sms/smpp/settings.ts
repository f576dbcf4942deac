import { z } from 'zod';

/**
 * What a contract with an SMPP gateway says. Durations in milliseconds. The defaults suit the local simulator and most Japanese
 * aggregators; `systemId`, `password` and `sourceAddress` come with the contract.
 */
export const SmppSettingsSchema = z.object({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  tls: z.boolean().default(false),
  /** Certificates (PEM) of the authority that vouches for the gateway, where no public one does. */
  ca: z.string().min(1).optional(),
  systemId: z.string().max(15),
  password: z.string().max(8),
  systemType: z.string().max(12).default(''),
  /** The sender that the citizen sees: digits, or up to 11 letters where `sourceTon` is 5 (alphanumeric). */
  sourceAddress: z.string().max(20),
  sourceTon: z.int().min(0).max(6).default(0),
  sourceNpi: z.int().min(0).max(18).default(0),
  /** `international`: 8190… with TON 1; `national`: 090… with TON 2. */
  numberFormat: z.enum(['international', 'national']).default('international'),
  /**
   * How the gateway wants texts of more than one part: under a concatenation header with an 8-bit or 16-bit reference, with the sar_
   * parameters, or whole in message_payload, so that the gateway cuts them.
   */
  longText: z.enum(['udh8', 'udh16', 'sar', 'payload']).default('udh8'),
  /** For which parts of a text the gateway is asked for a delivery receipt. */
  receiptsOn: z.enum(['none', 'lastPart', 'everyPart']).default('everyPart'),
  /** Some gateways answer a submit with a hexadecimal id and name the same id in decimal in the receipt, or the other way round. */
  receiptIdForm: z.enum(['same', 'decimalOfHexadecimal', 'hexadecimalOfDecimal']).default('same'),
  /**
   * Gives each part a number of our own, which a gateway that knows user_message_reference repeats in the receipt. So a text whose submit had
   * no answer is settled after all. Off where a gateway refuses parameters it does not know.
   */
  userMessageReference: z.boolean().default(false),
  /** Offset of the receipts' "done date", which names no zone. Japan: 540. */
  receiptUtcOffsetMinutes: z.int().min(-720).max(840).default(540),
  /** Submits handed over and not answered yet, at most. */
  window: z.int().min(1).max(500).default(10),
  /** Parts, not texts. 0: as fast as the window allows. */
  submitsPerSecond: z.number().min(0).default(0),
  connectTimeoutMs: z.int().positive().default(10_000),
  responseTimeoutMs: z.int().positive().default(30_000),
  /** Silence after which the peer is asked whether it is there. */
  enquireLinkAfterMs: z.int().positive().default(30_000),
  enquireLinkTimeoutMs: z.int().positive().default(10_000),
  reconnectMinMs: z.int().positive().default(1_000),
  reconnectMaxMs: z.int().positive().default(30_000),
  /** How long everything pauses after "too fast" or "queue full", doubled each time until something is taken again. */
  throttlePauseMinMs: z.int().positive().default(250),
  throttlePauseMaxMs: z.int().positive().default(10_000),
  /** How long a text that nothing was handed over of waits for its turn meanwhile before the outbox takes it back. */
  throttledTurnPatienceMs: z.int().positive().default(10_000),
  /** How long the throttled parts of a half-taken text are offered again and again before the outbox takes the text back. */
  throttledPartPatienceMs: z.int().positive().default(60_000),
});
export type SmppSettings = z.infer<typeof SmppSettingsSchema>;
