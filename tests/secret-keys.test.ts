import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlacedCall } from '@madoguchi/telephony/telephone';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../packages/server/src/database/embedded.ts';
import { connectDatabase, type Database } from '../packages/server/src/database/index.ts';
import { afterMarker, HEARING_LIMIT_MS, soundOfCall, wayOf } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { summaryOf } from './setup/records.ts';
import { END, markerPrompt, oneFlow, sayMarker, sayText, textPrompt } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const NUMBER = '0725000111';
/** No month has a day 39, so it is asked for again. */
const WRONG = '19470839';
const BIRTH_DATE = '19470816';
/** As it may lie somewhere: as keyed, as it is kept, as it is read, and key by key as an event tells it. */
const TRACES = [/1947-?08-?(16|39)/, /1947年/, /"key"\s*:\s*"[0-9*#]"/];

let postgresFolder: string;
let postgres: EmbeddedPostgres;
let under: HouseUnderTest;
let db: Database;
let sounds: PromptSounds;
let readBack: readonly Int16Array[];
let live: LiveStream;

beforeAll(async () => {
  postgresFolder = await mkdtemp(join(tmpdir(), 'madoguchi-secret-'));
  postgres = await startEmbeddedPostgres({ dataDir: postgresFolder });
  under = await startHouseUnderTest({ databaseUrl: postgres.url, logLevel: 'debug' });
  db = connectDatabase(postgres.url, { maxConnections: 2, onIdleError: () => undefined });
  sounds = await openPromptSounds(under.house);
  const birthDate = {
    kind: 'digits',
    title: '生年月日',
    prompt: markerPrompt(0),
    variable: '生年月日',
    readAs: 'date',
    minLengthDigits: 8,
    maxLengthDigits: 8,
    secret: true,
    readBack: { prompt: textPrompt('{{生年月日}}でよろしければ1を押してください。') },
    next: { next: 'done', wrong: 'failed', none: 'failed' },
  };
  const greeting = sayText('市役所です。生年月日をうかがいます。', { interruptible: true }, 'birthDate');
  const ends = { done: sayMarker(1, 'end'), failed: sayMarker(2, 'end'), end: END };
  await under.serve(NUMBER, oneFlow('secret', { greeting, birthDate, ...ends }), {}, db);
  readBack = await sounds.of([
    { type: 'value', name: '生年月日', text: '1947-08-16', readAs: 'date' },
    { type: 'fixed', text: 'でよろしければ1を押してください。' },
  ]);
  live = await openLive(await signIn());
}, 240_000);

afterAll(async () => {
  live?.close();
  await sounds?.close();
  await db?.destroy();
  await under?.stop();
  await postgres?.stop();
  await rm(postgresFolder, { recursive: true, force: true });
});

/** Hears the birth date read back, says that it is right and is served. */
async function confirm(call: PlacedCall, sinceMs: number): Promise<void> {
  await sounds.heardToEnd(call, readBack, sinceMs);
  await call.press('1');
  await soundOfCall(call);
  expect(wayOf(call).at(-1)).toBe(1);
}

async function callKeyedAhead(): Promise<PlacedCall> {
  const call = await under.call(NUMBER);
  await call.answered;
  const keyed = await call.pressAll(BIRTH_DATE);
  await confirm(call, keyed.at(-1)?.endedAtMs ?? 0);
  expect(wayOf(call)).toEqual([1]);
  return call;
}

async function callWithWrongTry(): Promise<PlacedCall> {
  const call = await under.call(NUMBER);
  await afterMarker(call, 0);
  const wrong = await call.pressAll(WRONG);
  await afterMarker(call, 0, 0, wrong.at(-1)?.endedAtMs);
  const keyed = await call.pressAll(BIRTH_DATE);
  await confirm(call, keyed.at(-1)?.endedAtMs ?? 0);
  return call;
}

test('a birth date, keyed ahead or after a wrong try, is read back to the caller and lies open nowhere', async () => {
  const calls = await Promise.all([callKeyedAhead(), callWithWrongTry()]);
  for (const call of calls) {
    const { call_id, keys, outcome } = await summaryOf(db, call.sipCallId, { ended: true });
    expect(outcome).toBe('announcement');
    expect(keys).toMatch(/^●+$/);
    const story = await get(`/api/calls/${call_id}`);
    expect(story).toContain('「●」が押されました');
    expectNoTrace({ story });
  }
  expect(await live.heard('●●●●●●●●●')).toBe(true);
  await expectNoTraceAnywhere();
}, 120_000);

