import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** AES-256 keys of a house for one purpose. The first one encrypts, all of them decrypt: to change keys, put a new one in front. */
export const SealKeysSchema = z.array(z.object({ id: z.string().min(1), key: z.base64() })).min(1);
export type SealKeys = z.infer<typeof SealKeysSchema>;

/**
 * `keyMissing`: encrypted with a key that this house does not have. `broken`: changed, in another place than it was written for, or
 * not by the key of that id. Carries no content.
 */
export class SealError extends Error {
  readonly code: 'keyMissing' | 'broken';
  constructor(code: SealError['code'], options?: ErrorOptions) {
    super(
      code === 'keyMissing' ? 'the key of something encrypted is missing' : 'something encrypted is broken',
      options,
    );
    this.code = code;
  }
}

/** What may lie anywhere in place of a text. */
export const SealedSchema = z.object({
  /** Base64 of nonce, tag and ciphertext. */
  sealed: z.base64(),
  /** Id of the key. */
  sealedWith: z.string(),
});
export type Sealed = z.infer<typeof SealedSchema>;

/** Encrypts texts for the place where they are to lie; moved to another place they do not open. */
export type Seal = {
  /** Id of the key that encrypts. */
  readonly currentKey: string;
  seal(text: string, place: string): Sealed;
  /** @throws SealError */
  open(sealed: Sealed, place: string): string;
};

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** As NIST SP 800-38D recommends for GCM. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @throws RangeError for a key that has not 256 bits, SealError where there is none */
export function createSeal(keys: SealKeys): Seal {
  const byId = new Map(keys.map(({ id, key }) => [id, keyOf(key)]));
  const [current] = keys;
  if (current === undefined) throw new SealError('keyMissing');
  const currentKey = keyOf(current.key);
  return {
    currentKey: current.id,
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, currentKey, nonce).setAAD(Buffer.from(place));
      const ciphertext = Buffer.concat([cipher.update(text), cipher.final()]);
      const sealed = Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64');
      return { sealed, sealedWith: current.id };
    },
    open({ sealed, sealedWith }, place) {
      const key = byId.get(sealedWith);
      if (key === undefined) throw new SealError('keyMissing');
      try {
        return opened(key, Buffer.from(sealed, 'base64'), Buffer.from(place));
      } catch (cause) {
        throw new SealError('broken', { cause });
      }
    },
  };
}

/** A ring for a house that has none for that purpose yet. */
export function newSealKeys(): SealKeys {
  return [{ id: randomBytes(4).toString('hex'), key: randomBytes(KEY_BYTES).toString('base64') }];
}

function opened(key: Buffer, box: Buffer, place: Buffer): string {
  const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(place)
    .setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const text = Buffer.concat([decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return text.toString('utf8');
}

function keyOf(base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== KEY_BYTES) throw new RangeError('a key that encrypts has not 256 bits');
  return key;
}
