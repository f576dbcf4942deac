import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { EventRow } from './call-record.ts';

/** AES-256 keys of a house. The first one encrypts, all of them decrypt: to change keys, put a new one in front. */
export const EventKeysSchema = z.array(z.object({ id: z.string().min(1), key: z.base64() })).min(1);
export type EventKeys = z.infer<typeof EventKeysSchema>;

/**
 * `keyMissing`: encrypted with a key that this house does not have. `broken`: changed, in another place than it was written for, or
 * not by the key of that id. Carries no content.
 */
export class EventSealError extends Error {
  readonly code: 'keyMissing' | 'broken';
  constructor(code: EventSealError['code'], options?: ErrorOptions) {
    super(
      code === 'keyMissing' ? 'the key of an encrypted event is missing' : 'an encrypted event is broken',
      options,
    );
    this.code = code;
  }
}

/** Hides the content of events that are nobody's business, wherever their rows come to lie. */
export type EventSeal = {
  /** The row with its event encrypted. */
  seal(row: EventRow): EventRow;
  /** The event of a row, decrypted where it is sealed. @throws EventSealError */
  open(row: Pick<EventRow, 'call_id' | 'seq' | 'event' | 'sealed_with'>): unknown;
};

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
/** As NIST SP 800-38D recommends for GCM. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What lies in the column `event` of a sealed row: base64 of nonce, tag and ciphertext. The type is no secret. */
const SealedEventSchema = z.object({ type: z.string(), sealed: z.base64() });

/** @throws RangeError for a key that has not 256 bits */
export function createEventSeal(keys: EventKeys): EventSeal {
  const byId = new Map(keys.map(({ id, key }) => [id, keyOf(key)]));
  const [current] = keys;
  return {
    seal(row) {
      if (current === undefined) throw new EventSealError('keyMissing');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, keyOf(current.key), nonce).setAAD(placeOf(row));
      const ciphertext = Buffer.concat([cipher.update(JSON.stringify(row.event)), cipher.final()]);
      const sealed = Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]).toString('base64');
      return { ...row, event: { type: row.type, sealed }, sealed_with: current.id };
    },
    open(row) {
      if (row.sealed_with === null) return row.event;
      const key = byId.get(row.sealed_with);
      if (key === undefined) throw new EventSealError('keyMissing');
      try {
        return opened(key, Buffer.from(SealedEventSchema.parse(row.event).sealed, 'base64'), placeOf(row));
      } catch (cause) {
        throw new EventSealError('broken', { cause });
      }
    },
  };
}

function opened(key: Buffer, box: Buffer, place: Buffer): unknown {
  const decipher = createDecipheriv(ALGORITHM, key, box.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(place)
    .setAuthTag(box.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const text = Buffer.concat([decipher.update(box.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return JSON.parse(text.toString('utf8'));
}

/** Bound to the ciphertext: a row that was moved to another call or place does not open. */
function placeOf({ call_id, seq }: Pick<EventRow, 'call_id' | 'seq'>): Buffer {
  return Buffer.from(`${call_id}\n${seq}`);
}

function keyOf(base64: string): Buffer {
  const key = Buffer.from(base64, 'base64');
  if (key.length !== KEY_BYTES) throw new RangeError('a key for events has not 256 bits');
  return key;
}
