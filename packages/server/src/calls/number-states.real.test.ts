import type { Updateable } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { END, oneFlow } from '../../../../tests/setup/test-flows.ts';
import type { Tables } from '../database/tables.ts';
import { SimulatedLine } from '../line/index.ts';
import { FULL_LINES_BUNDLE_ID, PREPARING_BUNDLE_ID, STOPPED_BUNDLE_ID } from './built-in-versions.ts';
import { callDayOf } from './call-record.ts';
import type { Switchboard } from './switchboard.ts';
import { TestClock } from './test-clock.ts';
import { TestRoom } from './test-switchboard.ts';

const NUMBER = '0725000201';
const MOBILE = '09000000001';
const say = (next: string) => ({
  kind: 'announcement',
  title: '案内',
  prompt: { type: 'audio', audioId: 'sound', transcript: '案内' },
  interruptible: false,
  next: { next },
});

let room: TestRoom;
let clock: TestClock;
let line: SimulatedLine;
let switchboard: Switchboard;
/** What callers are told, and the version with whose readings; null: with those of now. */
const said: [version: string | null, words: string][] = [];

beforeEach(async () => {
  room = await TestRoom.open();
  clock = new TestClock();
  line = new SimulatedLine({
    clock,
    transfer: () => ({ failAfterMs: 1_000, reason: 'busy', sipCode: 486, q850Cause: 17 }),
  });
  await room.serve(NUMBER, oneFlow('in-force', { hello: say('end'), end: END }));
  said.length = 0;
  switchboard = await room.switchboard(line, clock, {
    promptsFor: (version) => ({
      async soundsFor(parts) {
        for (const part of parts)
          said.push([version?.bundle.bundleId ?? null, part.type === 'audio' ? part.audioId : part.text]);
        return ['/sound'];
      },
    }),
  });
  await switchboard.start();
});
afterEach(async () => {
  await switchboard.stop();
  await room.close();
});

async function change(settings: Updateable<Tables['phone_number']>): Promise<void> {
  await room.database.db
    .updateTable('phone_number')
    .set(settings)
    .where('phone_number', '=', NUMBER)
    .execute();
  await room.directory.load();
}

/** What the records say of a call from `callerNumber` that has just begun. */
async function recordOf(callerNumber = MOBILE) {
  const callId = line.offer({ calledNumber: NUMBER, callerNumber });
  return await vi.waitFor(
    async () => {
      const row = await room.database.db
        .selectFrom('call_summary')
        .select(['call_id', 'bundle_id', 'is_test', 'outcome'])
        .where('call_id', '=', callId)
        .executeTakeFirstOrThrow();
      return { ...row, call_id: callId };
    },
    { timeout: 10_000, interval: 20 },
  );
}

const today = () => callDayOf(clock.now()).day;

test('callers of a number that is being prepared hear that it is, and no flow', async () => {
  await change({ state: 'preparing' });
  expect(await recordOf()).toMatchObject({ bundle_id: PREPARING_BUNDLE_ID, is_test: false });
  await change({ state: 'live', opens_on: '2999-01-01' });
  expect(await recordOf()).toMatchObject({ bundle_id: PREPARING_BUNDLE_ID });
  await change({ opens_on: today() });
  expect(await recordOf()).toMatchObject({ bundle_id: 'in-force' });
});

test('a number under test lets registered test callers in, each in his days, marks their calls, and nobody else', async () => {
  const { db } = room.database;
  const trial = JSON.stringify(oneFlow('trial', { hello: say('end'), end: END }));
  await db.insertInto('flow_bundle').values({ bundle_id: 'trial', name: 'trial', bundle: trial }).execute();
  await db
    .insertInto('telephone_trial')
    .values({ bundle_id: 'trial', ordered_by: 'p', ordered_at: new Date() })
    .execute();
  const always = { note: '', from_day: null, to_day: null, changed_at: new Date(), changed_by: 'p' };
  await db
    .insertInto('test_caller')
    .values([
      { ...always, number: '09000000011' },
      { ...always, number: '09000000012', to_day: '2020-01-01' },
    ])
    .execute();
  await change({ state: 'test' });
  expect(await recordOf('09000000011')).toMatchObject({ bundle_id: 'in-force', is_test: true });
  expect(await recordOf('09000000012')).toMatchObject({ bundle_id: PREPARING_BUNDLE_ID, is_test: false });
  await change({ trial_bundle_id: 'trial' });
  expect(await recordOf('09000000011')).toMatchObject({ bundle_id: 'trial', is_test: true });
  expect(await recordOf()).toMatchObject({ bundle_id: PREPARING_BUNDLE_ID, is_test: false });
  await change({ state: 'live', opens_on: '2999-01-01' });
  expect(await recordOf('09000000011')).toMatchObject({ bundle_id: 'trial', is_test: true });
  const counted = await db.selectFrom('branch_count').select('bundle_id').distinct().execute();
  expect(counted.map((row) => row.bundle_id)).not.toContain('trial');
});

