import { BundleUnreadableError, loadPublished, preparablePartsOf, type RunnableFlow } from '@madoguchi/flow';
import type { Database } from '../database/index.ts';
import { SpeechError } from '../speech/index.ts';
import type { PromptPreparation } from './publish.ts';

/** The versions that some number has in force or under test; null: one that cannot be read. */
export async function versionsInForce(db: Database): Promise<ReadonlyMap<string, RunnableFlow | null>> {
  const rows = await db
    .selectFrom('flow_bundle as b')
    .select(['b.bundle_id', 'b.bundle'])
    .where((where) =>
      where.exists(
        where
          .selectFrom('phone_number as n')
          .select('n.phone_number')
          .where((number) =>
            number.or([
              number('n.bundle_id', '=', number.ref('b.bundle_id')),
              number('n.trial_bundle_id', '=', number.ref('b.bundle_id')),
            ]),
          ),
      ),
    )
    .execute();
  return new Map(rows.map(({ bundle_id, bundle }) => [bundle_id, readable(bundle)]));
}

function readable(bundle: unknown): RunnableFlow | null {
  try {
    return loadPublished(bundle);
  } catch (error) {
    if (error instanceof BundleUnreadableError) return null;
    throw error;
  }
}

/**
 * Makes the sounds of all versions in force, and of drafts on trial, that are not there: after an upgrade that reads something otherwise, a new word in the
 * dictionary, or on a machine that was given only the database. A version whose sounds cannot be made is told and does not keep
 * the others from being ready.
 * @param promptsFor speech with the readings of a version
 */
export async function prepareInForce(
  {
    db,
    promptsFor,
  }: {
    readonly db: Database;
    readonly promptsFor: (version: RunnableFlow) => Pick<PromptPreparation, 'prepare'>;
  },
  onFailed: (bundleId: string, code: string) => void,
): Promise<void> {
  for (const [bundleId, version] of await versionsInForce(db)) {
    if (version === null) {
      onFailed(bundleId, 'unreadable');
      continue;
    }
    try {
      await promptsFor(version).prepare(preparablePartsOf(version));
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error;
      onFailed(bundleId, error.code);
    }
  }
}
