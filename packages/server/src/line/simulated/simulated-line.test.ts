import { expect, test } from 'vitest';
import type { Clock } from '../../clock.ts';
import type { LineEvent } from '../port.ts';
import { SimulatedLine, type SimulatedLineOptions } from './simulated-line.ts';

class HandClock implements Clock {
  #nowMs = 0;
  readonly #timers = new Set<{ atMs: number; callback: () => void }>();
  now = () => this.#nowMs;
  monotonicMs = () => this.#nowMs;
  after(delayMs: number, callback: () => void) {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  }
  pass(ms: number) {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const due = [...this.#timers]
        .filter(({ atMs }) => atMs <= untilMs)
        .toSorted((a, b) => a.atMs - b.atMs)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#nowMs = due.atMs;
      due.callback();
    }
    this.#nowMs = untilMs;
  }
}

async function simulated(options: Omit<SimulatedLineOptions, 'clock'> = {}) {
  const clock = new HandClock();
  const line = new SimulatedLine({ clock, ...options });
  const events: LineEvent[] = [];
  await line.start((event) => events.push(event));
  const callId = line.offer({ calledNumber: '0725001001', callerNumber: '09000000001' });
  await line.answer(callId);
  return { clock, line, events, callId, kinds: () => events.map(({ type }) => type).slice(2) };
}

test('an announcement lasts as long as told, unless it is stopped', async () => {
  const { clock, line, events, callId } = await simulated({ announcementMs: () => 3000 });
  await line.announce(callId, 1, ['/a']);
  clock.pass(2999);
  expect(events.at(-1)).toMatchObject({ type: 'answered' });
  clock.pass(1);
  expect(events.at(-1)).toMatchObject({ type: 'announced', id: 1, completed: true });
  await line.announce(callId, 2, ['/a']);
  await line.stopAnnouncing(callId);
  clock.pass(9000);
  expect(events.filter(({ type }) => type === 'announced')).toHaveLength(2);
  expect(events.at(-1)).toMatchObject({ id: 2, completed: false });
});

const order = { id: 4, to: '0725009001', ringTimeoutMs: 5000, recordingPath: null };

test('a staff telephone that answers too late is unanswered', async () => {
  const { clock, line, events, callId } = await simulated({ transfer: () => ({ answerAfterMs: 6000 }) });
  await line.transfer(callId, order);
  clock.pass(5000);
  expect(events.at(-1)).toMatchObject({ type: 'transferFailed', id: 4, reason: 'unanswered' });
});

test('of telephones that ring at once the first that takes the call has it, and a key may be asked for', async () => {
  const { clock, line, events, callId } = await simulated({
    // The first is an answering machine.
    transfer: ({ target }) =>
      target === 0 ? { answerAfterMs: 100 } : { answerAfterMs: 1000 * target, keyAfterMs: 500 },
  });
  const whisper = { sounds: ['/w'], acceptKey: '1', acceptTimeoutMs: 4000 } as const;
  const alsoRing = [1, 2].map((target) => ({ target, to: `072500900${target}`, ringTimeoutMs: 5000 }));
  await line.transfer(callId, { ...order, alsoRing, whisper });
  clock.pass(60_000);
  expect(events.filter(({ type }) => type.startsWith('transfer'))).toEqual([
    { type: 'transferRinging', callId, id: 4 },
    { type: 'transferAnswered', callId, id: 4, target: 1 },
  ]);
});

test('a caller who hangs up ends the talk first, then the call', async () => {
  const { clock, line, callId, kinds } = await simulated();
  await line.transfer(callId, order);
  clock.pass(1000);
  line.callerHangsUp(callId);
  clock.pass(60_000);
  expect(kinds()).toEqual(['transferRinging', 'transferAnswered', 'transferEnded', 'callerHungUp']);
});

test('calls outlive our own process and not the engine', async () => {
  const { line, callId } = await simulated();
  await line.stop();
  const events: LineEvent[] = [];
  expect(await line.start((event) => events.push(event))).toMatchObject([
    { callId, answered: true, transfer: null },
  ]);
  line.loseEngine();
  await expect(line.announce(callId, 1, ['/a'])).rejects.toMatchObject({ code: 'engineAway' });
  line.returnEngine();
  expect(events).toEqual([{ type: 'engineLost' }, { type: 'engineBack', surviving: [] }]);
});
