import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { makeSounds, type OpenPrompts } from '../make-sounds.ts';
import { askForMore } from './ask-for-more.ts';
import { publishProposal } from './publish-proposal.ts';

/**
 * What proposals need without anybody waiting for it: makes the sounds of open ones, asks for decisions that their numbers have come to want,
 * and publishes those that are approved and due. Safe to repeat and to run twice.
 */
export function createPublisher({
  db,
  promptsFor,
  clock,
  log,
}: {
  readonly db: Database;
  readonly promptsFor: OpenPrompts;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
}) {
  return { turn };

  /** One round over all open proposals. */
  async function turn(): Promise<void> {
    await makeSoundsOfOpen();
    await askForDecisions();
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

  async function askForDecisions(): Promise<void> {
    const approved = await db
      .selectFrom('proposal')
      .select('proposal_id')
      .where('state', '=', 'approved')
      .execute();
    for (const { proposal_id } of approved) {
      await db.transaction().execute((trx) => askForMore(trx, proposal_id));
    }
  }

  async function makeSoundsOfOpen(): Promise<void> {
    const waiting = await db
      .selectFrom('proposal')
      .select(['proposal_id', 'bundle'])
      .where('state', 'in', ['waiting', 'approved'])
      .where('sounds_ready_at', 'is', null)
      .orderBy('drafted_at')
      .execute();
    for (const { proposal_id, bundle } of waiting) {
      const failure = await makeSounds(promptsFor, bundle);
      const at = new Date(clock.now());
      if (failure !== null)
        log.warn({ proposalId: proposal_id, code: failure.code }, 'the sounds of a proposal cannot be made');
      await db
        .updateTable('proposal')
        .set(
          failure === null
            ? { sounds_ready_at: at }
            : { state: 'failed', settled_at: at, reason: failure.message },
        )
        .where('proposal_id', '=', proposal_id)
        .execute();
    }
  }
}
