/**
 * Windows' code page 932, for writing. The table is made by decoding every code with `TextDecoder('shift_jis')` (WHATWG Encoding, which is what
 * Windows does with ～, －, ∥ and ￢), so that whatever is written is read back as it was. Libraries that write it put `?` for what they do not
 * know, and say nothing.
 */

/** 0: cannot be written. Below 0x100 one byte, else two. All of CP932 lies in the basic plane: an index is a UTF-16 code unit. */
let codes: Uint16Array | null = null;

/** Where a character has several codes Windows writes the first, and never one of 「NEC選定IBM拡張文字」 (0xED, 0xEE). */
function makeCodes(): Uint16Array {
  const table = new Uint16Array(0x1_0000);
  const decoder = new TextDecoder('shift_jis');
  const keep = (code: number, bytes: readonly number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes));
    const unit = text.charCodeAt(0);
    if (text.length === 1 && unit !== 0xfffd && table[unit] === 0) table[unit] = code;
  };
  // ASCII is itself. Node's decoder (ICU) takes 0x1A, 0x1C and 0x7F for one another, as IBM's machines did; Windows and the standard do not.
  for (let code = 0x01; code < 0x80; code++) table[code] = code;
  for (let code = 0xa1; code <= 0xdf; code++) keep(code, [code]);
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    if ((lead >= 0xa0 && lead <= 0xdf) || lead === 0xed || lead === 0xee) continue;
    for (let trail = 0x40; trail <= 0xfc; trail++) {
      if (trail !== 0x7f) keep((lead << 8) | trail, [lead, trail]);
    }
  }
  return table;
}

function table(): Uint16Array {
  codes ??= makeCodes();
  return codes;
}

/** Whether every character of the text can be written. A surrogate pair, and with it every IVS, cannot. */
export function isWritableInCp932(text: string): boolean {
  const known = table();
  for (let at = 0; at < text.length; at++) if (known[text.charCodeAt(at)] === 0) return false;
  return true;
}

/** @throws RangeError for a text that is not writable: put substitutes in first (substitutes.ts) */
export function encodeCp932(text: string): Buffer {
  const known = table();
  const bytes = Buffer.allocUnsafe(text.length * 2);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = known[text.charCodeAt(at)] ?? 0;
    if (code === 0) throw new RangeError('a character is not in CP932');
    if (code > 0xff) bytes[length++] = code >> 8;
    bytes[length++] = code & 0xff;
  }
  return bytes.subarray(0, length);
}
