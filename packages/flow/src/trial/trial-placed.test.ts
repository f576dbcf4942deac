import { expect, test } from 'vitest';
import { defaultHolidays } from '../calendar/holidays.ts';
import { BundleDraftSchema } from '../draft.ts';
import { bundleOf, say } from '../testing/test-bundle.ts';
import { flowToTry } from './flow-to-try.ts';
import type { HouseView } from './house-view.ts';
import { runTrial } from './trial.ts';
import { type TrialInput, TrialSettingSchema } from './trial-setting.ts';

const house: HouseView = { calendars: [], holidays: defaultHolidays, standsOn: () => null };
const setting = {
  at: '2026-06-01T10:00:00+09:00',
  phoneNumber: '0725001001',
  caller: { kind: 'mobile', number: '09000001234' },
};
const main = bundleOf({
  check: {
    kind: 'identityCheck',
    prompt: say('押してください。'),
    next: { matched: 'paid', failed: 'bye', none: 'bye' },
  },
  paid: {
    kind: 'recordResult',
    result: 'promised',
    promised: { type: 'endOfMonth' },
    next: { next: 'matter' },
  },
  matter: { kind: 'end', farewell: say('{{宛名}}様。') },
  bye: { kind: 'end', farewell: say('失礼します。') },
}).flows['main'];
const bundle = BundleDraftSchema.parse({
  bundleId: 'test',
  entryFlowId: 'main',
  flows: { main: { ...main, recipientValues: [{ name: '宛名', example: 'ミホン タロウ' }] } },
});
const press = (key: '0' | '1' | '2'): TrialInput => ({ type: 'press', key });
const inputs: readonly TrialInput[] = [
  { type: 'listenOut' },
  press('0'),
  press('1'),
  press('0'),
  press('2'),
  { type: 'listenOut' },
];

function tried(changes: object) {
  const made = flowToTry(bundle);
  if (!made.ok) throw new Error('refused');
  return runTrial(made.flow, house, TrialSettingSchema.parse({ ...setting, ...changes }), inputs);
}
const saidIn = ({ steps }: ReturnType<typeof tried>) =>
  steps.flatMap((step) =>
    step.type === 'said' ? [step.parts.map((part) => (part.type === 'audio' ? '' : part.text)).join('')] : [],
  );

test('a flow with values of a recipient is tried as a call that the city places, with the examples', () => {
  const trial = tried({});
  expect(saidIn(trial).at(-1)).toBe('ミホン タロウ様。');
  expect(trial.steps).toContainEqual(expect.objectContaining({ type: 'identity', matches: true }));
  expect(trial.steps).toContainEqual(
    expect.objectContaining({ type: 'result', result: 'promised', promisedOn: '2026-06-30' }),
  );
  expect(trial.state.ended).toBe('announcement');
});

test('other values and another person on the line can be tried', () => {
  expect(saidIn(tried({ recipient: { 宛名: 'ミホン ハナコ' } })).at(-1)).toBe('ミホン ハナコ様。');
  const differs = tried({ identity: 'differs' });
  expect(saidIn(differs).join()).not.toContain('ミホン');
  expect(differs.place?.nodeId).toBe('check');
});
