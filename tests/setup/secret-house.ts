import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlacedCall } from '@madoguchi/telephony/telephone';
import { expect } from 'vitest';
import { z } from 'zod';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../packages/server/src/database/embedded.ts';
import { connectDatabase, type Database } from '../../packages/server/src/database/index.ts';
import { everyRow } from '../../packages/server/src/database/test-database.ts';
import { afterMarker, HEARING_LIMIT_MS, soundOfCall, wayOf } from './caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './prompt-sounds.ts';
import { signIn } from './sign-in.ts';
import { END, markerPrompt, oneFlow, sayMarker, sayText, textPrompt } from './test-flows.ts';
import { until } from './until.ts';

export const NUMBER = '0725000111';
/** No month has a day 39, so it is asked for again. */
const WRONG = '19470839';
export const BIRTH_DATE = '19470816';
/** As it may lie somewhere: as keyed, as it is kept, as it is read, and key by key as an event tells it. */
const TRACES = [/1947-?08-?(16|39)/, /1947年/, /"key"\s*:\s*"[0-9*#]"/];

/** A house whose counter asks for a birth date, with a PostgreSQL of its own. One for each test file. */
let postgresFolder: string;
let postgres: EmbeddedPostgres;
export let under: HouseUnderTest;
export let db: Database;
let sounds: PromptSounds;
let readBack: readonly Int16Array[];
export let live: LiveStream;

export async function openSecretHouse(): Promise<void> {
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
  cookie = await signIn(under.house);
  live = await openLive(cookie);
}

export async function closeSecretHouse(): Promise<void> {
  live?.close();
  await sounds?.close();
  await db?.destroy();
  await under?.stop();
  await postgres?.stop();
  await rm(postgresFolder, { recursive: true, force: true });
}

export async function stopPostgres(): Promise<void> {
  await postgres.stop();
}

export async function startPostgres(): Promise<void> {
  postgres = await startEmbeddedPostgres({ dataDir: postgresFolder });
}

/** Hears the birth date read back, says that it is right and is served. */
export async function confirm(call: PlacedCall, sinceMs: number): Promise<void> {
  await sounds.heardToEnd(call, readBack, sinceMs);
  await call.press('1');
  await soundOfCall(call);
  expect(wayOf(call).at(-1)).toBe(1);
}

export async function callKeyedAhead(): Promise<PlacedCall> {
  const call = await under.call(NUMBER);
  await call.answered;
  const keyed = await call.pressAll(BIRTH_DATE);
  await confirm(call, keyed.at(-1)?.endedAtMs ?? 0);
  expect(wayOf(call)).toEqual([1]);
  return call;
}

export async function callWithWrongTry(): Promise<PlacedCall> {
  const call = await under.call(NUMBER);
  await afterMarker(call, 0);
  const wrong = await call.pressAll(WRONG);
  await afterMarker(call, 0, 0, wrong.at(-1)?.endedAtMs);
  const keyed = await call.pressAll(BIRTH_DATE);
  await confirm(call, keyed.at(-1)?.endedAtMs ?? 0);
  return call;
}

/** The question sounds again; a marker that is repeated goes on, for the telephone. */
export async function askedAgain(call: PlacedCall, sinceMs: number): Promise<void> {
  await until(
    'the question again',
    () => call.heardMarkers.some(({ marker, untilMs }) => marker === 0 && untilMs > sinceMs),
    HEARING_LIMIT_MS,
  );
}

type Texts = Readonly<Record<string, string>>;

/** Names where a trace lies, never the text around it. */
export function expectNoTrace(texts: Texts): void {
  const found = Object.entries(texts).flatMap(([where, text]) =>
    TRACES.filter((trace) => trace.test(text)).map((trace) => `${where}: ${trace}`),
  );
  expect(found).toEqual([]);
}

export async function expectNoTraceAnywhere(): Promise<void> {
  const dump = await everyRow(db);
  expect(dump['call_event']?.includes('sealed')).toBe(true);
  expectNoTrace({
    ...dump,
    ...(await filesBelow(under.dataDir)),
    log: under.lines.join('\n'),
    list: await get('/api/calls'),
    live: live.text(),
  });
}

export async function filesBelow(folder: string): Promise<Texts> {
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

export async function get(path: string): Promise<string> {
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
