import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Action,
  advance,
  type BundleDraft,
  BundleDraftSchema,
  begin,
  type CallContext,
  type CallEvent,
  LANGUAGE_VERSION,
  loadPublished,
  type Preparable,
} from '@madoguchi/flow';
import { markerSound } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { createTestDatabase, type TestDatabase } from '../database/test-database.ts';
import {
  compileDictionary,
  createOpenJtalkVoice,
  createPrompts,
  importAudio,
  type PromptStore,
  type SpeechTools,
} from '../speech/index.ts';
import { testDictionaryCache, testTools } from '../speech/testing/test-tools.ts';
import { wavOf } from '../speech/wav.ts';
import { prepareInForce } from './prepare-in-force.ts';
import { publishFlow } from './publish.ts';

const phoneNumber = '0725001001';
const context: CallContext = {
  callId: 'call-1',
  phoneNumber,
  callerNumber: '09000001234',
  callerKind: 'mobile',
  bundleId: 'test',
  beganAt: '2026-06-01T10:00:00+09:00',
};
const say = (text: string) => ({ type: 'text', text });
let folder: string;
let tools: SpeechTools;
let database: TestDatabase;
let prompts: PromptStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-publish-'));
  tools = await testTools();
  database = await createTestDatabase();
  const dictionary = await compileDictionary({ tools, cacheDir: testDictionaryCache(), entries: [] });
  prompts = createPrompts({
    tools,
    voice: await createOpenJtalkVoice({ tools, dictionary }, 'mei'),
    cacheDir: join(folder, 'sounds'),
    audioDir: join(folder, 'uploads'),
  });
});

afterAll(async () => {
  prompts?.close();
  await database?.drop();
  await rm(folder, { recursive: true, force: true });
});

function publish(draft: BundleDraft) {
  const parts = { db: database.db, prompts, clock: systemClock };
  return publishFlow(parts, draft, { phoneNumber, name: '試験', comment: '' });
}

/** A bundle of one flow that starts at its first node. */
function bundleOf(bundleId: string, nodes: Readonly<Record<string, object>>): BundleDraft {
  const startNodeId = Object.keys(nodes)[0] ?? '';
  const main = { languageVersion: LANGUAGE_VERSION, id: 'main', name: 'main', startNodeId, nodes };
  return BundleDraftSchema.parse({ bundleId, entryFlowId: 'main', flows: { main } });
}

/** What a call says when these things happen in it, each a second after the other. */
function announcementsOf(
  draft: BundleDraft,
  caller: CallContext,
  events: readonly CallEvent[],
): readonly Preparable[] {
  const flow = loadPublished(draft);
  let { state } = begin(flow, caller);
  const actions: Action[] = [];
  for (const [index, event] of events.entries()) {
    const atMs = event.type === 'timePassed' ? (state.deadlineMs ?? 0) : state.lastAtMs + 1_000;
    const step = advance(flow, state, { seq: index + 1, atMs, event });
    actions.push(...step.actions);
    state = step.state;
  }
  return actions.flatMap((action) =>
    action.type === 'announce' ? [{ parts: action.parts, speed: action.speed ?? 'usual' }] : [],
  );
}

async function fixedSounds(): Promise<readonly string[]> {
  const names = await readdir(join(folder, 'sounds/fixed'), { recursive: true });
  return names.filter((name) => name.endsWith('.ulaw')).toSorted();
}

test('after publishing a call waits for its values only: no fixed text is left to be made in it', async () => {
  const draft = bundleOf('ready', {
    menu: {
      kind: 'menu',
      prompt: say('{{callerNumber}}へのご案内は1を'),
      choices: [{ key: '1' }],
      slowerKey: '8',
      wrongKey: { retries: 1, prompt: say('番号が違います') },
      noKey: { retries: 1, prompt: say('押されていません') },
      next: { 'key:1': 'digits', wrongKey: 'end', noKey: 'end' },
    },
    digits: {
      kind: 'digits',
      prompt: say('枚数をどうぞ。'),
      variable: '枚数',
      readAs: 'number',
      minLengthDigits: 1,
      maxLengthDigits: 3,
      readBack: { prompt: say('{{枚数}}枚は{{枚数|amount}}円です。よければ1を') },
      wrong: { retries: 1, prompt: say('もう一度') },
      next: { next: 'end', wrong: 'end', none: 'end' },
    },
    end: { kind: 'end', farewell: say('本日{{today}}は終わりです') },
  });
  expect(await publish(draft)).toMatchObject({ ok: true });
  const ready = await fixedSounds();

  const key = (pressed: '1' | '2' | '3' | '8' | '9' | '#'): CallEvent => ({
    type: 'keyPressed',
    key: pressed,
  });
  const wait: CallEvent = { type: 'timePassed' };
  const events: readonly CallEvent[] = [
    { type: 'answered' },
    ...[key('9'), wait, wait],
    ...[key('1'), key('3'), key('#'), key('9'), key('1')],
  ];
  const callers = [context, { ...context, callerNumber: null, callerKind: 'withheld' as const }];
  const slower = [...events.slice(0, 1), key('8'), ...events.slice(1)];
  const said = callers.flatMap((caller) =>
    [events, slower].flatMap((each) => announcementsOf(draft, caller, each)),
  );
  expect(JSON.stringify(said)).toContain('もう一度');
  expect(JSON.stringify(said)).toContain('押されていません');
  expect(JSON.stringify(said)).toContain('は終わりです');
  expect(new Set(said.map(({ speed }) => speed))).toEqual(new Set(['usual', 'slower']));
  for (const { parts, speed } of said) await prompts.soundsFor(parts, speed);
  expect(await fixedSounds()).toEqual(ready);
});

