/** One submit_sm worth of text: the octets of `short_message`, and whether a user data header opens them. */
export type ShortMessage = { readonly octets: Buffer; readonly hasUserDataHeader: boolean };

/**
 * Parts of a text as the octets of short_message: UCS-2 (data_coding 8, big-endian UTF-16), several parts under a concatenation
 * header with an 8-bit reference (3GPP TS 23.040, 9.2.3.24.1).
 * @param reference 0–255, the same for all parts of one text
 */
export function toShortMessages(parts: readonly string[], reference: number): readonly ShortMessage[] {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return [{ octets: toUcs2(only), hasUserDataHeader: false }];
  return parts.map((part, index) => ({
    octets: Buffer.concat([Buffer.from([5, 0x00, 3, reference, parts.length, index + 1]), toUcs2(part)]),
    hasUserDataHeader: true,
  }));
}

function toUcs2(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

/**
 * Concatenation references, counted per telephone, so that the parts of two texts on their way to one telephone never share
 * one until 256 texts later. Starts anywhere, because the telephone may still hold parts sent before a restart.
 */
export class ConcatenationReferences {
  readonly #last = new Map<string, number>();
  readonly #random: () => number;
  readonly #telephonesKept = 10_000;

  /** @param random gives an integer from 0 to 255 */
  constructor(random: () => number) {
    this.#random = random;
  }

  next(to: string): number {
    const last = this.#last.get(to);
    const reference = last === undefined ? this.#random() : (last + 1) % 256;
    this.#last.delete(to);
    this.#last.set(to, reference);
    if (this.#last.size > this.#telephonesKept) {
      const [oldest] = this.#last.keys();
      if (oldest !== undefined) this.#last.delete(oldest);
    }
    return reference;
  }
}
