import { randomUUID } from 'node:crypto';
import type { CallEvent } from '@madoguchi/flow';
import type { Database } from '../../database/index.ts';
import { ensurePartitions } from '../../database/index.ts';
import { type Batch, batchOf, callDayOf, eventRow, type LogEntry } from '../call-record.ts';
import { writeBatch } from '../write-batch.ts';

export const TEST_NUMBER = '0725001001';

export type TestCall = {
  readonly callId: string;
  readonly callerNumber: string | null;
  readonly callerKind: 'mobile' | 'landline' | 'withheld';
  readonly beganAt: number;
  readonly bundleId: string;
};

export function testCall(changes: Partial<TestCall> = {}): TestCall {
  return {
    callId: randomUUID(),
    callerNumber: '09000001234',
    callerKind: 'mobile',
    beganAt: Date.parse('2026-11-24T01:00:00Z'),
    bundleId: 'bundle-1',
    ...changes,
  };
}

/** A batch as the telephone's process writes it: events `firstSeq`…, one second apart, and the summary after the last of them. */
export function batchFor(
  call: TestCall,
  events: readonly {
    event: CallEvent;
    nodeId?: string;
    taken?: readonly { flowId: string; nodeId: string; branch: string }[];
  }[],
  {
    firstSeq = 0,
    ended = false,
    nodeTitle = null,
  }: { firstSeq?: number; ended?: boolean; nodeTitle?: string | null } = {},
): Batch {
  const day = callDayOf(call.beganAt);
  const context = {
    callId: call.callId,
    phoneNumber: TEST_NUMBER,
    callerNumber: call.callerNumber,
    callerKind: call.callerKind,
    bundleId: call.bundleId,
    beganAt: new Date(call.beganAt).toISOString(),
  };
  const keys = events.map(({ event }) => (event.type === 'keyPressed' ? event.key : '')).join('');
  const entries: LogEntry[] = events.map(({ event, nodeId = null, taken = [] }, i) => {
    const seq = firstSeq + i;
    const atMs = seq * 1000;
    return {
      event: eventRow(context, day, { seq, atMs, event }, call.beganAt + atMs, nodeId, taken),
      summary: {
        call_day: day.day,
        call_id: call.callId,
        phone_number: TEST_NUMBER,
        caller_number: call.callerNumber,
        caller_kind: call.callerKind,
        sip_call_id: null,
        call_node: 'test',
        bundle_id: call.bundleId,
        began_at: new Date(call.beganAt).toISOString(),
        answered_at: null,
        ended_at: ended ? new Date(call.beganAt + atMs).toISOString() : null,
        outcome: ended ? 'announcement' : null,
        node_id: nodeId,
        node_title: nodeTitle,
        node_kind: nodeId === null ? null : 'menu',
        keys,
        path: [],
        last_seq: seq,
        is_test: false,
        is_placed: false,
      },
      sms: null,
      recording: null,
      callBack: null,
      answers: [],
      contact: null,
    };
  });
  return batchOf(entries);
}

export async function writeTestCall(db: Database, batch: Batch): Promise<void> {
  await ensurePartitions(db, [batch.summaries[0]?.call_day ?? '2026-11-24']);
  await writeBatch(db, batch);
}

export function began(call: TestCall): CallEvent {
  return {
    type: 'began',
    context: {
      callId: call.callId,
      phoneNumber: TEST_NUMBER,
      callerNumber: call.callerNumber,
      callerKind: call.callerKind,
      bundleId: call.bundleId,
      beganAt: new Date(call.beganAt).toISOString(),
    },
  };
}
