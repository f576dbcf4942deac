import type { SayPart } from '@madoguchi/flow';
import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { END, oneFlow } from '../../../../../tests/setup/test-flows.ts';
import { TestRoom } from '../../calls/test-switchboard.ts';
import { systemClock } from '../../clock.ts';
import { LineUnderTest } from '../../line/asterisk/line-under-test.ts';
import { createDialler, type Dialler } from './dialler.ts';
import { layCampaign } from './test-campaign.ts';

const PUBLIC = '0725001001';
const GREETING = 1;
const ASKING = 2;

let world: LineUnderTest;
let room: TestRoom;
let dialler: Dialler;
let stopCalls: () => Promise<void>;
/** What was asked to be spoken. */
const spoken: (readonly SayPart[])[] = [];

beforeAll(async () => {
  [world, room] = await Promise.all([LineUnderTest.start(), TestRoom.open()]);
  const [greeting, asking] = [await world.sound(GREETING, 400), await world.sound(ASKING, 400)];
  const soundsFor = async (parts: readonly SayPart[]) => {
    spoken.push(parts);
    return [parts.some((part) => part.type === 'value') ? asking : greeting];
  };
  await room.serve(PUBLIC, oneFlow('served', { first: { ...say('受電'), next: { next: 'end' } }, end: END }));
  const scenario = oneFlow('scenario', {
    first: { ...say('市役所です'), next: { next: 'ask' } },
    ask: {
      kind: 'menu',
      title: '確認',
      prompt: { type: 'text', text: '納期限は{{納期限}}です。お支払いになる方は1を押してください。' },
      choices: [{ key: '1' }],
      timeoutMs: 10_000,
      wrongKey: { retries: 0 },
      noKey: { retries: 0 },
      next: { 'key:1': 'end', wrongKey: 'end', noKey: 'end' },
    },
    end: END,
  });
  // What a scenario may say of its recipient is known to the campaign, not to the test's checker.
  await room.database.db
    .insertInto('flow_bundle')
    .values({ bundle_id: 'scenario', name: 'scenario', bundle: JSON.stringify(scenario) })
    .execute();
  const switchboard = { current: await room.switchboard(world.line, systemClock) };
  dialler = createDialler({
    line: world.line,
    db: room.db,
    directory: room.directory,
    soundsReady: () => Promise.resolve(),
    isUp: () => switchboard.current.engineUp,
    recordsWritten: () => Promise.resolve(true),
    clock: systemClock,
    callNode: 'test',
    log: pino({ level: 'silent' }),
  });
  switchboard.current = await room.switchboard(world.line, systemClock, {
    soundsFor,
    campaignCalls: dialler,
  });
  await switchboard.current.start();
  dialler.start();
  stopCalls = () => switchboard.current.stop();
});
afterAll(async () => {
  await dialler.stop();
  await stopCalls();
  await world.close();
  await room.close();
});

const say = (text: string) => ({
  kind: 'announcement',
  title: text,
  prompt: { type: 'text', text },
  interruptible: false,
});

test('a recipient of a running campaign is called once, hears his own due date, presses a key, and is done', async () => {
  const rung: IncomingCall[] = [];
  world.staff.onIncoming(async (call) => {
    rung.push(call);
    call.ring();
    await call.answer();
  });
  const telephone = '09000000321';
  await layCampaign(room.database.db, {
    campaignId: 'once',
    bundleId: 'scenario',
    phoneNumber: PUBLIC,
    recipients: [{ telephone, values: { 納期限: { text: '2026-12-25', readAs: 'date' } } }],
    settings: { tries: 1 },
  });
  dialler.wake();
  await expect.poll(() => rung.length, { timeout: 20_000 }).toBe(1);
  const [call] = rung;
  if (call === undefined) throw new Error('nobody was called');
  expect([call.to.user, call.from.user]).toEqual([telephone, PUBLIC]);
  await call.waitForTone({ marker: GREETING }, { timeoutMs: 20_000 });
  await call.waitForTone({ marker: ASKING }, { timeoutMs: 20_000 });
  expect(spoken.flat()).toContainEqual(
    expect.objectContaining({ type: 'value', name: '納期限', text: '2026-12-25', readAs: 'date' }),
  );
  // The key is understood, and the call over, before it is let go.
  await call.pressAll('1').catch(() => undefined);
  expect(await call.ended).toMatchObject({ by: 'them' });

  const { db } = room.database;
  const attempt = () =>
    db.selectFrom('campaign_attempt').selectAll().where('campaign_id', '=', 'once').execute();
  await expect.poll(attempt, { timeout: 20_000 }).toMatchObject([{ state: 'ended' }]);
  const [recorded] = await attempt();
  expect(recorded).toMatchObject({ outcome: 'answered', counts_as_try: true, sip_call_id: call.sipCallId });
  expect(recorded?.dialled_at).not.toBeNull();
  const summary = await db
    .selectFrom('call_summary')
    .select(['is_placed', 'keys', 'caller_number', 'outcome'])
    .where('call_id', '=', recorded?.attempt_id ?? '')
    .executeTakeFirst();
  expect(summary).toMatchObject({ is_placed: true, keys: '1', caller_number: telephone });
  const recipient = await db
    .selectFrom('campaign_recipient')
    .select(['state', 'tries', 'settled_reason'])
    .where('campaign_id', '=', 'once')
    .executeTakeFirst();
  expect(recipient).toEqual({ state: 'done', tries: 1, settled_reason: 'triesUsed' });
  // No figure of received calls knows of it.
  expect(await db.selectFrom('branch_count').select('count').execute()).toEqual([]);
});