test('a flow may announce a sound that was uploaded, and none that was not', async () => {
  const { audioId } = await importAudio(wavOf(markerSound(1, 1_000)), {
    tools,
    audioDir: join(folder, 'uploads'),
  });
  const announcing = (bundleId: string, id: string) =>
    bundleOf(bundleId, {
      music: { kind: 'announcement', prompt: { type: 'audio', audioId: id }, next: { next: 'end' } },
      end: { kind: 'end' },
    });
  expect(await publish(announcing('uploaded', audioId))).toMatchObject({ ok: true });
  expect(await publish(announcing('unknown', 'never-uploaded'))).toMatchObject({
    ok: false,
    problems: [{ code: 'unknownAudio' }],
  });
  const stored = await database.db.selectFrom('flow_bundle').select('bundle_id').execute();
  expect(stored.map((row) => row.bundle_id)).not.toContain('unknown');
});

test('what is in force, and a draft on trial, is ready again after its sounds were lost, and a version that cannot be read holds up no other', async () => {
  const { db } = database;
  const draft = bundleOf('kept', { end: { kind: 'end', farewell: say('窓口の案内は以上です。') } });
  const tried = bundleOf('tried', { end: { kind: 'end', farewell: say('下書きの案内は以上です。') } });
  await db
    .insertInto('phone_number')
    .values({ phone_number: '0725001009', name: '試験', state: 'live' })
    .execute();
  await db
    .insertInto('flow_bundle')
    .values([
      { bundle_id: 'kept', name: '試験', bundle: JSON.stringify(draft) },
      { bundle_id: 'broken', name: '試験', bundle: '{}' },
      { bundle_id: 'tried', name: '試験', bundle: JSON.stringify(tried) },
    ])
    .execute();
  await db
    .insertInto('telephone_trial')
    .values({ bundle_id: 'tried', ordered_by: 'p', ordered_at: new Date() })
    .execute();
  await db
    .updateTable('phone_number')
    .set({ bundle_id: 'kept', trial_bundle_id: 'tried' })
    .where('phone_number', '=', '0725001009')
    .execute();
  await db
    .insertInto('phone_number')
    .values({ phone_number: '0725001010', name: '試験', state: 'live', bundle_id: 'broken' })
    .execute();
  const failed: string[] = [];
  await prepareInForce({ db, promptsFor: () => prompts }, (bundleId, code) =>
    failed.push(`${bundleId} ${code}`),
  );
  expect(failed).toEqual(['broken unreadable']);
  const ready = await fixedSounds();
  for (const text of ['窓口の案内は以上です。', '下書きの案内は以上です。'])
    await prompts.soundsFor([{ type: 'fixed', text }]);
  expect(await fixedSounds()).toEqual(ready);
});

test('a stored version says every default, so that one that changes later changes nothing for its callers', async () => {
  const draft = bundleOf('defaults', {
    menu: {
      kind: 'menu',
      prompt: say('窓口は1を、もう一度お聞きになる方は0を押してください。'),
      choices: [{ key: '1' }],
      next: { 'key:1': 'end', wrongKey: 'end', noKey: 'end' },
    },
    end: { kind: 'end' },
  });
  expect(await publish(draft)).toMatchObject({ ok: true });
  const { bundle } = await database.db
    .selectFrom('flow_bundle')
    .select('bundle')
    .where('bundle_id', '=', 'defaults')
    .executeTakeFirstOrThrow();
  expect(bundle).toMatchObject({
    flows: { main: { nodes: { menu: { repeatKey: '0', timeoutMs: 10_000, noKey: { retries: 1 } } } } },
  });
});
