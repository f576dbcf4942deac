import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { everyRow } from '../packages/server/src/database/test-database.ts';
import {
  EmergencyListSchema,
  EmergencyNowSchema,
  EmergencyPinSetSchema,
  EmergencyTelephoneSchema,
} from '../packages/server/src/http/emergency-contract.ts';
import { type AdminApi, openAdminApi } from './setup/admin-api.ts';
import { soundOfCall } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { lengthMs, openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { filesBelow } from './setup/secret-house.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const NUMBER = '0725000191';
const SWITCHING = '0725000192';
const CHIEF = '09000000192';
const PIN = '739164';
const WRONG_PIN = '628053';
const RAIN = '大雨のため、本日は閉庁しています。お急ぎの方は、市役所の代表番号へおかけください。';
const GREETING = '緊急アナウンスの操作です。担当者番号4桁を押してください。';
const ASKS_PIN = '暗証番号を押して、最後に、シャープを押してください。';
const MENU_END = 'もう一度聞くには9を、押してください。終わるときは、電話をお切りください。';
const CONFIRM = 'よろしければ1を、取り消すには2を、もう一度聞くには9を、押してください。';
const GONE = '担当者番号か、暗証番号が違います。画面からも操作できます。失礼いたします。';
/** Catches hanging only: calls one after the other until what was switched is heard. */
const SWITCHED_LIMIT_MS = 90_000;
/** Many sentences are heard to their ends, and looked for in the received sound. */
const LIMIT = { timeout: 360_000 };

/** The telephone's own copy of the settings, once it knows of the number. */
const SwitchingCopySchema = z.object({ switchingNumber: z.literal(SWITCHING) });

let under: HouseUnderTest;
let sounds: PromptSounds;
let api: AdminApi;
let staffNumber: string;

beforeAll(async () => {
  under = await startHouseUnderTest({ logLevel: 'debug' });
  sounds = await openPromptSounds(under.house);
  api = await openAdminApi(under);
  for (const number of [NUMBER, SWITCHING])
    await under.serve(number, oneFlow(`flow-${number}`, { hello: sayMarker(1, 'end'), end: END }));
  const draft = { name: '大雨のお知らせ', text: RAIN, afterwards: 'goOn', phoneNumbers: null };
  expect((await api('POST', '/api/emergency', { draft })).status).toBe(201);
  const pinSet = await api('PUT', '/api/emergency/telephone/pin', { pin: PIN });
  staffNumber = EmergencyPinSetSchema.parse(pinSet.body).staffNumber;
  const { version } = await telephone();
  const named = await api('PUT', '/api/emergency/telephone', { phoneNumber: SWITCHING, version });
  expect(named.status).toBe(200);
  const file = join(under.house.settings.stateDir, 'directory.json');
  await until(
    'the telephone has taken the number for switching',
    async () => SwitchingCopySchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).success,
  );
}, 240_000);
afterAll(async () => {
  await sounds?.close();
  await under?.stop();
});

const telephone = async () =>
  EmergencyTelephoneSchema.parse((await api('GET', '/api/emergency/telephone')).body);
const messagesOn = async () => EmergencyNowSchema.parse((await api('GET', '/api/emergency/now')).body).on;

/** A call by the chief, with a hand that waits for what it answers. */
async function chiefCalls() {
  const call = await under.call(SWITCHING, CHIEF);
  let pressedAtMs = 0;
  const hears = async (text: string) => sounds.heardToEnd(call, await sounds.of(text), pressedAtMs);
  const presses = async (keys: string) => {
    pressedAtMs = (await call.pressAll(keys)).at(-1)?.endedAtMs ?? 0;
  };
  const getsIn = async () => {
    await presses(staffNumber);
    await hears(ASKS_PIN);
    await presses(`${PIN}#`);
    await hears(MENU_END);
  };
  await hears(GREETING);
  return { call, hears, presses, getsIn };
}

