import { setTimeout as pause } from 'node:timers/promises';
import { type BundleDraft, CalendarSchema, nationalDigits, nodeKinds, WEEKDAYS } from '@madoguchi/flow';
import type { IncomingCall, PlacedCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { ReceivedTextSchema } from '../packages/server/src/sms/index.ts';
import { HEARING_LIMIT_MS } from './setup/caller-acts.ts';
import { engineEmpty } from './setup/engine-state.ts';
import { type HouseUnderTest, type ServeSettings, startHouseUnderTest } from './setup/house-under-test.ts';
import { summaryOf } from './setup/records.ts';
import { END, markerPrompt, oneFlow, sayMarker, severalFlows } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const HERE = 1;
const BEEP = { toneHz: 1_000 };
const STAFF = '0725009301';
const TALKING_STAFF = '0725009302';
const TextsSchema = z.object({ texts: z.array(ReceivedTextSchema) });

vi.setConfig({ testTimeout: 240_000 });

type Case = {
  /** What stands at `node`; every way of it leads on to a text message, which nobody who has hung up may get. */
  readonly node: object;
  readonly settings?: ServeSettings;
  /** Resolves in the middle of the node. */
  readonly inTheMiddle: (call: PlacedCall) => Promise<void>;
  readonly outcomes: readonly string[];
};

const heard = async (call: PlacedCall): Promise<void> => {
  await call.waitForTone({ marker: HERE }, { timeoutMs: HEARING_LIMIT_MS });
  await pause(300);
};
/** Such a node takes no time: the caller hangs up with the key that leads to it. */
const withTheKey = async (call: PlacedCall): Promise<void> => {
  await call.waitForTone({ marker: 0 }, { timeoutMs: HEARING_LIMIT_MS });
  await call.press('1');
};
const quick = (node: object, settings?: ServeSettings): Case => ({
  node: { title: '判断', ...node },
  ...(settings === undefined ? {} : { settings }),
  inTheMiddle: withTheKey,
  // The text message may have been ordered before the line told of the end.
  outcomes: ['abandoned', 'sms'],
});
const asked = (node: object, then: (call: PlacedCall) => Promise<unknown> = async () => undefined): Case => ({
  node: { title: '質問', ...node },
  inTheMiddle: async (call) => {
    await heard(call);
    await then(call);
  },
  outcomes: ['abandoned'],
});
const always = CalendarSchema.parse({
  id: 'always',
  name: '終日',
  weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
  holidays: { rule: { type: 'asUsual' } },
});
const message = { type: 'caller' };
const transfer = (to: string) => ({
  kind: 'transfer',
  title: '職員',
  to,
  record: true,
  announcement: { ...markerPrompt(HERE), transcript: '通話を録音します。' },
  givesRecordingNotice: true,
  next: { busy: 'text', unanswered: 'text', failed: 'text', ended: 'text' },
});

const arrived: Record<string, PromiseWithResolvers<IncomingCall>> = {
  [STAFF]: Promise.withResolvers(),
  [TALKING_STAFF]: Promise.withResolvers(),
};
const staffCall = (to: string): Promise<IncomingCall> =>
  arrived[to]?.promise ?? Promise.reject(new Error('no such telephone'));

/** One for each kind that a flow can be made of, by its name. */
const CASES: Readonly<Record<string, Case>> = {
  announcement: asked({ kind: 'announcement', prompt: markerPrompt(HERE), next: { next: 'text' } }),
  menu: asked({
    kind: 'menu',
    prompt: markerPrompt(HERE),
    choices: [{ key: '1' }],
    next: { 'key:1': 'text', wrongKey: 'text', noKey: 'text' },
  }),
  digits: asked(
    {
      kind: 'digits',
      prompt: markerPrompt(HERE),
      variable: 'number',
      minLengthDigits: 4,
      maxLengthDigits: 8,
      next: { next: 'text', wrong: 'text', none: 'text' },
    },
    (call) => call.pressAll('12'),
  ),
  openingHours: quick(
    { kind: 'openingHours', calendarId: 'always', next: { open: 'text', closed: 'text' } },
    { calendar: always },
  ),
  callerCondition: quick({
    kind: 'callerCondition',
    cases: [{ id: 'mobile', when: { type: 'kind', kinds: ['mobile'] } }],
    next: { mobile: 'text', else: 'text' },
  }),
  variableCondition: quick({
    kind: 'variableCondition',
    variable: 'callerNumber',
    cases: [{ id: 'mobile', test: { op: 'startsWith', value: '09' } }],
    next: { mobile: 'text', else: 'text' },
  }),
  askMobileNumber: asked(
    {
      kind: 'askMobileNumber',
      prompt: markerPrompt(HERE),
      skipWhenMobile: false,
      next: { next: 'text', wrong: 'text', none: 'text' },
    },
    (call) => call.pressAll('0900000'),
  ),
  sms: {
    ...quick({
      kind: 'sms',
      to: message,
      text: '一通目です。',
      next: { accepted: 'text', notMobile: 'text', refused: 'text', unknown: 'text' },
    }),
  },
  transfer: {
    node: transfer(STAFF),
    inTheMiddle: async () => {
      await staffCall(STAFF);
      await pause(500);
    },
    outcomes: ['abandoned'],
  },
  voicemail: {
    node: {
      kind: 'voicemail',
      title: '伝言',
      notice: { ...markerPrompt(HERE), transcript: '伝言を録音します。' },
      next: { recorded: 'text', empty: 'text' },
    },
    inTheMiddle: async (call) => {
      await call.waitForTone(BEEP, { timeoutMs: HEARING_LIMIT_MS });
      void call.play({ marker: 20 });
      await pause(2_000);
    },
    outcomes: ['voicemail'],
  },
  callBackRequest: asked({
    kind: 'callBackRequest',
    prompt: markerPrompt(HERE),
    next: { accepted: 'text', wrong: 'text', none: 'text' },
  }),
  questionnaire: asked({
    kind: 'questionnaire',
    questions: [
      {
        id: 'first',
        prompt: markerPrompt(HERE),
        choices: [
          { key: '1', label: 'はい' },
          { key: '2', label: 'いいえ' },
        ],
      },
    ],
    next: { next: 'text', none: 'text' },
  }),
  setVariable: quick({ kind: 'setVariable', variable: 'place', value: '市民課', next: { next: 'text' } }),
  goToFlow: quick({ kind: 'goToFlow', flowId: 'other' }),
  end: {
    node: { ...END, farewell: markerPrompt(HERE) },
    inTheMiddle: heard,
    // All that was to be said before the farewell was said.
    outcomes: ['announcement', 'abandoned'],
  },
  'transfer, talking': {
    node: transfer(TALKING_STAFF),
    inTheMiddle: async (call) => {
      await call.waitForTone({ marker: 21 }, { timeoutMs: HEARING_LIMIT_MS });
      await pause(1_000);
    },
    outcomes: ['transfer'],
  },
};
const names = Object.keys(CASES);
const numberOf = (name: string) => `07250003${String(names.indexOf(name)).padStart(2, '0')}`;
const callerOf = (name: string) => `090000003${String(names.indexOf(name)).padStart(2, '0')}`;

function draftOf(name: string, { node, inTheMiddle }: Case): BundleDraft {
  const text = {
    kind: 'sms',
    title: 'SMS',
    to: message,
    text: '切ったあとの案内です。',
    next: { accepted: 'after', notMobile: 'after', refused: 'after', unknown: 'after' },
  };
  // Long enough to hang up in.
  const after = { after: sayMarker(5, 'end'), end: END };
  const question = {
    kind: 'menu',
    title: '入り口',
    prompt: markerPrompt(0),
    choices: [{ key: '1' }],
    timeoutMs: 30_000,
    next: { 'key:1': 'node', wrongKey: 'end', noKey: 'end' },
  };
  const nodes = { ...(inTheMiddle === withTheKey ? { question } : {}), node, text, ...after };
  const bundleId = `hang-up-${names.indexOf(name)}`;
  if (name === 'goToFlow')
    return severalFlows(bundleId, { main: { question, node, end: END }, other: { text, ...after } });
  if (name === 'end') return oneFlow(bundleId, { node });
  return oneFlow(bundleId, nodes);
}

let under: HouseUnderTest;

beforeAll(async () => {
  under = await startHouseUnderTest();
  await slowGateway();
  under.staff.onIncoming(async (call) => {
    call.ring();
    if (call.to.user === TALKING_STAFF) {
      await call.answer();
      void call.play({ marker: 21 });
    }
    arrived[call.to.user]?.resolve(call);
  });
  for (const [name, each] of Object.entries(CASES)) {
    await under.serve(numberOf(name), draftOf(name, each), each.settings);
  }
}, 240_000);

afterAll(async () => {
  await under?.stop();
});

/** So that a caller can hang up while his text is on its way. */
async function slowGateway(): Promise<void> {
  const reply = await fetch(`${under.house.smscUrl}/behaviour`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ responseDelayMs: 3_000 }),
  });
  expect(reply.status).toBe(200);
}

