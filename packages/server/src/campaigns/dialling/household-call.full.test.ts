import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ASKING, ASKS_WHO, clock, GREETING, TestDialling } from './test-dialling.ts';

/** One call for all who share a telephone, on a real line. */
let dialling: TestDialling;
let rung: IncomingCall[] = [];
let telephones = 100;

beforeAll(async () => {
  dialling = await TestDialling.start();
}, 60_000);
afterAll(() => dialling.stop());
beforeEach(() => {
  rung = [];
  dialling.spoken.length = 0;
});

const amount = (text: string) => ({ 金額: { text, readAs: 'number' } });

/** A man born on 2 January and his wife, born on 4 March. */
async function household(settings: { tries?: number } = {}) {
  const telephone = `09000000${++telephones}`;
  return await dialling.campaign(
    [
      { telephone, birthDate: '1950-01-02', values: amount('11000') },
      { telephone, birthDate: '1952-03-04', values: amount('22000') },
    ],
    { mergeHouseholds: true, ...settings },
    ASKS_WHO,
  );
}

const saidAmounts = () =>
  dialling.spoken
    .flat()
    .flatMap((part) => (part.type === 'value' && part.name === '金額' ? [part.text] : []));

async function ended(campaignId: string) {
  await expect
    .poll(async () => (await dialling.attempts(campaignId)).map(({ ended_at }) => ended_at !== null), {
      timeout: 60_000,
    })
    .toEqual([true]);
  const [attempt] = await dialling.attempts(campaignId);
  return { attempt, recipients: await dialling.recipients(campaignId) };
}

async function keysIn(digits: string) {
  await expect.poll(() => rung.length, { timeout: 20_000 }).toBe(1);
  const [call] = rung;
  if (call === undefined) throw new Error('nobody was called');
  await call.waitForTone({ marker: GREETING }, { timeoutMs: 20_000 });
  await call.pressAll(digits).catch(() => undefined);
  return call;
}

test('a household is called once, hears of nobody before the birthday, and then of that person alone', async () => {
  dialling.world.staff.onIncoming(async (call) => {
    rung.push(call);
    await call.answer();
  });
  const campaignId = await household();
  const call = await keysIn('0304');
  await call.waitForTone({ marker: ASKING }, { timeoutMs: 20_000 });
  expect(saidAmounts()).toEqual(['22000']);
  const { attempt, recipients } = await ended(campaignId);
  expect(attempt).toMatchObject({ identity: 'matched', result: 'informed' });
  expect(recipients).toMatchObject([
    { state: 'waiting', tries: 0, result: null },
    { state: 'done', tries: 1, settled_reason: 'reached', result: 'informed' },
  ]);
  // The other is not called before another day.
  expect(recipients[0]?.next_at.getTime()).toBeGreaterThan(clock.now() + 20 * 3_600_000);
  const events = await dialling.room.database.db
    .selectFrom('call_event')
    .select('event')
    .where('call_id', '=', attempt?.attempt_id ?? '')
    .where('type', '=', 'began')
    .execute();
  expect(events).toMatchObject([{ event: { context: { placed: { values: {} } } } }]);
  expect(JSON.stringify(events)).not.toContain('金額');
  expect(rung).toHaveLength(1);
});

test('a birthday of neither is told nothing of either, and is a try of both', async () => {
  dialling.world.staff.onIncoming(async (call) => {
    rung.push(call);
    await call.answer();
  });
  const campaignId = await household();
  await keysIn('0506');
  const { attempt, recipients } = await ended(campaignId);
  expect(saidAmounts()).toEqual([]);
  expect(attempt).toMatchObject({ identity: 'failed' });
  expect(recipients).toMatchObject([
    { state: 'waiting', tries: 1 },
    { state: 'waiting', tries: 1 },
  ]);
});

test('a busy telephone is one call, and a try of each', async () => {
  dialling.world.staff.onIncoming((call) => {
    rung.push(call);
    call.reject(486);
  });
  const { attempt, recipients } = await ended(await household({ tries: 1 }));
  expect(attempt).toMatchObject({ outcome: 'busy' });
  expect(recipients).toMatchObject([
    { state: 'done', settled_reason: 'triesUsed', tries: 1 },
    { state: 'done', settled_reason: 'triesUsed', tries: 1 },
  ]);
  expect(rung).toHaveLength(1);
});

const remove = (campaignId: string, nth: number) =>
  dialling.room.database.db
    .updateTable('campaign_recipient')
    .set({ state: 'removed', settled_reason: 'paid', settled_at: new Date(clock.now()) })
    .where('campaign_id', '=', campaignId)
    .where('row_no', '=', nth + 2)
    .execute();

test('who has paid while the telephone rings is told nothing any more; it rings on for the other, until he has paid too', async () => {
  dialling.world.staff.onIncoming((call) => {
    rung.push(call);
    call.ring();
  });
  const first = await household();
  await expect.poll(() => rung.length, { timeout: 20_000 }).toBe(1);
  await remove(first, 0);
  // Looked at once a second.
  const [attempt] = await dialling.attempts(first);
  const check = { type: 'checkIdentity', id: 1, format: 'monthDay', digits: '0102' } as const;
  const id = attempt?.attempt_id ?? '';
  await expect.poll(() => dialling.dialler.whoIs(id, check).matches, { timeout: 20_000 }).toBe(false);
  expect(dialling.dialler.whoIs(id, { ...check, digits: '0304' })).toMatchObject({ matches: true });
  await rung[0]?.answer();
  await keysIn('0102');
  const { recipients } = await ended(first);
  expect(saidAmounts()).toEqual([]);
  expect(recipients).toMatchObject([
    { state: 'removed', settled_reason: 'paid' },
    { state: 'waiting', tries: 1 },
  ]);

  rung = [];
  const second = await household();
  await expect.poll(() => rung.length, { timeout: 20_000 }).toBe(1);
  await remove(second, 0);
  await remove(second, 1);
  expect((await rung[0]?.ended)?.reason).toBe('cancelled');
});

test('whoever of a household wants no more calls is called by nobody any more, and the other still is', async () => {
  dialling.world.staff.onIncoming(async (call) => {
    rung.push(call);
    await call.answer();
  });
  const campaignId = await household();
  const call = await keysIn('0102');
  await call.waitForTone({ marker: ASKING }, { timeoutMs: 20_000 });
  // Told after it how to say so.
  await call.waitForTone({ marker: GREETING }, { timeoutMs: 20_000, sinceMs: call.nowMs });
  await call.pressAll('7').catch(() => undefined);
  const { attempt, recipients } = await ended(campaignId);
  expect(attempt).toMatchObject({ result: 'optedOut' });
  expect(recipients).toMatchObject([
    { state: 'done', settled_reason: 'reached', result: 'optedOut' },
    { state: 'waiting', tries: 0 },
  ]);
  const { db } = dialling.room.database;
  expect(await db.selectFrom('campaign_suppression').selectAll().execute()).toMatchObject([
    { addressee_number: '0000000000', telephone: null, reason: 'ownWish', source: 'call', to_day: null },
  ]);
});
