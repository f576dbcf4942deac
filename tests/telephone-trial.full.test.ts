import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FlowDraftSchema, LANGUAGE_VERSION } from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { PhoneNumberListSchema } from '../packages/server/src/http/number-contract.ts';
import {
  TelephoneTrialListSchema,
  TelephoneTrialOrderedSchema,
} from '../packages/server/src/http/telephone-trial-contract.ts';
import { type AdminApi, openAdminApi } from './setup/admin-api.ts';
import { CITIZEN, type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { summaryOf } from './setup/records.ts';
import { END, oneFlow, sayMarker, textPrompt } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const NUMBER = '0725000183';
const TEST_CALLER = '09000000002';
const PUBLISHED = 1;
const PREPARING =
  'お電話ありがとうございます。この番号は、ただいま準備中です。申し訳ございませんが、市役所の代表番号へおかけください。';
const DRAFTED = 'これは下書きの案内です。まだ公開していません。';
/** Searching the received sound takes its time on a busy machine. */
const LIMIT = { timeout: 240_000 };

let under: HouseUnderTest;
let sounds: PromptSounds;
let api: AdminApi;

beforeAll(async () => {
  under = await startHouseUnderTest();
  sounds = await openPromptSounds(under.house);
  api = await openAdminApi(under);
  await under.serve(NUMBER, oneFlow('in-force', { hello: sayMarker(PUBLISHED, 'end'), end: END }));
  await putInState('test');
  const caller = { number: TEST_CALLER, note: '', fromDay: null, toDay: null, version: null };
  expect((await api('PUT', '/api/test-callers', caller)).status).toBe(200);
  await servedWith(({ testCallers }) => testCallers.length === 1);
}, 240_000);
afterAll(async () => {
  await sounds?.close();
  await under?.stop();
});

const CopySchema = z.object({
  phoneNumbers: z.array(z.object({ state: z.string(), trialBundleId: z.string().nullable() })),
  testCallers: z.array(z.unknown()),
});

/** Resolves once the telephone serves calls by settings of which that is true: it says so in its own copy of them. */
async function servedWith(isSo: (copy: z.infer<typeof CopySchema>) => boolean): Promise<void> {
  const file = join(under.house.settings.stateDir, 'directory.json');
  const settings = async () => CopySchema.parse(JSON.parse(await readFile(file, 'utf8')));
  await until('the telephone has taken the settings', async () => isSo(await settings()), 60_000);
}

async function putInState(state: string): Promise<void> {
  const { body } = await api('GET', '/api/phone-numbers');
  const number = PhoneNumberListSchema.parse(body).numbers.find((each) => each.phoneNumber === NUMBER);
  const change = { state, version: number?.version };
  expect((await api('PUT', `/api/phone-numbers/${NUMBER}/state`, change)).status).toBe(200);
  await servedWith(({ phoneNumbers }) => phoneNumbers[0]?.state === state);
}

/** A flow that says `DRAFTED`, saved as a draft; with `isBroken` one that leads nowhere. @returns its version. */
async function saveDraft(flowId: string, { isBroken = false } = {}): Promise<number> {
  const draft = FlowDraftSchema.parse({
    languageVersion: LANGUAGE_VERSION,
    id: flowId,
    name: '下書き',
    startNodeId: 'hello',
    nodes: {
      hello: {
        kind: 'announcement',
        title: '案内',
        prompt: textPrompt(DRAFTED),
        interruptible: false,
        next: isBroken ? {} : { next: 'end' },
      },
      end: END,
    },
  });
  expect((await api('POST', '/api/flows', { flowId, name: draft.name, draft })).status).toBe(201);
  return 1;
}

test(
  'a draft that was ordered is heard by a registered test caller on a real call once its sounds are made, and by nobody else',
  LIMIT,
  async () => {
    const draftVersion = await saveDraft('tried');
    const ordered = await api('POST', '/api/flows/tried/telephone-trials', {
      draftVersion,
      phoneNumbers: [NUMBER],
    });
    expect(ordered.status).toBe(201);
    const { bundleId } = TelephoneTrialOrderedSchema.parse(ordered.body);
    await servedWith(({ phoneNumbers }) => phoneNumbers[0]?.trialBundleId === bundleId);
    const { body } = await api('GET', '/api/flows/tried/telephone-trials');
    expect(TelephoneTrialListSchema.parse(body).numbers).toMatchObject([
      { trial: { bundleId, isDraftNewer: false }, ordered: null },
    ]);
    const known = await under.call(NUMBER, TEST_CALLER);
    await sounds.heardToEnd(known, await sounds.of(DRAFTED));
    await known.ended;
    const stranger = await under.call(NUMBER, CITIZEN);
    await sounds.heardToEnd(stranger, await sounds.of(PREPARING));
    const { db } = under.database;
    expect(await summaryOf(db, known.sipCallId, { ended: true })).toMatchObject({ is_test: true });
    const versions = await api('GET', '/api/flows/tried/versions');
    expect(versions.body).toEqual({ versions: [] });
  },
);

test(
  'while the number is live everybody hears the version in force, and a test caller too',
  LIMIT,
  async () => {
    await putInState('live');
    for (const from of [TEST_CALLER, CITIZEN]) {
      const call = await under.call(NUMBER, from);
      await call.waitForTone({ marker: PUBLISHED }, { timeoutMs: 10_000 });
      await call.ended;
    }
    await putInState('test');
  },
);

test(
  'a draft with errors is refused with what is wrong, and what was on trial goes on until it is ended',
  LIMIT,
  async () => {
    const draftVersion = await saveDraft('broken', { isBroken: true });
    const refused = await api('POST', '/api/flows/broken/telephone-trials', {
      draftVersion,
      phoneNumbers: [NUMBER],
    });
    expect(refused.status).toBe(422);
    const { errors } = z.object({ errors: z.array(z.unknown()) }).parse(refused.body);
    expect(errors).not.toEqual([]);
    const still = await under.call(NUMBER, TEST_CALLER);
    await sounds.heardToEnd(still, await sounds.of(DRAFTED));
    expect((await api('DELETE', `/api/phone-numbers/${NUMBER}/trial`)).status).toBe(200);
    await servedWith(({ phoneNumbers }) => phoneNumbers[0]?.trialBundleId === null);
    const later = await under.call(NUMBER, TEST_CALLER);
    await later.waitForTone({ marker: PUBLISHED }, { timeoutMs: 10_000 });
    await later.ended;
  },
);
