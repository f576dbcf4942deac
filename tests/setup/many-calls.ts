import { randomUUID } from 'node:crypto';
import type { CallContext, CallEvent } from '@madoguchi/flow';
import { batchOf, callDayOf, eventRow, type LogEntry } from '../../packages/server/src/calls/call-record.ts';
import { writeBatch } from '../../packages/server/src/calls/write-batch.ts';
import { type Database, ensurePartitions } from '../../packages/server/src/database/index.ts';

type Way = {
  readonly path: readonly [string, ...string[]];
  readonly keys: string;
  readonly outcome: string;
  readonly last: readonly CallEvent[];
};

/** Ways through a counter; each ends as a call may end. */
const WAYS: readonly Way[] = [
  {
    path: ['開庁時間の確認', 'はじめのご案内', 'ご用件の選択', '職員へ転送'],
    keys: '1',
    outcome: 'transfer',
    last: [
      { type: 'transferRinging', id: 4 },
      { type: 'transferAnswered', id: 4 },
      { type: 'transferEnded', id: 4, by: 'caller' },
      { type: 'callerHungUp', q850Cause: 16 },
    ],
  },
  {
    path: ['開庁時間の確認', 'はじめのご案内', 'ご用件の選択', '必要書類をSMSで送る'],
    keys: '9#3',
    outcome: 'sms',
    last: [{ type: 'smsAccepted', id: 4 }, { type: 'hungUp' }],
  },
  {
    path: ['開庁時間の確認', '時間外のご案内', '伝言のお預かり'],
    keys: '',
    outcome: 'voicemail',
    last: [{ type: 'voicemailRecorded', id: 3, durationMs: 12_000, endedBy: 'key' }, { type: 'hungUp' }],
  },
  {
    path: ['開庁時間の確認', 'はじめのご案内', 'ご用件の選択', '被保険者番号の入力'],
    keys: '212345678#',
    outcome: 'abandoned',
    last: [{ type: 'callerHungUp', q850Cause: 16 }],
  },
  { path: ['開庁時間の確認'], keys: '', outcome: 'unknown', last: [{ type: 'callLost' }] },
];

/**
 * Writes calls as the telephone's process writes them, a minute apart back from `nowMs`; the first `inProgress` of them are still going on.
 * Callers are 090-0000-1000, -1001 …; every seventh withholds the number.
 */
export async function writeManyCalls(
  db: Database,
  phoneNumbers: readonly [string, ...string[]],
  {
    count,
    inProgress,
    nowMs,
  }: { readonly count: number; readonly inProgress: number; readonly nowMs: number },
): Promise<void> {
  const calls = Array.from({ length: count }, (_, nth) => {
    const phoneNumber = phoneNumbers[nth % phoneNumbers.length] ?? phoneNumbers[0];
    return oneCall(nth, phoneNumber, nowMs - nth * 60_000 - 5_000, nth >= inProgress);
  });
  await ensurePartitions(db, [...new Set(calls.flat().map(({ summary }) => summary.call_day))]);
  await writeBatch(db, batchOf(calls.flat()));
}

function oneCall(nth: number, phoneNumber: string, beganAtMs: number, isOver: boolean): LogEntry[] {
  const way = WAYS[nth % WAYS.length];
  if (way === undefined) throw new Error('there is no such way');
  const withheld = nth % 7 === 3;
  const context: CallContext = {
    callId: randomUUID(),
    phoneNumber,
    callerNumber: withheld ? null : `0900000${1000 + nth}`,
    callerKind: withheld ? 'withheld' : 'mobile',
    bundleId: 'of-many-calls',
    beganAt: new Date(beganAtMs).toISOString(),
  };
  const events: CallEvent[] = [
    { type: 'began', context },
    { type: 'answered' },
    { type: 'calendarSaid', calendarId: 'c', open: true, reason: '平日' },
    { type: 'announced', id: 2 },
    ...(isOver ? way.last : []),
  ];
  const day = callDayOf(beganAtMs);
  return events.map((event, seq) => {
    const at = beganAtMs + seq * 1000;
    const isLast = seq === events.length - 1;
    const path = isLast ? way.path : way.path.slice(0, 1);
    return {
      event: eventRow(context, day, { seq, atMs: seq * 1000, event }, at, null, []),
      summary: {
        call_day: day.day,
        call_id: context.callId,
        phone_number: phoneNumber,
        caller_number: context.callerNumber,
        caller_kind: context.callerKind,
        sip_call_id: null,
        call_node: 'elsewhere',
        bundle_id: context.bundleId,
        began_at: context.beganAt,
        answered_at: context.beganAt,
        ended_at: isLast && isOver ? new Date(at).toISOString() : null,
        outcome: isLast && isOver ? way.outcome : null,
        node_id: `node-${path.length}`,
        node_title: path.at(-1) ?? way.path[0],
        node_kind: 'announcement',
        keys: isLast ? way.keys : '',
        is_test: false,
        is_placed: false,
        path: [...path],
        last_seq: seq,
      },
      sms: null,
      recording: null,
      callBack: null,
      answers: [],
      contact: null,
    };
  });
}
