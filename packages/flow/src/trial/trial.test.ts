import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CalendarSchema, WEEKDAYS } from '../calendar/calendar.ts';
import { defaultHolidays } from '../calendar/holidays.ts';
import { CallerKindSchema, KeySchema } from '../event.ts';
import { fold } from '../fold.ts';
import { arbitraryBundle } from '../testing/arbitrary-flow.ts';
import { bundleOf, ends, runnableOf, say } from '../testing/test-bundle.ts';
import { flowToTry } from './flow-to-try.ts';
import type { HouseView } from './house-view.ts';
import { runTrial } from './trial.ts';
import { type TrialInput, type TrialSetting, TrialSettingSchema } from './trial-setting.ts';

const calendar = CalendarSchema.parse({
  id: 'city',
  name: '市役所',
  weekly: Object.fromEntries(
    WEEKDAYS.map((day) => [
      day,
      day === 'saturday' || day === 'sunday' ? [] : [{ from: '08:45', to: '17:15' }],
    ]),
  ),
});
const house: HouseView = {
  calendars: [calendar],
  holidays: defaultHolidays,
  standsOn: (listId, number) => (listId === 'vip' ? number === '0265001234' : null),
};
const setting: TrialSetting = TrialSettingSchema.parse({
  at: '2026-06-01T10:00:00+09:00',
  phoneNumber: '0725001001',
  caller: { kind: 'mobile', number: '09000001234' },
});
const runs = { numRuns: process.env['MADOGUCHI_FULL'] === '1' ? 1_000 : 80 };

const inputs: fc.Arbitrary<readonly TrialInput[]> = fc.array(
  fc.oneof(
    fc.constantFrom<TrialInput>(
      { type: 'listen' },
      { type: 'listenOut' },
      { type: 'wait' },
      { type: 'speak' },
      { type: 'staffHangUp' },
    ),
    {
      weight: 3,
      arbitrary: fc.constantFrom(...KeySchema.options).map((key): TrialInput => ({ type: 'press', key })),
    },
    fc.constantFrom('はい', 'いいえ').map((text): TrialInput => ({ type: 'say', text })),
    { weight: 1, arbitrary: fc.constant<TrialInput>({ type: 'hangUp' }) },
  ),
  { maxLength: 25 },
);
const settings = fc
  .record({
    kind: fc.constantFrom(...CallerKindSchema.options),
    number: fc.constantFrom('09000001234', '0265001234', null),
    usual: fc.constantFrom('answered', 'busy', 'unanswered', 'unreachable', 'busyThenAnswered'),
    sms: fc.constantFrom('accepted', 'refused', 'unknown'),
    recording: fc.constantFrom('works', 'fails'),
    at: fc.constantFrom(
      '2026-06-01T10:00:00+09:00',
      '2026-07-20T10:00:00+09:00',
      '2026-06-01T17:14:58+09:00',
    ),
  })
  .map(
    ({ kind, number, usual, at, ...rest }): TrialSetting =>
      TrialSettingSchema.parse({
        ...setting,
        ...rest,
        at,
        caller: { kind, number },
        transfers: { usual, byNumber: {} },
      }),
  );

test('whatever is done in a trial, its state is that of folding the events that it tells', () => {
  fc.assert(
    fc.property(arbitraryBundle, settings, inputs, (bundle, where, all) => {
      const made = flowToTry(bundle);
      fc.pre(made.ok);
      if (!made.ok) return;
      const trial = runTrial(made.flow, house, where, all);
      const steps = fold(made.flow, trial.events);
      expect(steps.at(-1)?.state).toEqual(trial.state);
      expect(steps.flatMap(({ taken }) => taken.map(({ nodeId, branch }) => `${nodeId}:${branch}`))).toEqual(
        trial.path.map(({ nodeId, branch }) => `${nodeId}:${branch}`),
      );
      expect(runTrial(made.flow, house, where, all)).toEqual(trial);
      expect(trial.events.every(({ atMs }, index) => atMs >= (trial.events[index - 1]?.atMs ?? 0))).toBe(
        true,
      );
    }),
    runs,
  );
});

test('once all is heard out, the call is over or somebody has something to do', () => {
  fc.assert(
    fc.property(arbitraryBundle, settings, inputs, (bundle, where, all) => {
      const made = flowToTry(bundle);
      fc.pre(made.ok);
      if (!made.ok) return;
      const { canDo, state, events } = runTrial(made.flow, house, where, [...all, { type: 'listenOut' }]);
      // A half-made flow may ring for ever; hearing it out stops after so much.
      fc.pre(events.length < 2_000);
      expect(state.ended !== null || canDo.wait || canDo.staffHangUp).toBe(true);
    }),
    runs,
  );
});

