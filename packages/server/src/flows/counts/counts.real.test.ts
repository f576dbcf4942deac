import { loadPublished } from '@madoguchi/flow';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { END, severalFlows } from '../../../../../tests/setup/test-flows.ts';
import { callDayOf } from '../../calls/call-record.ts';
import type { Switchboard } from '../../calls/switchboard.ts';
import { TestClock } from '../../calls/test-clock.ts';
import { TestRoom } from '../../calls/test-switchboard.ts';
import type { Counts } from '../../http/count-contract.ts';
import { SimulatedLine } from '../../line/index.ts';
import { readCounts } from './read-counts.ts';

const NUMBER = '0725000201';
const MOBILE = '09000000001';
const sound = { type: 'audio', audioId: 'sound', transcript: '案内' };
const say = (title: string, next: string) => ({
  kind: 'announcement',
  title,
  prompt: sound,
  interruptible: false,
  next: { next },
});
const menu = (next: Readonly<Record<string, string>>) => ({
  kind: 'menu',
  title: '選択',
  prompt: sound,
  choices: ['1', '2', '3'].map((key) => ({ key })),
  timeoutMs: 5_000,
  wrongKey: { retries: 0 },
  noKey: { retries: 0 },
  next: { wrongKey: 'end', ...next },
});
/** Both flows have a node 'menu' and a node 'end': a node's name alone does not tell which one it is. */
const BUNDLE = severalFlows('first', {
  main: {
    menu: menu({ 'key:1': 'info', 'key:2': 'again', 'key:3': 'over', noKey: 'message' }),
    info: say('案内', 'end'),
    again: say('もう一度', 'menu'),
    over: { kind: 'goToFlow', title: '別へ', flowId: 'sub' },
    message: { kind: 'voicemail', title: '伝言', notice: sound, next: { recorded: 'thanks', empty: 'end' } },
    thanks: say('お礼', 'end'),
    end: END,
  },
  sub: { menu: menu({ 'key:1': 'end', 'key:2': 'end', 'key:3': 'end', noKey: 'end' }), end: END },
});

let room: TestRoom;
let clock: TestClock;
let line: SimulatedLine;
let switchboard: Switchboard;

beforeEach(async () => {
  room = await TestRoom.open();
  clock = new TestClock();
  line = new SimulatedLine({ clock });
  await room.serve(NUMBER, BUNDLE);
  switchboard = await room.switchboard(line, clock);
  await switchboard.start();
});
afterEach(async () => {
  await switchboard?.stop();
  await room.close();
});

const orders = (callId: string, type: string) =>
  line.commands.filter((command) => command.callId === callId && command.type === type).length;
const until = (isSo: () => boolean) =>
  vi.waitFor(() => expect(isSo()).toBe(true), { timeout: 10_000, interval: 5 });

/** Somebody calls. `hears` waits for the nth announcement. */
function citizen() {
  const callId = line.offer({ calledNumber: NUMBER, callerNumber: MOBILE });
  return {
    hears: (nth: number) => until(() => orders(callId, 'announce') === nth),
    async presses(key: '1' | '2' | '3') {
      clock.pass(1_000);
      line.press(callId, key);
    },
    listens: () => clock.pass(1_000),
    waits: (ms: number) => clock.pass(ms),
    speaksAfterTone: () => until(() => orders(callId, 'recordVoicemail') === 1),
    hangsUp: () => line.callerHangsUp(callId),
    isLetGo: () => until(() => orders(callId, 'hangUp') === 1),
  };
}

async function counts(): Promise<Counts> {
  const { day } = callDayOf(clock.now());
  const began = callDayOf(clock.now() - 3_600_000).day;
  const query = { bundleId: 'first', from: began, to: day };
  return await readCounts(room.database.db, loadPublished(BUNDLE), query);
}

const TakenSchema = z.array(z.object({ flowId: z.string(), nodeId: z.string(), branch: z.string() }));

/** What the events themselves say, one by one. */
async function takenByEvents(): Promise<Readonly<Record<string, number>>> {
  const rows = await room.database.db.selectFrom('call_event').select('taken').execute();
  const counted: Record<string, number> = {};
  for (const { flowId, nodeId, branch } of rows.flatMap(({ taken }) => TakenSchema.parse(taken))) {
    const way = `${flowId}/${nodeId} ${branch}`;
    counted[way] = (counted[way] ?? 0) + 1;
  }
  return counted;
}

const waysOf = ({ branches }: Counts) =>
  Object.fromEntries(
    branches.map(({ flowId, nodeId, branch, count }) => [`${flowId}/${nodeId} ${branch}`, count]),
  );
const placesOf = ({ places }: Counts) =>
  Object.fromEntries(places.map(({ flowId, nodeId, ...figures }) => [`${flowId}/${nodeId}`, figures]));

test('every way that a caller took is counted, where callers gave up, and at each node all who came are accounted for', async () => {
  const patient = citizen();
  await patient.hears(1);
  await patient.presses('1');
  await patient.hears(2);
  patient.listens();
  await patient.isLetGo();

  const impatient = citizen();
  await impatient.hears(1);
  await impatient.presses('1');
  await impatient.hears(2);
  impatient.hangsUp();

  const twice = citizen();
  await twice.hears(1);
  await twice.presses('2');
  await twice.hears(2);
  twice.listens();
  await twice.hears(3);
  await twice.presses('1');
  await twice.hears(4);
  twice.listens();
  await twice.isLetGo();

  const elsewhere = citizen();
  await elsewhere.hears(1);
  await elsewhere.presses('3');
  await elsewhere.hears(2);
  elsewhere.hangsUp();

  const atOnce = citizen();
  await atOnce.hears(1);
  atOnce.hangsUp();

  // His message is kept, but nobody thanks him: he hangs up after speaking.
  const speaker = citizen();
  await speaker.hears(1);
  speaker.waits(7_000);
  await speaker.hears(2);
  speaker.listens();
  await speaker.speaksAfterTone();
  speaker.waits(5_000);
  speaker.hangsUp();

  const stillThere = citizen();
  await stillThere.hears(1);

  const nothing = { hungUp: 0, ended: 0, talking: 0 };
  await vi.waitFor(
    async () =>
      expect(placesOf(await counts())).toEqual({
        'main/menu': { ...nothing, came: 8, hungUp: 1, talking: 1 },
        'main/info': { ...nothing, came: 3, hungUp: 1 },
        'main/again': { ...nothing, came: 1 },
        'main/over': { ...nothing, came: 1 },
        'sub/menu': { ...nothing, came: 1, hungUp: 1 },
        'main/message': { ...nothing, came: 1 },
        'main/end': { ...nothing, came: 2 },
      }),
    { timeout: 10_000 },
  );
  const counted = await counts();
  expect(waysOf(counted)).toEqual({
    'main/menu key:1': 3,
    'main/menu key:2': 1,
    'main/menu key:3': 1,
    'main/menu noKey': 1,
    'main/info next': 2,
    'main/again next': 1,
    'main/over go': 1,
    'main/message recorded': 1,
    'main/end end': 2,
  });
  expect(waysOf(counted)).toEqual(await takenByEvents());
  expect(counted).toMatchObject({
    calls: 7,
    unanswered: 0,
    numbers: [{ phoneNumber: NUMBER, shown: '0725-00-0201', name: 'first', calls: 7 }],
  });
});
