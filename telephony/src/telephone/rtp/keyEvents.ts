import { TelephoneError } from '../telephoneError.ts';

/** Keys in the order of their event codes 0–11 (RFC 4733 table 3). */
const keys = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'] as const;
export type TelephoneKey = (typeof keys)[number];

/** @throws TelephoneError KEY_NOT_SENT for anything but 0–9 * #. */
export function readKey(text: string): TelephoneKey {
  const key = keys.find((each) => each === text);
  if (key === undefined) throw new TelephoneError('KEY_NOT_SENT', 'not a key of a telephone');
  return key;
}

/** Milliseconds that an event may last before RFC 4733 wants it cut into segments (16-bit duration). */
export const longestKeyMs = 8000;
/** 'The final packet … SHOULD be sent a total of three times' (RFC 4733 section 2.5.1.4). */
export const endRepetitions = 3;

const volume = 10;

/** The four bytes of RFC 4733 section 2.3; `duration` in timestamp units. */
export function writeKeyPayload(
  into: Buffer,
  at: number,
  key: TelephoneKey,
  end: boolean,
  duration: number,
): void {
  into[at] = keys.indexOf(key);
  into[at + 1] = (end ? 0x80 : 0) | volume;
  into.writeUInt16BE(duration, at + 2);
}

/** Null for a payload that is no key. */
export function readKeyPayload(
  payload: Buffer,
): { readonly key: TelephoneKey; readonly end: boolean; readonly duration: number } | null {
  const key = keys[payload[0] ?? 255];
  if (payload.length < 4 || key === undefined) return null;
  return { key, end: ((payload[1] ?? 0) & 0x80) !== 0, duration: payload.readUInt16BE(2) };
}
