import { createHmac, createSecretKey } from 'node:crypto';

/** Keyed hashes: who knows them but not the key learns nothing of a person, also not by trying all numbers. */
export type PersonKeys = {
  /** @param addresseeNumber 宛名番号 as written; full-width digits are the same as plain ones. */
  person(addresseeNumber: string): Buffer;
  /** @param telephone national digits. */
  telephone(telephone: string): Buffer;
};

/** @param key base64 of 32 bytes (`personKey` of the settings). HMAC-SHA-256 (RFC 2104). */
export function createPersonKeys(key: string): PersonKeys {
  // Made once: given as bytes, it would be made anew for each hash, which takes four times as long.
  const secret = createSecretKey(key, 'base64');
  const keyOf = (what: string, value: string) =>
    createHmac('sha256', secret).update(`${what}\n${value}`).digest();
  return {
    person: (addresseeNumber) => keyOf('addressee', addresseeNumber.normalize('NFKC').trim()),
    telephone: (telephone) => keyOf('telephone', telephone),
  };
}
