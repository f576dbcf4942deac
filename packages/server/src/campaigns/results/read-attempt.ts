import { readHeard } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { AttemptStory } from '../../http/campaign-result-contract.ts';
import { Refusal } from '../../http/index.ts';
import { daysOf, textsOf } from './contact-details.ts';
import { SMS_STATE_LABELS } from './labels.ts';
import { attemptSummary, selectAttempts } from './read-attempts.ts';

/** All that is known of one attempt: what was heard and sent word for word, what was pressed, what the network said. @throws Refusal 404 */
export async function readAttempt(db: Database, attemptId: string): Promise<AttemptStory> {
  const row = await selectAttempts(db)
    .leftJoin('flow_bundle as b', 'b.bundle_id', 'a.bundle_id')
    .select([
      'a.dialled_at',
      'a.ringing_at',
      'a.q850_cause',
      'a.identity',
      'a.bundle_id',
      'b.name as scenario_name',
    ])
    .where('a.attempt_id', '=', attemptId)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal(404, 'attemptNotFound', 'この発信の記録は見つかりません。');
  const days = await daysOf(db, [attemptId]);
  const call =
    days === null
      ? undefined
      : await db
          .selectFrom('call_summary')
          .select(['call_id', 'keys'])
          .where('call_day', '>=', days.from)
          .where('call_day', '<=', days.to)
          .where('call_id', '=', attemptId)
          .executeTakeFirst();
  const heard = days === null || call === undefined ? new Map() : await readHeard(db, [attemptId], days);
  const texts = await textsOf(db, [attemptId]);
  const { answered_at, ended_at, bundle_id } = row;
  return {
    attempt: attemptSummary(row),
    dialledAt: row.dialled_at?.toISOString() ?? null,
    ringingAt: row.ringing_at?.toISOString() ?? null,
    q850Cause: row.q850_cause,
    identity: row.identity,
    talkMs: answered_at === null || ended_at === null ? null : ended_at.getTime() - answered_at.getTime(),
    scenario: bundle_id === null ? null : { versionId: bundle_id, name: row.scenario_name ?? '' },
    heard: [...(heard.get(attemptId) ?? [])],
    keys: call?.keys ?? '',
    // Nothing recognises speech yet.
    spokenAnswer: null,
    texts: texts.map(({ text, state, parts, createdAt, settledAt }) => ({
      text,
      state,
      stateLabel: SMS_STATE_LABELS[state],
      parts,
      createdAt: createdAt.toISOString(),
      settledAt: settledAt?.toISOString() ?? null,
    })),
    callId: call?.call_id ?? null,
  };
}