/** How often a citizen hears the message before the flow. */
async function timesRainIsHeard(): Promise<number> {
  const citizen = await under.call(NUMBER);
  const clips = await sounds.of(RAIN);
  const flow = await citizen.waitForTone({ marker: 1 }, { timeoutMs: 40_000 });
  const heard = await soundOfCall(citizen);
  const times = await Promise.all(clips.map((clip) => sounds.timesRecognised(heard, clip)));
  if (Math.max(...times) > 0) expect(flow.atMs).toBeGreaterThan(lengthMs(clips));
  return Math.max(...times);
}

/** A call may begin before the telephone has heard of what was switched a moment ago. */
async function citizensHearRain(times: number): Promise<void> {
  await until(
    `a citizen who hears the message ${times} times`,
    async () => (await timesRainIsHeard()) === times,
    SWITCHED_LIMIT_MS,
  );
}

test(
  'a chief dials the number, keys number and PIN, chooses and confirms: citizens hear the message before the flow, until he stops it; hanging up before switches nothing',
  LIMIT,
  async () => {
    const early = await chiefCalls();
    await early.getsIn();
    await early.presses('1');
    await early.call.hangUp();

    const begins = await chiefCalls();
    await begins.getsIn();
    await begins.presses('1');
    await begins.presses('3');
    await begins.hears(CONFIRM);
    expect(await messagesOn()).toEqual([]);
    await begins.presses('1');
    await until('the message on', async () => (await messagesOn()).length === 1);
    const [on] = await messagesOn();
    const aDayMs = Date.parse(on?.endsAt ?? '') - Date.now();
    expect(aDayMs).toBeGreaterThan(24 * 3_600_000 - 120_000);
    await begins.call.hangUp();
    await citizensHearRain(1);

    const stops = await chiefCalls();
    await stops.getsIn();
    await stops.presses('1');
    await stops.hears(CONFIRM);
    await stops.presses('1');
    await until('the message off', async () => (await messagesOn()).length === 0);
    await stops.call.hangUp();
    await citizensHearRain(0);

    const { history } = EmergencyListSchema.parse((await api('GET', '/api/emergency')).body);
    expect(history).toMatchObject([{ beganByTelephone: true, endedByTelephone: true }]);
    const { db } = under.database;
    const recorded = await db.selectFrom('call_summary').select('phone_number').distinct().execute();
    expect(recorded).toEqual([{ phone_number: NUMBER }]);
  },
);

test(
  'three wrong PINs end a call, five lock the person, which the screen shows, and no PIN lies anywhere',
  LIMIT,
  async () => {
    const first = await chiefCalls();
    for (let tries = 0; tries < 3; tries++) {
      await first.presses(staffNumber);
      await first.hears(ASKS_PIN);
      await first.presses(`${WRONG_PIN}#`);
      await first.hears(tries < 2 ? '担当者番号4桁を押してください。' : GONE);
    }
    expect((await first.call.ended).by).toBe('them');
    expect((await telephone()).own?.isLocked).toBe(false);
    const second = await chiefCalls();
    for (const pin of [WRONG_PIN, WRONG_PIN, PIN]) {
      await second.presses(staffNumber);
      await second.hears(ASKS_PIN);
      await second.presses(`${pin}#`);
      await second.hears(pin === PIN ? GONE : '担当者番号4桁を押してください。');
    }
    expect((await second.call.ended).by).toBe('them');
    expect((await telephone()).own?.isLocked).toBe(true);

    const texts = {
      ...(await everyRow(under.database.db)),
      ...(await filesBelow(under.dataDir)),
      log: under.lines.join('\n'),
    };
    const traces = [new RegExp(PIN), new RegExp(WRONG_PIN), /"key"\s*:\s*"[0-9*#]"/];
    const found = Object.entries(texts).flatMap(([where, text]) =>
      traces.filter((trace) => trace.test(text)).map((trace) => `${where}: ${trace}`),
    );
    expect(found).toEqual([]);
  },
);
