import type { WireSubmit } from './wire.ts';

/** A whole text, as the telephone would show it. */
export type ReassembledText = {
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly parts: number;
  readonly dataCoding: number;
  /** False where a part alone is no well-formed UTF-16: a surrogate pair was torn. */
  readonly partsWellFormed: boolean;
  readonly messageIds: readonly string[];
};

type Part = { readonly text: string; readonly messageId: string };
type Pending = { readonly total: number; readonly parts: Map<number, Part> };

const userDataHeaderIndicator = 0x40;
const ucs2 = 8;

/** Joins parts as a telephone does: by sender, receiver, reference and number of parts, in whatever order they come. */
export class Reassembly {
  readonly #pending = new Map<string, Pending>();
  readonly #seenParts = new Set<string>();
  #doubled = 0;

  /** Texts of which a part is missing. */
  get incomplete(): number {
    return this.#pending.size;
  }

  /** Parts of longer texts that came a second time with the same words: a telephone would not show it, the bill would. */
  get doubledParts(): number {
    return this.#doubled;
  }

  /** @returns the text that this part completes, else null */
  add(submit: WireSubmit, messageId: string): ReassembledText | null {
    const header = readConcatenation(submit);
    const part = { text: decode(header.octets, submit.dataCoding), messageId };
    if (header.total === 1) return join(submit, [part]);
    const seen = JSON.stringify([submit.to, header.total, header.part, part.text]);
    if (this.#seenParts.has(seen)) this.#doubled += 1;
    this.#seenParts.add(seen);
    const key = [submit.from, submit.to, header.reference, header.total].join(' ');
    const pending = this.#pending.get(key) ?? { total: header.total, parts: new Map<number, Part>() };
    this.#pending.set(key, pending);
    pending.parts.set(header.part, part);
    if (pending.parts.size < pending.total) return null;
    this.#pending.delete(key);
    return join(
      submit,
      [...pending.parts].sort(([a], [b]) => a - b).map(([, each]) => each),
    );
  }
}

function join(submit: WireSubmit, parts: readonly Part[]): ReassembledText {
  return {
    from: submit.from,
    to: submit.to,
    text: parts.map((part) => part.text).join(''),
    parts: parts.length,
    dataCoding: submit.dataCoding,
    partsWellFormed: parts.every((part) => part.text.isWellFormed()),
    messageIds: parts.map((part) => part.messageId),
  };
}

/**
 * How a part names its text: the concatenation element of the user data header with an 8-bit or 16-bit reference (3GPP TS 23.040,
 * 9.2.3.24.1 and 9.2.3.24.8), or the sar_ parameters (SMPP 3.4, 5.3.2.22). Without either, a single part.
 */
function readConcatenation(submit: WireSubmit): {
  reference: number;
  total: number;
  part: number;
  octets: Buffer;
} {
  if (submit.segment !== null) return { ...submit.segment, octets: submit.octets };
  if ((submit.esmClass & userDataHeaderIndicator) === 0) {
    return { reference: 0, total: 1, part: 1, octets: submit.octets };
  }
  const headerLength = submit.octets[0] ?? 0;
  const octets = submit.octets.subarray(1 + headerLength);
  for (let at = 1; at < 1 + headerLength; at += 2 + (submit.octets[at + 1] ?? 0)) {
    if (submit.octets[at] === 0x00 && submit.octets[at + 1] === 3) {
      const [reference = 0, total = 1, part = 1] = submit.octets.subarray(at + 2, at + 5);
      return { reference, total, part, octets };
    }
    if (submit.octets[at] === 0x08 && submit.octets[at + 1] === 4) {
      const [total = 1, part = 1] = submit.octets.subarray(at + 4, at + 6);
      return { reference: submit.octets.readUInt16BE(at + 2), total, part, octets };
    }
  }
  return { reference: 0, total: 1, part: 1, octets };
}

function decode(octets: Buffer, dataCoding: number): string {
  if (dataCoding !== ucs2) return octets.toString('latin1');
  let text = '';
  for (let at = 0; at + 1 < octets.length; at += 2) text += String.fromCharCode(octets.readUInt16BE(at));
  return text;
}
