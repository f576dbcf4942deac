import {
  type BundleDraft,
  CalendarSchema,
  defaultHolidays,
  expectationOf,
  type FlowTest,
  flowToTry,
  runTrial,
  type TrialInput,
  TrialSettingSchema,
  WEEKDAYS,
} from '@madoguchi/flow';
import type {
  KeptFlowTest,
  Replay,
  ReplayHead,
  ReplayTotalsShown,
  TrialHouse,
} from '@madoguchi/server/trial-contract';
import { FAKE_NUMBERS, iso } from './fake-calls.ts';
import { fakeFlow } from './fake-flows.ts';

type Amount = 'none' | 'few' | 'many';
const COLLEAGUE = { personId: 'u2', name: '見本 太郎' };
const HOURS = [{ from: '08:45', to: '17:15' }];
const CALENDAR = CalendarSchema.parse({
  id: 'city-hall',
  name: '市役所の開庁時間',
  weekly: Object.fromEntries(
    WEEKDAYS.map((day) => [day, day === 'saturday' || day === 'sunday' ? [] : HOURS]),
  ),
});

const HOUSE: TrialHouse = {
  calendars: [CALENDAR],
  holidays: Object.fromEntries(defaultHolidays),
  lists: [{ id: 'complaints', name: '折り返しが必要な方' }],
  numbers: FAKE_NUMBERS.map(({ phoneNumber, shown, name }) => ({ phoneNumber, shown, name })),
};

/** Answers as the routes for trials and replays would. Null where the path is none of theirs. */
export function answerTrial(asked: {
  readonly method: string;
  readonly path: string;
  readonly amount: Amount;
  readonly now: number;
}): { readonly status: number; readonly body: unknown } | null {
  const { method, path, amount, now } = asked;
  if (path === '/api/trial-house') return { status: 200, body: HOUSE };
  const address = /^\/api\/flows\/[^/]+\/(tests|replays)(\/[^/]+)?$/.exec(path);
  if (address === null) return null;
  const [, what, one] = address;
  if (method === 'POST')
    return what === 'tests'
      ? { status: 201, body: { testId: 'test-new' } }
      : { status: 201, body: { replayId: 'replay-new' } };
  if (method !== 'GET') return { status: 200, body: { done: true } };
  if (what === 'tests') return { status: 200, body: { tests: fakeTests(amount, now) } };
  if (one !== undefined) return { status: 200, body: fakeReplay(one.slice(1), amount, now) };
  const replays = amount === 'none' ? [] : [headOf(fakeReplay('replay-1', amount, now))];
  return { status: 200, body: { replays } };
}

function headOf({ totals: _totals, ...head }: Replay): ReplayHead {
  return head;
}

function bundleOf(amount: Amount): BundleDraft {
  const flow = fakeFlow(amount);
  return { bundleId: 'draft', entryFlowId: flow.id, flows: { [flow.id]: flow } };
}

/** Runs of the sample flow; of each three, one was kept when the flow led elsewhere. */
function fakeTests(amount: Amount, now: number): readonly KeptFlowTest[] {
  const count = { none: 0, few: 3, many: 24 }[amount];
  const names = ['平日に1を押す', '祝日の昼', '何も押さない人'];
  return Array.from({ length: count }, (_, nth) => ({
    testId: `test-${nth}`,
    name: `${names[nth % 3]}${nth < 3 ? '' : `（${nth}）`}`,
    test: fakeTest(bundleOf('few'), nth),
    changedAt: iso(now - nth * 3_600_000),
    changedBy: COLLEAGUE,
  }));
}

function fakeTest(bundle: BundleDraft, nth: number): FlowTest {
  const made = flowToTry(bundle);
  if (!made.ok) throw new Error('the sample cannot be tried');
  const setting = TrialSettingSchema.parse({
    at: nth % 3 === 1 ? '2026-07-20T12:00:00+09:00' : '2026-06-01T10:00:00+09:00',
    phoneNumber: '0725008129',
    caller: { kind: 'mobile', number: '09000001234' },
  });
  const inputs: TrialInput[] = [
    { type: 'listenOut' },
    nth % 3 === 0 ? { type: 'press', key: '1' } : { type: 'wait' },
    { type: 'listenOut' },
  ];
  const house = { calendars: [CALENDAR], holidays: defaultHolidays, standsOn: () => null };
  const expected = expectationOf(runTrial(made.flow, house, setting, inputs));
  const path = expected.path.map((step, at) =>
    at === 1 ? { ...step, branch: 'gone', label: '以前の分岐' } : step,
  );
  return { setting, inputs, expected: nth % 3 === 2 ? { ...expected, path } : expected };
}

/** One whose id is 'replay-new' is still running. */
function fakeReplay(replayId: string, amount: Amount, now: number): Replay {
  const isRunning = replayId === 'replay-new';
  return {
    replayId,
    from: '2026-11-16',
    to: '2026-11-22',
    phoneNumbers: ['0725008129'],
    state: isRunning ? 'running' : 'done',
    done: isRunning ? 12_400 : 31_207,
    total: 31_207,
    isCut: amount === 'many',
    askedAt: iso(now - 60_000),
    askedBy: COLLEAGUE,
    totals: isRunning ? null : fakeTotals(amount),
  };
}

function fakeTotals(amount: Amount): ReplayTotalsShown {
  const flow = fakeFlow(amount === 'none' ? 'few' : amount);
  const [first = '', second = ''] = Object.keys(flow.nodes);
  const changes = { none: 0, few: 3, many: 500 }[amount];
  return {
    calls: 31_207,
    outcomes: [
      { outcome: 'announcement', before: 18_220, after: 17_001 },
      { outcome: 'sms', before: 4_310, after: 5_120 },
      { outcome: 'transfer', before: 6_005, after: 6_005 },
      { outcome: 'voicemail', before: 402, after: 390 },
      { outcome: 'abandoned', before: 2_270, after: 2_101 },
    ],
    inDoubt: 590,
    inDoubtBefore: [{ outcome: 'announcement', calls: 590 }],
    doubts: [
      { flowId: flow.id, nodeId: first, reason: 'newQuestion', calls: 510 },
      { flowId: flow.id, nodeId: second, reason: 'meaningChanged', calls: 80 },
    ],
    assumedSms: 810,
    branches: [{ flowId: flow.id, nodeId: first, branch: 'next', before: 31_207, after: 31_207 }],
    changed: Array.from({ length: changes }, (_, nth) => ({
      callId: `fake-e-${nth}`,
      before: 'announcement' as const,
      after: nth % 2 === 0 ? ('sms' as const) : null,
      doubt: nth % 2 === 0 ? null : { flowId: flow.id, nodeId: first, reason: 'newQuestion' as const },
    })),
    changedCalls: changes === 500 ? 1_400 : changes,
  };
}
