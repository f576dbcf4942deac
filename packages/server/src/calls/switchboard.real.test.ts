import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ANSWER_SILENCE_MS } from '@madoguchi/flow';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { END, oneFlow } from '../../../../tests/setup/test-flows.ts';
import { LineError, SimulatedLine } from '../line/index.ts';
import type { Switchboard } from './switchboard.ts';
import { TestClock } from './test-clock.ts';
import { TestRoom } from './test-switchboard.ts';

const NUMBER = '0725000201';
const MOBILE = '09000000001';
const sound = { type: 'audio', audioId: 'sound', transcript: '案内' };
const say = (title: string, next: string, interruptible = false) => ({
  kind: 'announcement',
  title,
  prompt: sound,
  interruptible,
  next: { next },
});
const staff = {
  kind: 'transfer',
  title: '職員',
  to: '0725009001',
  ringTimeoutMs: 5_000,
  record: false,
  next: { busy: 'after', unanswered: 'after', failed: 'after', ended: 'after' },
};
const TRANSFER = { staff, after: say('後で', 'end'), end: END };

let room: TestRoom;
let clock: TestClock;
let line: SimulatedLine;
let switchboard: Switchboard | null;

beforeEach(async () => {
  room = await TestRoom.open();
  clock = new TestClock();
  line = new SimulatedLine({
    clock,
    transfer: () => ({ answerAfterMs: 1_000, staffHangsUpAfterMs: 3_600_000 }),
  });
  switchboard = null;
});
afterEach(async () => {
  await switchboard?.stop();
  await room.close();
});

async function start(...changes: Parameters<TestRoom['switchboard']>[2][]): Promise<Switchboard> {
  switchboard = await room.switchboard(line, clock, ...changes);
  await switchboard.start();
  return switchboard;
}

const commands = () => line.commands.map(({ type }) => type);
const until = (isSo: () => boolean) =>
  vi.waitFor(() => expect(isSo()).toBe(true), { timeout: 10_000, interval: 10 });
const call = () => line.offer({ calledNumber: NUMBER, callerNumber: MOBILE });

test('a call that was lost with the engine is recorded as unknown, and nothing is texted for it, however long the engine is away', async () => {
  const text = {
    kind: 'sms',
    title: 'SMS',
    to: { type: 'caller' },
    text: 'ご案内です。',
    next: { accepted: 'end', notMobile: 'end', refused: 'end', unknown: 'end' },
  };
  const menu = {
    kind: 'menu',
    title: '選択',
    prompt: sound,
    choices: [{ key: '1' }],
    timeoutMs: 5_000,
    wrongKey: { retries: 0 },
    noKey: { retries: 0 },
    next: { 'key:1': 'end', wrongKey: 'end', noKey: 'text' },
  };
  await room.serve(NUMBER, oneFlow('lost', { menu, text, end: END }));
  await start();
  const callId = call();
  await until(() => commands().includes('announce'));
  line.loseEngine();
  clock.pass(600_000);
  await pause(100);
  line.returnEngine();
  await room.summary(callId, ({ outcome }) => outcome === 'unknown');
  expect(await room.types(callId)).toEqual(['began', 'answered', 'callLost']);
  expect(await room.database.db.selectFrom('sms_message').select('id').execute()).toEqual([]);
});

test('staff that the flow gave up while their call was not yet safely recorded are not rung', async () => {
  await room.serve(NUMBER, oneFlow('given-up', TRANSFER));
  const disk = Promise.withResolvers<void>();
  await start({ append: (kept) => kept.then(() => disk.promise) });
  call();
  await until(() => commands().includes('answer'));
  await pause(100);
  clock.pass(60_000);
  await until(() => commands().includes('announce'));
  disk.resolve();
  await pause(200);
  expect(commands()).not.toContain('transfer');
});

test('what fails because this process ends is not taken for the course of the call', async () => {
  const broken = Promise.withResolvers<void>();
  class EndingLine extends SimulatedLine {
    override async announce(): Promise<void> {
      this.commands.push({ type: 'announce', callId: 'any', id: 0, sounds: [] });
      await broken.promise;
    }
  }
  line = new EndingLine({ clock });
  await room.serve(
    NUMBER,
    oneFlow('ending', { first: say('一', 'second'), second: say('二', 'end'), end: END }),
  );
  const { stop } = await start();
  const callId = call();
  await until(() => commands().includes('announce'));
  await room.summary(callId, () => true);
  switchboard = null;
  const stopped = stop();
  broken.reject(new LineError('refused', 'announce'));
  await stopped;
  await pause(100);
  expect(await room.types(callId)).toEqual(['began', 'answered']);
  expect(commands().filter((type) => type === 'announce')).toHaveLength(1);
});

