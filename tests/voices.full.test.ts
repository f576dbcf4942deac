import { BundleDraftSchema } from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAdminApi } from './setup/admin-api.ts';
import { soundOfCall } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { until } from './setup/until.ts';

const MALE = '0725000191';
const USUAL = '0725000192';
const UNKNOWN = '0725000193';
const GREETING = '市役所の保険年金課でございます。';
const FAREWELL = 'お電話をいただき、ありがとうございました。';
/** Searching the received sound takes its time on a busy machine. */
const LIMIT = { timeout: 180_000 };

let under: HouseUnderTest;
let sounds: PromptSounds;

beforeAll(async () => {
  under = await startHouseUnderTest();
  sounds = await openPromptSounds(under.house);
  await under.serve(MALE, greeting('male', 'nitech'));
  await under.serve(USUAL, greeting('usual', undefined));
  await under.serve(UNKNOWN, greeting('unknown', 'robot'));
}, 240_000);

afterAll(async () => {
  await sounds?.close();
  await under?.stop();
});

/** A greeting in the flow where the call begins, a farewell in another that would speak otherwise by itself. */
function greeting(bundleId: string, voice: string | undefined) {
  const say = (text: string) => ({ type: 'text', text });
  const flow = (id: string, startNodeId: string, nodes: object, own: string | undefined) => ({
    ...{ languageVersion: 2, id, name: id, startNodeId, nodes },
    voice: own,
  });
  const greet = { kind: 'announcement', prompt: say(GREETING), next: { next: 'on' } };
  const main = { greet, on: { kind: 'goToFlow', flowId: 'other' } };
  return BundleDraftSchema.parse({
    bundleId,
    entryFlowId: 'main',
    flows: {
      main: flow('main', 'greet', main, voice),
      other: flow('other', 'bye', { bye: { kind: 'end', farewell: say(FAREWELL) } }, 'meiHappy'),
    },
  });
}

/** In which voices a caller of the number hears the two sentences. */
async function voicesHeard(phoneNumber: string): Promise<readonly string[]> {
  const call = await under.call(phoneNumber);
  await call.answered;
  const heard = await soundOfCall(call);
  const found: string[] = [];
  for (const voice of ['mei', 'meiHappy', 'nitech']) {
    for (const text of [GREETING, FAREWELL]) {
      const [clip = new Int16Array()] = await sounds.of(text, { voice });
      if ((await sounds.timesRecognised(heard, clip)) > 0) found.push(`${voice} ${text}`);
    }
  }
  return found;
}

test.concurrent(
  'a caller hears the voice that staff chose for the flow, in the flow that it goes on to as well',
  LIMIT,
  async () => {
    expect(await voicesHeard(MALE)).toEqual([`nitech ${GREETING}`, `nitech ${FAREWELL}`]);
  },
);

test.concurrent('where staff chose none, a caller hears the usual voice of the house', LIMIT, async () => {
  expect(await voicesHeard(USUAL)).toEqual([`mei ${GREETING}`, `mei ${FAREWELL}`]);
});

test.concurrent(
  'a caller of a version whose voice is not here hears the usual one, not silence',
  LIMIT,
  async () => {
    expect(await voicesHeard(UNKNOWN)).toEqual([`mei ${GREETING}`, `mei ${FAREWELL}`]);
  },
);

test('once staff choose another usual voice, callers of versions that name none hear it', LIMIT, async () => {
  const api = await openAdminApi(under);
  expect(await api('PUT', '/api/voices/usual', { voice: 'nitech' })).toMatchObject({ status: 200 });
  await until(
    'the telephone speaks in it',
    async () => (await voicesHeard(USUAL)).includes(`nitech ${GREETING}`),
    LIMIT.timeout,
  );
  expect(await voicesHeard(USUAL)).toEqual([`nitech ${GREETING}`, `nitech ${FAREWELL}`]);
  expect(await voicesHeard(MALE)).toEqual([`nitech ${GREETING}`, `nitech ${FAREWELL}`]);
});