test('a stopped number passes every call on without answering or saying anything, and the records tell so', async () => {
  await change({ state: 'stopped', forward_to: '0725009001', presented: 'caller' });
  const call = await recordOf();
  expect(call.bundle_id).toBe(STOPPED_BUNDLE_ID);
  await vi.waitFor(() =>
    expect(line.commands).toEqual([
      {
        type: 'forward',
        callId: call.call_id,
        order: { id: 0, to: '0725009001', calledNumber: NUMBER, presented: 'caller' },
      },
    ]),
  );
  clock.pass(1_000);
  await room.summary(call.call_id, ({ outcome }) => outcome === 'forwarded');
  expect(await room.types(call.call_id)).toEqual(['began', 'transferRinging', 'transferFailed', 'hungUp']);
});

test('a call too many for its number gets busy, or hears that all lines are taken, and the share is free again afterwards', async () => {
  await change({ max_calls: 1 });
  const first = await recordOf();
  const second = await recordOf();
  await room.summary(second.call_id, ({ outcome }) => outcome === 'refused');
  await change({ when_full: 'announcement' });
  expect(await recordOf()).toMatchObject({ bundle_id: FULL_LINES_BUNDLE_ID });
  line.callerHangsUp(first.call_id);
  expect(await recordOf()).toMatchObject({ bundle_id: 'in-force' });
});

test('where a number is not to be recorded, no message is either, whatever its flow says, and the caller goes the way of an empty one', async () => {
  const message = {
    kind: 'voicemail',
    title: '伝言',
    notice: say('').prompt,
    next: { recorded: 'end', empty: 'after' },
  };
  const flow = oneFlow('message', { message, after: say('end'), end: END });
  const bundle = JSON.stringify(flow);
  await room.database.db
    .insertInto('flow_bundle')
    .values({ bundle_id: 'message', name: 'message', bundle })
    .execute();
  await change({ bundle_id: 'message', recording_enabled: false });
  const call = await recordOf();
  await vi.waitFor(() => expect(line.commands.at(-1)?.type).toBe('announce'));
  clock.pass(1_000);
  await vi.waitFor(async () => expect(await room.types(call.call_id)).toContain('actionFailed'), {
    timeout: 10_000,
  });
  // The notice, and what the way of an empty message says; the announcement takes its turn after the failure was folded.
  await vi.waitFor(() => expect(line.commands.filter(({ type }) => type === 'announce')).toHaveLength(2));
  expect(line.commands.some(({ type }) => type === 'recordVoicemail')).toBe(false);
});

test('an emergency announcement is heard by the next call to its numbers until its end, also from the copy on the machine', async () => {
  const { db } = room.database;
  const period = {
    message_id: 'rain',
    name: '大雨',
    text: '大雨のため閉庁しています。',
    afterwards: 'goOn',
    began_by: 'p',
    ends_at: new Date(clock.now() + 60_000),
  } as const;
  await db
    .insertInto('emergency_message')
    .values({
      message_id: 'rain',
      name: '大雨',
      text: period.text,
      afterwards: 'goOn',
      changed_at: new Date(),
      changed_by: 'p',
    })
    .execute();
  const on = { ...period, phone_numbers: ['0725000299'], began_at: new Date() };
  await db.insertInto('emergency_period').values(on).execute();
  await room.directory.load();
  expect(room.directory.openingOf(NUMBER, clock.now())).toBeUndefined();
  await db.updateTable('emergency_period').set({ phone_numbers: null }).execute();
  await room.directory.load();
  const call = await recordOf();
  const [began] = await db
    .selectFrom('call_event')
    .select('event')
    .where('call_id', '=', call.call_id)
    .orderBy('seq')
    .execute();
  expect(began?.event).toMatchObject({
    context: { opening: { prompts: [{ type: 'text', text: period.text }], afterwards: 'goOn' } },
  });
  // It is no part of the version, so it is read as staff have words read now.
  await vi.waitFor(() => {
    clock.pass(500);
    expect(said).toEqual([
      [null, period.text],
      ['in-force', 'sound'],
    ]);
  });
  room.way.fallSilent();
  await room.directory.load();
  expect(room.directory.openingOf(NUMBER, clock.now())).toBeDefined();
  clock.pass(60_000);
  expect(room.directory.openingOf(NUMBER, clock.now())).toBeUndefined();
});
