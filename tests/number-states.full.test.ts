import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { EmergencyNowSchema, EmergencySavedSchema } from '../packages/server/src/http/emergency-contract.ts';
import { PhoneNumberListSchema } from '../packages/server/src/http/number-contract.ts';
import { type AdminApi, openAdminApi } from './setup/admin-api.ts';
import { soundOfCall } from './setup/caller-acts.ts';
import { CITIZEN, type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { lengthMs, openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { summaryOf } from './setup/records.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const NUMBER = '0725000181';
const OTHER = '0725000182';
const STAFF = '0725009181';
const PREPARING =
  'お電話ありがとうございます。この番号は、ただいま準備中です。申し訳ございませんが、市役所の代表番号へおかけください。';
const RAIN = '大雨のため、本日は閉庁しています。お急ぎの方は、市役所の代表番号へおかけください。';
/** What is switched is heard by the next call about so much later. */
const SWITCHED_MS = 2_000;
/** Searching the received sound takes its time on a busy machine. */
const LIMIT = { timeout: 120_000 };

let under: HouseUnderTest;
let sounds: PromptSounds;
let api: AdminApi;

beforeAll(async () => {
  under = await startHouseUnderTest();
  sounds = await openPromptSounds(under.house);
  api = await openAdminApi(under);
  for (const number of [NUMBER, OTHER])
    await under.serve(number, oneFlow(`flow-${number}`, { hello: sayMarker(1, 'end'), end: END }));
}, 240_000);
afterAll(async () => {
  await sounds?.close();
  await under?.stop();
});
beforeEach(() => putInState('live'));

async function numberNow() {
  const { body } = await api('GET', '/api/phone-numbers');
  const number = PhoneNumberListSchema.parse(body).numbers.find((each) => each.phoneNumber === NUMBER);
  if (number === undefined) throw new Error('the number is not there');
  return number;
}

async function putInState(state: string): Promise<void> {
  const { version, state: now } = await numberNow();
  if (now === state) return;
  expect(await api('PUT', `/api/phone-numbers/${NUMBER}/state`, { state, version })).toMatchObject({
    status: 200,
  });
  await pause(SWITCHED_MS);
}

test(
  'callers of a number under test hear that it is being prepared; a registered test caller reaches the flow and his call is marked',
  LIMIT,
  async () => {
    await putInState('test');
    const stranger = await under.call(NUMBER);
    await sounds.heardToEnd(stranger, await sounds.of(PREPARING));
    expect((await stranger.ended).by).toBe('them');
    const caller = { number: CITIZEN, note: '', fromDay: null, toDay: null, version: null };
    await api('PUT', '/api/test-callers', caller);
    await pause(SWITCHED_MS);
    const known = await under.call(NUMBER);
    await known.waitForTone({ marker: 1 }, { timeoutMs: 10_000 });
    await known.ended;
    const { db } = under.database;
    expect(await summaryOf(db, known.sipCallId, { ended: true })).toMatchObject({ is_test: true });
    expect(await summaryOf(db, stranger.sipCallId, { ended: true })).toMatchObject({ is_test: false });
    await api('DELETE', `/api/test-callers/${CITIZEN}`);
  },
);

test(
  'a stopped number rings elsewhere unanswered, gives the final code of there, and is in the records as forwarded',
  LIMIT,
  async () => {
    const { draft, version } = await numberNow();
    const stopping = { draft: { ...draft, forwardTo: STAFF }, version };
    expect((await api('PUT', `/api/phone-numbers/${NUMBER}`, stopping)).status).toBe(200);
    await putInState('stopped');
    under.staff.onIncoming((incoming) => {
      incoming.ring();
      setTimeout(() => incoming.reject(486), 500);
    });
    const busy = await under.call(NUMBER);
    expect((await busy.ringing)?.sipCode).toBe(180);
    expect(await busy.outcome).toMatchObject({ answered: false, sipCode: 486 });
    under.staff.onIncoming(async (incoming) => {
      await incoming.answer();
      void incoming.play({ marker: 5 });
      setTimeout(() => void incoming.hangUp(), 3_000);
    });
    const talk = await under.call(NUMBER);
    await talk.waitForTone({ marker: 5 }, { timeoutMs: 10_000 });
    expect((await talk.ended).by).toBe('them');
    const { db } = under.database;
    expect(await summaryOf(db, busy.sipCallId, { ended: true })).toMatchObject({
      outcome: 'forwarded',
      answered_at: null,
    });
    const talked = await summaryOf(db, talk.sipCallId, { ended: true });
    expect(talked).toMatchObject({ outcome: 'forwarded', answered_at: expect.any(Date) });
    const recordings = await db.selectFrom('recording').select('call_id').execute();
    expect(recordings).toEqual([]);
  },
);

test(
  'a planned change is carried out within seconds of its time, by the process that nobody asks',
  LIMIT,
  async () => {
    const dueAt = new Date(Date.now() + 2_000);
    const plan = { state: 'preparing', dueAt: dueAt.toISOString() };
    expect((await api('POST', `/api/phone-numbers/${NUMBER}/plans`, plan)).status).toBe(201);
    await until('the planned state', async () => (await numberNow()).state === 'preparing', 10_000);
    expect(Date.now() - dueAt.getTime()).toBeLessThan(4_000);
  },
);

test(
  'an emergency announcement is heard by the next call of its numbers before the flow, until it is switched off',
  LIMIT,
  async () => {
    const draft = { name: '大雨', text: RAIN, afterwards: 'goOn', phoneNumbers: [NUMBER] };
    const saved = await api('POST', '/api/emergency', { draft });
    expect(saved.status).toBe(201);
    const { messageId } = EmergencySavedSchema.parse(saved.body);
    const endsAt = new Date(Date.now() + 3_600_000).toISOString();
    expect((await api('PUT', `/api/emergency/${messageId}/on`, { endsAt })).status).toBe(200);
    expect(EmergencyNowSchema.parse((await api('GET', '/api/emergency/now')).body).on).toHaveLength(1);
    await pause(SWITCHED_MS);
    const clips = await sounds.of(RAIN);
    const caller = await under.call(NUMBER);
    const elsewhere = await under.call(OTHER);
    const flow = await caller.waitForTone({ marker: 1 }, { timeoutMs: 40_000 });
    expect(flow.atMs).toBeGreaterThan(lengthMs(clips));
    expect(await sounds.timesHeard(await soundOfCall(caller), clips)).toHaveLength(1);
    expect(await sounds.timesHeard(await soundOfCall(elsewhere), clips)).toEqual([]);
    await api('DELETE', `/api/emergency/${messageId}/on`);
    await pause(SWITCHED_MS);
    const later = await under.call(NUMBER);
    expect(await sounds.timesHeard(await soundOfCall(later), clips)).toEqual([]);
  },
);