const flow = runnableOf({
  hours: { kind: 'openingHours', calendarId: 'city', next: { open: 'menu', closed: 'message' } },
  menu: {
    kind: 'menu',
    title: '用件の選択',
    prompt: say('資格の方は1を、職員とお話しの方は2を、もう一度お聞きになる方は0を押してください。'),
    choices: [
      { key: '1', label: '資格', words: ['資格'] },
      { key: '2', label: '職員' },
    ],
    next: { 'key:1': 'text', 'key:2': 'staff', wrongKey: 'bye', noKey: 'bye' },
  },
  text: {
    kind: 'sms',
    title: '資格の案内',
    to: { type: 'caller' },
    text: 'ご案内です。',
    next: { accepted: 'bye', notMobile: 'menu', refused: 'hangUp', unknown: 'hangUp' },
  },
  staff: {
    kind: 'transfer',
    targets: [{ to: '0725-00-2001' }, { to: '0725-00-2002' }],
    next: { busy: 'message', unanswered: 'message', failed: 'bye', ended: 'hangUp' },
  },
  message: {
    kind: 'voicemail',
    notice: say('発信音の後に、ご用件を録音します。'),
    next: { recorded: 'bye', empty: 'bye' },
  },
  ...ends,
});
const press = (key: '1' | '2' | '9'): TrialInput => ({ type: 'press', key });
const listenOut: TrialInput = { type: 'listenOut' };
const after = (all: readonly TrialInput[], changes: object = {}) =>
  runTrial(flow, house, TrialSettingSchema.parse({ ...setting, ...changes }), all);

test('the calendar is really looked at: on 祝日 and at 17:15 the caller comes to the message', () => {
  expect(after([listenOut]).place?.nodeId).toBe('menu');
  expect(after([listenOut], { at: '2026-07-20T10:00:00+09:00' }).place?.nodeId).toBe('message');
  expect(after([listenOut], { at: '2026-06-01T17:15:00+09:00' }).place?.nodeId).toBe('message');
});

test('a chosen key leads on; the text, its number and its result are told', () => {
  const trial = after([listenOut, press('1'), listenOut]);
  expect(trial.state.ended).toBe('sms');
  expect(trial.smsTo).toEqual(['09000001234']);
  expect(trial.path.map(({ title, label }) => `${title}/${label}`)).toContain('用件の選択/資格');
  expect(trial.steps).toContainEqual(expect.objectContaining({ type: 'sms', text: 'ご案内です。' }));
  expect(after([listenOut, press('1'), listenOut], { sms: 'refused' }).path.at(-2)?.branch).toBe('refused');
});

test('telephones of staff behave as was set for each', () => {
  const transfers = { usual: 'answered', byNumber: { '0725002001': 'busy' } };
  const talking = after([listenOut, press('2'), listenOut], { transfers });
  expect(talking.rung).toEqual(['0725002001', '0725002002']);
  expect(talking.canDo).toMatchObject({ staffHangUp: true, press: false, wait: false });
  const ended = after([listenOut, press('2'), listenOut, { type: 'staffHangUp' }, listenOut], { transfers });
  expect(ended.state.ended).toBe('transfer');
  const busy = { usual: 'busy', byNumber: {} };
  const left = [listenOut, press('2'), listenOut, { type: 'speak' } as const, listenOut];
  expect(after(left, { transfers: busy }).state.ended).toBe('voicemail');
  expect(
    after([...left.slice(0, 3), { type: 'wait' }, listenOut], { transfers: busy }).path.at(-2)?.branch,
  ).toBe('empty');
});

test('what can be done is told: choices with their meaning, words, waiting, hanging up', () => {
  const { canDo } = after([listenOut]);
  expect(canDo).toMatchObject({ press: true, wait: true, listen: false, words: ['資格'], hangUp: true });
  expect(canDo.choices).toEqual([
    { key: '1', label: '資格' },
    { key: '2', label: '職員' },
    { key: '0', label: 'もう一度聞く' },
  ]);
  expect(after([listenOut, { type: 'hangUp' }]).state.ended).toBe('abandoned');
  expect(after([listenOut, { type: 'say', text: '資格のこと' }, listenOut]).state.ended).toBe('sms');
  expect(after([listenOut, { type: 'wait' }, { type: 'wait' }, listenOut]).path.at(-2)?.branch).toBe('noKey');
});

test('a key that nothing listens to is told as such', () => {
  const closed = after([{ type: 'listen' }, { type: 'listen' }, press('1')], {
    at: '2026-07-20T10:00:00+09:00',
  });
  expect(closed.steps).toContainEqual(expect.objectContaining({ type: 'pressed', effect: 'ignored' }));
});

test('a half-made flow can be tried up to where it leads nowhere', () => {
  const { menu } = flow.bundle.flows['main']?.nodes ?? {};
  const half = flowToTry(bundleOf({ menu: { ...menu, next: {} } }));
  if (!half.ok) throw new Error('refused');
  expect(runTrial(half.flow, house, setting, [listenOut, press('1'), listenOut]).state.ended).toBe('error');
  expect(flowToTry(bundleOf({ menu: { kind: 'menu' } }))).toEqual({
    ok: false,
    nodes: [{ flowId: 'main', nodeId: 'menu' }],
  });
});
