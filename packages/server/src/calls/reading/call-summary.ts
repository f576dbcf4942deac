import { OutcomeSchema } from '@madoguchi/flow';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import type { CallSummary } from '../../http/contract.ts';
import { showCaller, showNumber } from './show-number.ts';

/** Of these, the newest tells whether a member of staff's telephone rings or is in use. */
const TRANSFER_EVENTS = ['transferRinging', 'transferAnswered', 'transferFailed', 'transferEnded'];

/** Calls with what the screens show beside them; callers add their own conditions. */
export function selectSummaries(db: Database) {
  return (
    db
      .selectFrom('call_summary as s')
      .leftJoin('phone_number as p', 'p.phone_number', 's.phone_number')
      // Lateral, so that it is looked up for the rows of the page alone and never hashed whole.
      .leftJoinLateral(
        (eb) =>
          eb
            .selectFrom('recording')
            .select('recording_id')
            .whereRef('recording.call_id', '=', 's.call_id')
            .limit(1)
            .as('r'),
        (join) => join.onTrue(),
      )
      // The one-time condition on the call itself spares ended calls the look into their events.
      .leftJoinLateral(
        (eb) =>
          eb
            .selectFrom('call_event')
            .select('call_event.type')
            .where('s.ended_at', 'is', null)
            .whereRef('call_event.call_day', '=', 's.call_day')
            .whereRef('call_event.call_id', '=', 's.call_id')
            .where('call_event.type', 'in', TRANSFER_EVENTS)
            .orderBy('call_event.seq', 'desc')
            .limit(1)
            .as('t'),
        (join) => join.onTrue(),
      )
      .select([
        's.call_id',
        's.call_day',
        's.phone_number',
        'p.name as phone_number_name',
        's.caller_number',
        's.caller_kind',
        's.began_at',
        // To the microsecond, which a JavaScript date would lose: the key of the next page.
        sql<string>`s.began_at::text`.as('began_at_exact'),
        's.answered_at',
        's.ended_at',
        's.outcome',
        's.node_id',
        's.node_title',
        's.node_kind',
        's.keys',
        's.path',
        's.last_seq',
        's.is_test',
        's.is_placed',
        's.change_id',
        'r.recording_id',
        't.type as transfer_event',
      ])
  );
}

const PathSchema = z.array(z.string());

export type SummaryShownRow = Awaited<ReturnType<ReturnType<typeof selectSummaries>['execute']>>[number];

export function summaryOf(row: SummaryShownRow): CallSummary {
  const outcome = row.outcome === null ? null : OutcomeSchema.catch('unknown').parse(row.outcome);
  return {
    callId: row.call_id,
    callDay: row.call_day,
    phoneNumber: row.phone_number,
    phoneNumberShown: showNumber(row.phone_number),
    phoneNumberName: row.phone_number_name,
    callerNumber: row.caller_number,
    callerShown: showCaller(row.caller_number, row.caller_kind),
    beganAt: row.began_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    state: row.ended_at === null ? 'inProgress' : 'ended',
    outcome,
    node:
      row.node_id === null
        ? null
        : { nodeId: row.node_id, title: row.node_title ?? row.node_id, kind: row.node_kind ?? '' },
    keys: row.keys,
    path: PathSchema.parse(row.path),
    hasRecording: row.recording_id !== null,
    isTest: row.is_test,
    isPlaced: row.is_placed,
    staff: staffOf(row.transfer_event),
    lastSeq: row.last_seq,
  };
}

function staffOf(transferEvent: string | null): CallSummary['staff'] {
  if (transferEvent === 'transferRinging') return 'ringing';
  return transferEvent === 'transferAnswered' ? 'talking' : null;
}
