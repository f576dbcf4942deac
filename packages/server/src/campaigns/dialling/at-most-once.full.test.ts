import { setTimeout as pause } from 'node:timers/promises';
import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HouseUnderTest, startHouseUnderTest } from '../../../../../tests/setup/house-under-test.ts';
import { END, markerPrompt, oneFlow, sayMarker } from '../../../../../tests/setup/test-flows.ts';
import { until } from '../../../../../tests/setup/until.ts';
import { campaignChannel } from './dialler.ts';
import { layCampaign } from './test-campaign.ts';

const KILLS = 30;
const PUBLIC = '0725001001';
const PEOPLE = Array.from({ length: 900 }, (_, nth) => `09000000${String(nth).padStart(3, '0')}`);
/** Repeats a run: `MADOGUCHI_SEED=123 npm run test:full -- …`. */
const SEED = Number(process.env['MADOGUCHI_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** mulberry32: numbers from 0 to 1, the same for one seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

let under: HouseUnderTest;
/** As the answering side received them. */
const invites: { readonly to: string; readonly sipCallId: string }[] = [];

beforeAll(async () => {
  under = await startHouseUnderTest();
  await under.serve(
    PUBLIC,
    oneFlow('at-most-once', {
      first: sayMarker(1, 'ask'),
      ask: {
        kind: 'menu',
        title: '確認',
        prompt: markerPrompt(2),
        choices: [{ key: '1' }],
        timeoutMs: 3_000,
        wrongKey: { retries: 0 },
        noKey: { retries: 0 },
        next: { 'key:1': 'end', wrongKey: 'end', noKey: 'end' },
      },
      end: END,
    }),
  );
  under.staff.onIncoming(async (call) => {
    invites.push({ to: call.to.user, sipCallId: call.sipCallId });
    await citizen(call).catch(() => undefined);
  });
}, 180_000);
afterAll(() => under?.stop());

/** Busy, declines, never answers, hangs up soon, listens and presses a key: by the last figure of the number. */
async function citizen(call: IncomingCall): Promise<void> {
  const nth = Number(call.to.user.at(-1));
  if (nth < 2) return call.reject(486);
  call.ring();
  if (nth < 4) return;
  await pause(300 + nth * 100);
  if (nth === 4) return call.reject(603);
  await call.answer();
  await pause(nth === 5 ? 300 : 2_500);
  if (nth === 5) await call.hangUp();
  else await call.pressAll('1');
}

test(`nobody is called twice for one attempt, though the process that dials is killed ${KILLS} times (seed ${SEED})`, {
  timeout: 600_000,
}, async () => {
  const random = randomFrom(SEED);
  const { db } = under.database;
  await layCampaign(db, {
    campaignId: 'kills',
    bundleId: 'at-most-once',
    phoneNumber: PUBLIC,
    recipients: PEOPLE.map((telephone) => ({ telephone })),
    settings: { tries: 1, callsPerSecond: 10, atOnce: 60, ringTimeoutS: 10 },
  });
  await sql`select pg_notify(${campaignChannel}, '')`.execute(db);
  await until('the first calls', () => invites.length > 3);
  for (let kills = 0; kills < KILLS; kills++) {
    // Some moments fall into the start of the next process, most into its dialling.
    await pause(200 + random() * 5_000);
    await under.kill('calls');
    await until('the next process', () => under.house.part('calls')?.pid !== undefined);
  }
  const before = invites.length;
  await until('somebody is called after the last kill', () => invites.length > before, 60_000);
  await db.updateTable('campaign').set({ state: 'paused' }).where('campaign_id', '=', 'kills').execute();
  const attempts = await until(
    'every attempt has its end',
    async () => {
      const all = await db
        .selectFrom('campaign_attempt as a')
        .innerJoin('campaign_recipient as r', 'r.recipient_id', 'a.recipient_id')
        .select(['a.attempt_id', 'a.state', 'a.outcome', 'a.dialled_at', 'a.sip_call_id', 'a.counts_as_try'])
        .select(['r.telephone', 'r.tries'])
        .execute();
      return all.every(({ outcome }) => outcome !== null) && all;
    },
    120_000,
  );

  const outcomes = Object.fromEntries(
    Map.groupBy(attempts, ({ outcome }) => outcome ?? '')
      .entries()
      .map(([outcome, of]) => [outcome, of.length]),
  );
  console.log({ seed: SEED, invites: invites.length, outcomes });
  const sorted = (all: readonly string[]) => all.toSorted();
  // One try is all that anybody has: whose telephone rang is never called again, also where nobody knows what became of it.
  const called = invites.map(({ to }) => to);
  expect(sorted(called)).toEqual(sorted([...new Set(called)]));
  // What was received is in the records, under one attempt that was marked as dialled before.
  const dialled = attempts.filter(({ dialled_at }) => dialled_at !== null);
  for (const { to, sipCallId } of invites) {
    const own = dialled.filter(({ telephone }) => telephone === to);
    expect(own, to).toHaveLength(1);
    // Killed between the order and its answer, a process has not learned the Call-ID.
    expect([sipCallId, null]).toContain(own[0]?.sip_call_id);
  }
  // What the records say was dialled and how it ended was received; only of what is unknown nobody can tell.
  for (const { telephone, outcome } of dialled)
    if (outcome !== 'unknown') expect(called, `${outcome}`).toContain(telephone);
  for (const { telephone, tries, counts_as_try, dialled_at } of attempts) {
    expect(tries, telephone).toBeLessThanOrEqual(1);
    if (dialled_at === null) expect(counts_as_try).toBe(false);
  }
  // The calls that went on at the engine were taken up again, to their end.
  const resumed = await db
    .selectFrom('campaign_attempt as a')
    .innerJoin('call_event as e', 'e.call_id', 'a.attempt_id')
    .select('a.attempt_id')
    .distinct()
    .where('e.type', '=', 'resumed')
    .where('a.outcome', '=', 'answered')
    .execute();
  expect(resumed.length).toBeGreaterThan(0);
});
