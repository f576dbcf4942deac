import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { END, oneFlow } from '../../../../tests/setup/test-flows.ts';
import { SimulatedLine } from '../line/index.ts';
import type { Switchboard } from './switchboard.ts';
import { TestClock } from './test-clock.ts';
import { TestRoom } from './test-switchboard.ts';

const NUMBER = '0725000231';
const FIVE_HOURS_MS = 5 * 3_600_000;
const STEP_MS = 1_000;
const sound = { type: 'audio', audioId: 'sound', transcript: '案内' };

/** Notes when each thing was asked of it, ms of the test's clock. */
class NotingLine extends SimulatedLine {
  readonly announcedAtMs: number[] = [];
  readonly takenDownAtMs: number[] = [];
  readonly #clock: TestClock;

  constructor(options: ConstructorParameters<typeof SimulatedLine>[0] & { readonly clock: TestClock }) {
    super(options);
    this.#clock = options.clock;
  }

  override announce(...order: Parameters<SimulatedLine['announce']>): Promise<void> {
    this.announcedAtMs.push(this.#clock.monotonicMs());
    return super.announce(...order);
  }

  override endTransfer(...order: Parameters<SimulatedLine['endTransfer']>): Promise<void> {
    this.takenDownAtMs.push(this.#clock.monotonicMs());
    return super.endTransfer(...order);
  }
}

let room: TestRoom;
let clock: TestClock;
let line: NotingLine;
let switchboard: Switchboard;

beforeEach(async () => {
  room = await TestRoom.open();
  clock = new TestClock();
  line = new NotingLine({
    clock,
    transfer: () => ({ answerAfterMs: 1_000, staffHangsUpAfterMs: 2 * FIVE_HOURS_MS }),
  });
});
afterEach(async () => {
  await switchboard.stop();
  await room.close();
});

async function start(): Promise<void> {
  switchboard = await room.switchboard(line, clock);
  await switchboard.start();
}

/** Everything that is due at a second is done before the next. @returns the most timers that were set at once */
async function pass(ms: number): Promise<number> {
  let most = 0;
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    clock.pass(STEP_MS);
    await turn();
    most = Math.max(most, clock.waiting);
  }
  return most;
}

test('a caller who presses nothing is asked in even time for five hours, and no timer is left of it', async () => {
  await room.serve(
    NUMBER,
    oneFlow('asks', {
      menu: {
        kind: 'menu',
        title: '選択',
        prompt: sound,
        choices: [{ key: '1' }],
        timeoutMs: 60_000,
        noKey: { retries: 0 },
        next: { 'key:1': 'end', wrongKey: 'end', noKey: 'again' },
      },
      again: {
        kind: 'announcement',
        title: '案内',
        prompt: sound,
        interruptible: false,
        next: { next: 'menu' },
      },
      end: END,
    }),
  );
  await start();
  const timersBefore = clock.waiting;
  const callId = line.offer({ calledNumber: NUMBER, callerNumber: '09000000001' });
  // The call is answered and greeted.
  await expect.poll(() => line.commands.length).toBeGreaterThan(0);
  const most = await pass(FIVE_HOURS_MS);
  const menus = line.announcedAtMs.filter((_, at) => at % 2 === 1);
  const gaps = menus.slice(1).map((atMs, at) => atMs - (menus[at] ?? 0));
  expect(menus.length).toBeGreaterThan(FIVE_HOURS_MS / 70_000);
  expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(STEP_MS);
  expect(most).toBeLessThan(timersBefore + 5);
  line.callerHangsUp(callId);
  await room.summary(callId, ({ outcome }) => outcome === 'abandoned');
  await expect.poll(() => clock.waiting).toBe(timersBefore);
  expect((await room.types(callId)).at(-1)).toBe('callerHungUp');
}, 240_000);

test('a talk is taken down after four hours, long before the engine would end the call, and the caller is told what follows', async () => {
  await room.serve(
    NUMBER,
    oneFlow('talks', {
      staff: {
        kind: 'transfer',
        title: '職員',
        to: '0725009001',
        record: false,
        next: { busy: 'end', unanswered: 'end', failed: 'end', ended: 'after' },
      },
      after: {
        kind: 'announcement',
        title: '案内',
        prompt: sound,
        interruptible: false,
        next: { next: 'end' },
      },
      end: END,
    }),
  );
  await start();
  const callId = line.offer({ calledNumber: NUMBER, callerNumber: '09000000001' });
  await expect.poll(() => line.commands.some(({ type }) => type === 'answer')).toBe(true);
  await expect
    .poll(async () => {
      await pass(STEP_MS);
      return line.commands.some(({ type }) => type === 'transfer');
    })
    .toBe(true);
  const dialledAtMs = clock.monotonicMs();
  await pass(4 * 3_600_000 + 60_000);
  expect(line.takenDownAtMs).toHaveLength(1);
  expect(Math.abs((line.takenDownAtMs[0] ?? 0) - dialledAtMs - 4 * 3_600_000)).toBeLessThanOrEqual(
    5 * STEP_MS,
  );
  const { outcome } = await room.summary(callId, (row) => row.outcome !== null);
  expect(outcome).toBe('transfer');
}, 240_000);
