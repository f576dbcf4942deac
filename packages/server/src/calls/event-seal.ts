import { z } from 'zod';
import { createSeal, SealError, type SealKeys } from '../seal.ts';
import type { EventRow } from './call-record.ts';

/** Hides the content of events that are nobody's business, wherever their rows come to lie. */
export type EventSeal = {
  /** The row with its event encrypted. */
  seal(row: EventRow): EventRow;
  /** The event of a row, decrypted where it is sealed. @throws SealError */
  open(row: Pick<EventRow, 'call_id' | 'seq' | 'event' | 'sealed_with'>): unknown;
};

/** What lies in the column `event` of a sealed row. The type is no secret. */
const SealedEventSchema = z.object({ type: z.string(), sealed: z.base64() });

/** @throws RangeError for a key that has not 256 bits */
export function createEventSeal(keys: SealKeys): EventSeal {
  const seal = createSeal(keys);
  return {
    seal(row) {
      const { sealed, sealedWith } = seal.seal(JSON.stringify(row.event), placeOf(row));
      return { ...row, event: { type: row.type, sealed }, sealed_with: sealedWith };
    },
    open(row) {
      if (row.sealed_with === null) return row.event;
      const event = SealedEventSchema.safeParse(row.event);
      if (!event.success) throw new SealError('broken', { cause: event.error });
      const { sealed } = event.data;
      return JSON.parse(seal.open({ sealed, sealedWith: row.sealed_with }, placeOf(row)));
    },
  };
}

/** Bound to the ciphertext: a row that was moved to another call or place does not open. */
function placeOf({ call_id, seq }: Pick<EventRow, 'call_id' | 'seq'>): string {
  return `${call_id}\n${seq}`;
}