async function textsTo(number: string): Promise<readonly string[]> {
  const reply = await fetch(`${under.house.smscUrl}/texts?limit=10000`);
  const { texts } = TextsSchema.parse(await reply.json());
  return texts
    .filter(({ to }) => nationalDigits(to.startsWith('81') ? `+${to}` : to) === number)
    .map(({ text }) => text);
}

test('no kind of node is left out here', () => {
  const kinds = new Set(names.map((name) => name.split(',')[0]));
  expect(kinds).toEqual(new Set(nodeKinds.map(({ kind }) => kind)));
});

test.concurrent.each(Object.entries(CASES))(
  'a caller who hangs up in the middle of %s leaves a closed record',
  async (name, { inTheMiddle, outcomes }) => {
    const call = await under.call(numberOf(name), callerOf(name));
    await inTheMiddle(call);
    expect(await call.hangUp()).toMatchObject({ by: 'us', sipCode: 200 });
    const { db } = under.database;
    const summary = await summaryOf(db, call.sipCallId, { ended: true }, 60_000);
    expect(outcomes).toContain(summary.outcome);
  },
);

test('staff whose telephone rang or who were talking are let go', async () => {
  expect(await (await staffCall(STAFF)).ended).toMatchObject({ by: 'them', reason: 'cancelled' });
  expect(await (await staffCall(TALKING_STAFF)).ended).toMatchObject({ by: 'them', reason: 'hungUp' });
});

test('nothing is left in the engine, and every recording is settled', async () => {
  await engineEmpty(under);
  expect([under.citizen.callCount, under.staff.callCount]).toEqual([0, 0]);
  await until('settled recordings', async () => {
    const rows = await under.database.db.selectFrom('recording').select('state').execute();
    return rows.every(({ state }) => state !== 'recording');
  });
});

test('whoever hung up while he heard or was asked something gets no text for it', async () => {
  const { db } = under.database;
  for (const [name, { outcomes }] of Object.entries(CASES)) {
    const posted = await db
      .selectFrom('sms_message')
      .select('id')
      .where('to_number', '=', callerOf(name))
      .execute();
    const received = await textsTo(callerOf(name));
    expect([name, posted.length, received.length]).toEqual(
      // Of those that hung up with the key, one at most, ordered before they were gone.
      outcomes.includes('sms')
        ? [
            name,
            expect.toSatisfy((count: number) => count <= 1),
            expect.toSatisfy((count: number) => count <= 1),
          ]
        : [name, 0, 0],
    );
  }
});
