import { BundleUnreadableError, loadPublished, preparablePartsOf } from '@madoguchi/flow';
import type { Database } from '../database/index.ts';
import { SpeechError } from '../speech/index.ts';
import type { PromptPreparation } from './publish.ts';

/**
 * Makes the sounds of all versions in force, and of drafts on trial, that are not there: after an upgrade that reads something otherwise, a new word in the
 * dictionary, or on a machine that was given only the database. A version whose sounds cannot be made is told and does not keep
 * the others from being ready.
 */
export async function prepareInForce(
  { db, prompts }: { readonly db: Database; readonly prompts: Pick<PromptPreparation, 'prepare'> },
  onFailed: (bundleId: string, code: string) => void,
): Promise<void> {
  const rows = await db
    .selectFrom('phone_number as n')
    .innerJoin('flow_bundle as b', (join) =>
      join.on((on) => on('b.bundle_id', 'in', [on.ref('n.bundle_id'), on.ref('n.trial_bundle_id')])),
    )
    .select(['b.bundle_id', 'b.bundle'])
    .distinctOn('b.bundle_id')
    .execute();
  for (const { bundle_id, bundle } of rows) {
    try {
      await prompts.prepare(preparablePartsOf(loadPublished(bundle)));
    } catch (error) {
      if (error instanceof SpeechError) onFailed(bundle_id, error.code);
      else if (error instanceof BundleUnreadableError) onFailed(bundle_id, 'unreadable');
      else throw error;
    }
  }
}
