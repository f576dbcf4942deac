import { BundleUnreadableError, loadPublished, type RunnableFlow } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';

/** What may come into force at any moment, of its proposals 伺い: the telephone keeps its speech ready. Those that cannot be read are left out. */
export async function openProposals(db: Database): Promise<readonly RunnableFlow[]> {
  const rows = await db
    .selectFrom('proposal')
    .select('bundle')
    .where('state', 'in', ['waiting', 'approved'])
    .execute();
  return rows.flatMap(({ bundle }) => {
    try {
      return [loadPublished(bundle)];
    } catch (error) {
      if (error instanceof BundleUnreadableError) return [];
      throw error;
    }
  });
}
