import {
  type BundleDraft,
  makeRunnable,
  type PreparableParts,
  type Problem,
  preparablePartsOf,
} from '@madoguchi/flow';
import { storedReadings } from '../announcements/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { surroundingsOf } from './surroundings.ts';
import { withReadings } from './version-readings.ts';

/** Where the sounds of a version are made before any call needs them, and the uploaded ones lie. */
export type PromptPreparation = {
  prepare(
    announcements: PreparableParts,
    options?: { readonly onProgress?: (done: number, total: number) => void },
  ): Promise<void>;
  /** Uploaded sounds that an announcement may name. */
  audioIds(): Promise<readonly string[]>;
};

export type Publishing =
  | { readonly ok: true; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Checks a draft, makes its sounds, stores it (every default written out, with the readings of now) as a version that never changes, and puts it in force for `phoneNumber` in one
 * transaction. Calls in progress keep theirs. A draft with errors changes nothing. Throws `SpeechError` where a sound cannot be made.
 */
export async function publishFlow(
  {
    db,
    prompts,
    clock,
  }: { readonly db: Database; readonly prompts: PromptPreparation; readonly clock: Clock },
  draft: BundleDraft,
  target: { readonly phoneNumber: string; readonly name: string; readonly comment: string },
  onProgress?: (done: number, total: number) => void,
): Promise<Publishing> {
  const whole = withReadings(draft, await storedReadings(db));
  const made = makeRunnable(whole, await surroundingsOf(db, await prompts.audioIds()));
  if (!made.ok) return made;
  await prompts.prepare(preparablePartsOf(made.flow), onProgress === undefined ? {} : { onProgress });
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('flow_bundle')
      .values({
        bundle_id: draft.bundleId,
        name: target.name,
        comment: target.comment,
        bundle: JSON.stringify(made.flow),
        published_at: new Date(clock.now()),
      })
      .execute();
    await trx
      .updateTable('phone_number')
      .set({ bundle_id: draft.bundleId })
      .where('phone_number', '=', target.phoneNumber)
      .execute();
  });
  return { ok: true, warnings: made.problems };
}
