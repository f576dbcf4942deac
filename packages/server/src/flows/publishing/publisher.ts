import { loadPublished, preparablePartsOf, type RunnableFlow } from '@madoguchi/flow';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { SpeechError } from '../../speech/index.ts';
import type { PromptPreparation } from '../publish.ts';
import { publishProposal } from './publish-proposal.ts';

/**
 * What proposals need without anybody waiting for it: makes the sounds of open ones, and publishes those that are approved and due. Safe to
 * repeat and to run twice.
 */
export function createPublisher({
  db,
  promptsFor,
  clock,
  log,
}: {
  readonly db: Database;
  /** Opened for each proposal, with its readings, and closed again. */
  readonly promptsFor: (
    version: RunnableFlow,
  ) => Promise<Pick<PromptPreparation, 'prepare'> & { close(): void }>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
}) {
  return { turn };

  /** One round over all open proposals. */
  async function turn(): Promise<void> {
    await makeSounds();
    const due = await db
      .selectFrom('proposal')
      .select('proposal_id')
      .where('state', '=', 'approved')
      .where('sounds_ready_at', 'is not', null)
      .where((where) =>
        where.or([
          where('publish_when', '=', 'approved'),
          where.and([where('publish_when', '=', 'at'), where('publish_at', '<=', new Date(clock.now()))]),
        ]),
      )
      .orderBy('drafted_at')
      .execute();
    for (const { proposal_id } of due) {
      const at = new Date(clock.now());
      await publishProposal(db, proposal_id, { by: null, address: null, at });
    }
  }

  async function makeSounds(): Promise<void> {
    const waiting = await db
      .selectFrom('proposal')
      .select(['proposal_id', 'bundle'])
      .where('state', 'in', ['waiting', 'approved'])
      .where('sounds_ready_at', 'is', null)
      .orderBy('drafted_at')
      .execute();
    for (const { proposal_id, bundle } of waiting) {
      const version = loadPublished(bundle);
      const store = await promptsFor(version);
      try {
        await store.prepare(preparablePartsOf(version));
        await db
          .updateTable('proposal')
          .set({ sounds_ready_at: new Date(clock.now()) })
          .where('proposal_id', '=', proposal_id)
          .execute();
      } catch (error) {
        if (!(error instanceof SpeechError)) throw error;
        log.warn({ proposalId: proposal_id, code: error.code }, 'the sounds of a proposal cannot be made');
        await db
          .updateTable('proposal')
          .set({ state: 'failed', settled_at: new Date(clock.now()), reason: error.message })
          .where('proposal_id', '=', proposal_id)
          .execute();
      } finally {
        store.close();
      }
    }
  }
}