test('a talk that ends while PostgreSQL cannot tell of it goes on after the talk once it can', async () => {
  await room.serve(NUMBER, oneFlow('unattended', TRANSFER));
  const first = await start();
  const callId = call();
  await until(() => commands().includes('transfer'));
  clock.pass(1_000);
  await first.stop();
  expect(await room.types(callId)).toContain('transferAnswered');

  room.way.fallSilent();
  await start();
  clock.pass(3_600_000);
  await pause(100);
  expect(commands()).not.toContain('announce');
  room.way.speak();
  await until(() => {
    clock.pass(500);
    return commands().includes('announce');
  });
  clock.pass(1_000);
  await room.summary(callId, ({ outcome }) => outcome === 'transfer');
  const types = await room.types(callId);
  expect(types.slice(types.indexOf('transferAnswered') + 1)).toEqual([
    'resumed',
    'transferEnded',
    'announced',
    'hungUp',
  ]);
});

test('keys that are pressed before a secret number is asked for are not shown; those of a menu are', async () => {
  const menu = {
    kind: 'menu',
    title: '選択',
    prompt: sound,
    choices: [{ key: '1' }],
    wrongKey: { retries: 0 },
    noKey: { retries: 0 },
    next: { 'key:1': 'notice', wrongKey: 'end', noKey: 'end' },
  };
  const birthDate = {
    kind: 'digits',
    title: '生年月日',
    prompt: sound,
    variable: 'birthDate',
    minLengthDigits: 4,
    maxLengthDigits: 4,
    secret: true,
    next: { next: 'end', wrong: 'end', none: 'end' },
  };
  const nodes = {
    menu,
    notice: say('案内', 'more'),
    more: say('続き', 'birthDate', true),
    birthDate,
    end: END,
  };
  await room.serve(NUMBER, oneFlow('secret', nodes));
  await start();
  const callId = call();
  await until(() => commands().length === 2);
  clock.pass(ANSWER_SILENCE_MS);
  line.press(callId, '1');
  await until(() => commands().filter((type) => type === 'announce').length === 2);
  // In an announcement that no key stops, in one that a key stops, and in the question itself.
  line.press(callId, '5');
  clock.pass(1_000);
  await until(() => commands().filter((type) => type === 'announce').length === 3);
  for (const key of ['1', '9', '8', '0'] as const) line.press(callId, key);
  const { keys } = await room.summary(callId, (row) => row.keys.length === 6);
  expect(keys).toBe('1●●●●●');
});

const birthDate = {
  kind: 'digits',
  title: '生年月日',
  prompt: sound,
  variable: 'birthDate',
  minLengthDigits: 4,
  maxLengthDigits: 4,
  secret: true,
  next: { next: 'menu', wrong: 'menu', none: 'end' },
};
const SECRET = {
  birthDate,
  menu: {
    kind: 'menu',
    title: '選択',
    prompt: sound,
    choices: [{ key: '5' }],
    wrongKey: { retries: 0 },
    noKey: { retries: 0 },
    next: { 'key:5': 'end', wrongKey: 'end', noKey: 'end' },
  },
  end: END,
};

test('what is keyed in one go after a secret number may still belong to it, and is not shown', async () => {
  await room.serve(NUMBER, oneFlow('secret-long', SECRET));
  await start();
  const callId = call();
  await until(() => commands().length === 2);
  for (const key of ['1', '9', '8', '0', '5'] as const) line.press(callId, key);
  expect((await room.summary(callId, (row) => row.keys.length === 5)).keys).toBe('●●●●●');
  const later = call();
  await until(() => commands().filter((type) => type === 'answer').length === 2);
  for (const key of ['1', '9', '8', '0'] as const) line.press(later, key);
  clock.pass(4_000);
  line.press(later, '5');
  expect((await room.summary(later, (row) => row.keys.length === 5)).keys).toBe('●●●●5');
});

test('a process without the key of a secret number asks for it anew, and the call goes on', async () => {
  await room.serve(NUMBER, oneFlow('secret-key', SECRET));
  const former = await start();
  const callId = call();
  await until(() => commands().length === 2);
  for (const key of ['1', '9'] as const) line.press(callId, key);
  await room.summary(callId, (row) => row.keys === '●●');
  await former.stop();
  await start({ eventKeys: [{ id: 'another', key: randomBytes(32).toString('base64') }] });
  await until(() => commands().filter((type) => type === 'announce').length === 2);
  for (const key of ['1', '9', '8', '0'] as const) line.press(callId, key);
  clock.pass(4_000);
  line.press(callId, '5');
  await until(() => commands().at(-1) === 'hangUp');
  const { outcome, keys } = await room.summary(callId, (row) => row.outcome !== null);
  expect([outcome, keys]).toEqual(['announcement', '●●●●●●5']);
});
