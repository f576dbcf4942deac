import { TelephoneError } from '../telephoneError.ts';
import { contentLength, findHeadEnd, type SipHeader } from './message.ts';

const largestMessageBytes = 256 * 1024;

/** Cuts a byte stream into SIP messages by Content-Length (RFC 3261 section 18.3); empty lines between them are keep-alives. */
export class StreamFraming {
  #held: Buffer = Buffer.alloc(0);

  /**
   * Takes what arrived and gives the messages that are whole by now.
   * @throws TelephoneError SIP_SYNTAX when the stream cannot be cut any more; the connection is of no use then.
   */
  push(chunk: Buffer): readonly Buffer[] {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const messages: Buffer[] = [];
    for (;;) {
      let blank = 0;
      while (this.#held[blank] === 0x0d || this.#held[blank] === 0x0a) blank++;
      if (blank > 0) this.#held = this.#held.subarray(blank);
      const head = findHeadEnd(this.#held);
      if (head === null) {
        if (this.#held.length > largestMessageBytes)
          throw new TelephoneError('SIP_SYNTAX', 'the head of a message has no end');
        return messages;
      }
      const end = head.bodyStart + bodyLength(this.#held.toString('latin1', 0, head.end));
      if (this.#held.length < end) return messages;
      messages.push(this.#held.subarray(0, end));
      this.#held = this.#held.subarray(end);
    }
  }
}

function bodyLength(head: string): number {
  const headers = head.split(/\r?\n/).flatMap((line): SipHeader[] => {
    const colon = line.indexOf(':');
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()]] : [];
  });
  const length = contentLength(headers);
  if (length === null) throw new TelephoneError('SIP_SYNTAX', 'a message on a stream has no Content-Length');
  if (length > largestMessageBytes) throw new TelephoneError('SIP_SYNTAX', 'a message is too large');
  return length;
}
