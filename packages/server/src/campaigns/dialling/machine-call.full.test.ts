import { type IncomingCall, tone } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ASKING, ASKS_WHO, GREETING, TestDialling } from './test-dialling.ts';

/** An answering machine at the other end of a real line: whatever it is taken for, nothing personal is left on it. */
let dialling: TestDialling;
beforeAll(async () => {
  dialling = await TestDialling.start();
}, 60_000);
afterAll(() => dialling.stop());

const LONG = '09000000951';
const SHORT = '09000000952';
/** How long the recorded greeting of each speaks, before its tone. The short one is like a person's. */
const GREETING_MS: Readonly<Record<string, number>> = { [LONG]: 5_000, [SHORT]: 1_500 };

const silence = (durationMs: number) => new Int16Array(8 * durationMs);

async function machine(call: IncomingCall): Promise<void> {
  await call.answer();
  await call.play(tone([400], GREETING_MS[call.to.user] ?? 0));
  await call.play(silence(1_000));
  await call.play(tone([1_000], 800));
  await call.play('silence');
}

test('an answering machine hears who calls and nothing personal, also a short one that is taken for a person', {
  timeout: 120_000,
}, async () => {
  const calls: IncomingCall[] = [];
  dialling.world.staff.onIncoming((call) => {
    calls.push(call);
    void machine(call).catch(() => undefined);
  });
  const person = { birthDate: '1950-01-02', values: { 金額: { text: '11000', readAs: 'number' } } };
  const campaignId = await dialling.campaign(
    [
      { telephone: LONG, ...person },
      { telephone: SHORT, ...person },
    ],
    { tries: 1, machineIsReached: true },
    ASKS_WHO,
  );
  await expect
    .poll(async () => (await dialling.attempts(campaignId)).map(({ outcome }) => outcome), {
      timeout: 90_000,
    })
    .toEqual(['answered', 'answered']);
  for (const call of calls) {
    await call.waitForTone({ marker: GREETING }, { timeoutMs: 1_000 });
    await expect(call.waitForTone({ marker: ASKING }, { timeoutMs: 100 })).rejects.toThrow();
  }
  expect(dialling.spoken.flat().filter(({ type }) => type === 'value')).toEqual([]);
  const attempts = await dialling.attempts(campaignId);
  expect(attempts.map(({ identity, result }) => ({ identity, result }))).toEqual([
    { identity: null, result: null },
    { identity: null, result: null },
  ]);
  expect(attempts.map(({ answered_by }) => answered_by).toSorted()).toEqual(['human', 'machine']);
  expect((await dialling.recipients(campaignId)).map((each) => each.settled_reason)).toEqual([
    'reached',
    'triesUsed',
  ]);
});
