import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEARING_LIMIT_MS, wayOf } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { summaryOf } from './setup/records.ts';
import { END, markerPrompt, oneFlow, sayMarker } from './setup/test-flows.ts';

const [WAIT, TOO_LONG, FAILED, ENDED] = [1, 2, 3, 4];
const EVERY_MS = 20_000;
const LIMIT_MS = 45_000;
const numbers = { busy: '0725000161', silent: '0725000162', leaves: '0725000163' } as const;
const staffNumbers = { busy: '0725009161', silent: '0725009162', leaves: '0725009163' } as const;

let under: HouseUnderTest;
const timesRung = new Map<string, number>();

beforeAll(async () => {
  under = await startHouseUnderTest();
  for (const place of ['busy', 'silent', 'leaves'] as const) {
    await under.serve(
      numbers[place],
      oneFlow(`waiting-${place}`, {
        staff: {
          kind: 'transfer',
          title: '職員',
          targets: [{ to: staffNumbers[place], ringTimeoutMs: 30_000 }],
          waiting: { prompt: markerPrompt(WAIT), everyMs: EVERY_MS, limitMs: LIMIT_MS },
          next: { waitedTooLong: 'late', failed: 'failed', ended: 'ended' },
        },
        late: sayMarker(TOO_LONG, 'end'),
        failed: sayMarker(FAILED, 'end'),
        ended: sayMarker(ENDED, 'end'),
        end: END,
      }),
    );
  }
  under.staff.onIncoming((call) => {
    if (call.to.user === staffNumbers.silent) return call.ring();
    timesRung.set(call.to.user, (timesRung.get(call.to.user) ?? 0) + 1);
    call.reject(486);
  });
}, 240_000);

afterAll(async () => {
  await under?.stop();
});

/** When each marker began, on the citizen's clock. */
async function marksOf(place: keyof typeof numbers) {
  const citizen = await under.call(numbers[place]);
  const { atMs: answeredMs } = await citizen.answered;
  expect((await citizen.ended).by).toBe('them');
  return { way: wayOf(citizen), atMs: citizen.heardMarkers.map(({ atMs }) => atMs - answeredMs) };
}

/** Late by as much as a busy machine may be, never early. */
function expectAbout(atMs: number | undefined, wantedMs: number): void {
  expect(atMs).toBeGreaterThanOrEqual(wantedMs - 200);
  expect(atMs).toBeLessThan(wantedMs + 5_000);
}

test.concurrent('a citizen whom nobody can take is told so at once and every twenty seconds, and at the limit the flow goes on', async () => {
  const { way, atMs } = await marksOf('busy');
  expect(way).toEqual([WAIT, WAIT, WAIT, TOO_LONG]);
  for (const [index, wantedMs] of [0, EVERY_MS, 2 * EVERY_MS, LIMIT_MS].entries())
    expectAbout(atMs[index], wantedMs);
  // After each announcement, and not more than every ten seconds between.
  expect(timesRung.get(staffNumbers.busy)).toBeGreaterThanOrEqual(4);
  expect(timesRung.get(staffNumbers.busy)).toBeLessThanOrEqual(8);
}, 200_000);

test.concurrent('a citizen for whom a telephone rings on and on is told to wait too', async () => {
  const { way, atMs } = await marksOf('silent');
  expect(way).toEqual([WAIT, WAIT, TOO_LONG]);
  for (const [index, wantedMs] of [EVERY_MS, 2 * EVERY_MS, LIMIT_MS].entries())
    expectAbout(atMs[index], wantedMs);
}, 200_000);

test.concurrent('a citizen who hangs up while he waits: nobody is rung for him any more', async () => {
  const citizen = await under.call(numbers.leaves);
  await citizen.waitForTone({ marker: WAIT }, { timeoutMs: HEARING_LIMIT_MS });
  await citizen.hangUp();
  const summary = await summaryOf(under.database.db, citizen.sipCallId, { ended: true });
  expect(summary.outcome).toBe('abandoned');
  // Longer than the announcement and the pause before they would be rung again.
  await pause(15_000);
  expect(timesRung.get(staffNumbers.leaves)).toBe(1);
}, 200_000);