test('killed in the middle of the birth date, the telephone asks for it anew and goes on', async () => {
  const call = await under.call(NUMBER);
  await afterMarker(call, 0);
  await call.pressAll(BIRTH_DATE.slice(0, 4));
  await until('half of the birth date in the records', async () => {
    const { keys } = await summaryOf(db, call.sipCallId, { ended: false });
    return keys.length === 4;
  });
  const killedAtMs = call.nowMs;
  await under.kill('calls');
  await askedAgain(call, killedAtMs);
  const keyed = await call.pressAll(BIRTH_DATE);
  await confirm(call, keyed.at(-1)?.endedAtMs ?? 0);
  await summaryOf(db, call.sipCallId, { ended: true });
  await expectNoTraceAnywhere();
}, 120_000);

test('while PostgreSQL is away the birth date lies in no file; killed then, the telephone asks for it anew', async () => {
  await postgres.stop();
  const whole = await callKeyedAhead();
  const call = await under.call(NUMBER);
  await afterMarker(call, 0);
  await call.pressAll(BIRTH_DATE.slice(0, 4));
  const spool = join(under.house.settings.stateDir, 'call-events.spool');
  await until('the events of both calls in the spool', async () =>
    /●●●●"(?!.*●●●●")/su.test(await readFile(spool, 'utf8').catch(() => '')),
  );
  expectNoTrace(await filesBelow(under.dataDir));
  const killedAtMs = call.nowMs;
  await under.kill('calls');
  await askedAgain(call, killedAtMs);
  const keyed = await call.pressAll(BIRTH_DATE);
  await confirm(call, keyed.at(-1)?.endedAtMs ?? 0);
  expectNoTrace(await filesBelow(under.dataDir));
  postgres = await startEmbeddedPostgres({ dataDir: postgresFolder });
  for (const each of [whole, call]) {
    const { keys } = await summaryOf(db, each.sipCallId, { ended: true }, 30_000);
    expect(keys).toMatch(/^●+$/);
  }
  await expectNoTraceAnywhere();
}, 180_000);

/** The question sounds again; a marker that is repeated goes on, for the telephone. */
async function askedAgain(call: PlacedCall, sinceMs: number): Promise<void> {
  await until(
    'the question again',
    () => call.heardMarkers.some(({ marker, untilMs }) => marker === 0 && untilMs > sinceMs),
    HEARING_LIMIT_MS,
  );
}

type Texts = Readonly<Record<string, string>>;

/** Names where a trace lies, never the text around it. */
function expectNoTrace(texts: Texts): void {
  const found = Object.entries(texts).flatMap(([where, text]) =>
    TRACES.filter((trace) => trace.test(text)).map((trace) => `${where}: ${trace}`),
  );
  expect(found).toEqual([]);
}

async function expectNoTraceAnywhere(): Promise<void> {
  const dump = await tables();
  expect(dump['call_event']?.includes('sealed')).toBe(true);
  expectNoTrace({
    ...dump,
    ...(await filesBelow(under.dataDir)),
    log: under.lines.join('\n'),
    list: await get('/api/calls'),
    live: live.text(),
  });
}

/** Every row of every table, as text. */
async function tables(): Promise<Texts> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(db);
  const dump = rows.map(async ({ name }) => {
    const { rows: all } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(
      db,
    );
    // A row in text form doubles the quotation marks of the JSON in it.
    return [name, all.map(({ row }) => row.replaceAll('""', '"')).join('\n')] as const;
  });
  return Object.fromEntries(await Promise.all(dump));
}

async function filesBelow(folder: string): Promise<Texts> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts: Record<string, string> = {};
  for (const file of files) {
    // What is being written may be gone by now.
    if ((await stat(file).catch(() => null)) !== null) texts[file] = await readFile(file, 'utf8');
  }
  return texts;
}

let cookie = '';

async function signIn(): Promise<string> {
  const { administrator, httpUrl } = under.house;
  if (administrator === null) throw new Error('somebody has an account in this house already');
  const { email, password } = administrator;
  const reply = await fetch(`${httpUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin: httpUrl, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  expect(reply.status).toBe(200);
  cookie = reply.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return cookie;
}

async function get(path: string): Promise<string> {
  const reply = await fetch(`${under.house.httpUrl}${path}`, { headers: { cookie } });
  expect(reply.status).toBe(200);
  return await reply.text();
}

type LiveStream = { text(): string; heard(what: string): Promise<boolean>; close(): void };

/** All that the live page is told. */
async function openLive(signedIn: string): Promise<LiveStream> {
  const stop = new AbortController();
  const reply = await fetch(`${under.house.httpUrl}/api/live`, {
    headers: { cookie: signedIn },
    signal: stop.signal,
  });
  let text = '';
  const decoder = new TextDecoder();
  const reading = (async () => {
    for await (const chunk of z.custom<AsyncIterable<Uint8Array>>().parse(reply.body)) {
      text += decoder.decode(chunk, { stream: true });
    }
  })().catch(() => undefined);
  return {
    text: () => text,
    heard: (what) => until(`${what} on the live page`, () => text.includes(what)),
    close() {
      stop.abort();
      void reading;
    },
  };
}
