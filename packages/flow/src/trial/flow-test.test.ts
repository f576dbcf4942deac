import { expect, test } from 'vitest';
import { defaultHolidays } from '../calendar/holidays.ts';
import type { BundleDraft } from '../draft.ts';
import { bundleOf, ends, say } from '../testing/test-bundle.ts';
import { expectationOf, type FlowTest, FlowTestSchema, runFlowTests } from './flow-test.ts';
import { flowToTry } from './flow-to-try.ts';
import type { HouseView } from './house-view.ts';
import { runTrial } from './trial.ts';
import { type TrialInput, TrialSettingSchema } from './trial-setting.ts';

const house: HouseView = { calendars: [], holidays: defaultHolidays, standsOn: () => null };
const setting = TrialSettingSchema.parse({
  at: '2026-06-01T10:00:00+09:00',
  phoneNumber: '0725001001',
  caller: { kind: 'mobile', number: '09000001234' },
});
const menu = {
  kind: 'menu',
  title: '用件の選択',
  prompt: say('資格の方は1を、賦課の方は2を押してください。'),
  choices: [
    { key: '1', label: '資格' },
    { key: '2', label: '賦課' },
  ],
  next: { 'key:1': 'shikaku', 'key:2': 'fuka', wrongKey: 'bye', noKey: 'bye' },
};
const announcement = (title: string, next: string) => ({
  kind: 'announcement',
  title,
  prompt: say('ご案内です。'),
  next: { next },
});
const staff = {
  kind: 'transfer',
  title: '担当へ転送',
  targets: [{ to: '0725-00-2001' }],
  next: { busy: 'bye', unanswered: 'bye', failed: 'bye', ended: 'bye' },
};
const nodes = {
  menu,
  shikaku: announcement('資格の案内', 'staff'),
  fuka: announcement('賦課の案内', 'bye'),
  staff,
  ...ends,
};
const inputs: readonly TrialInput[] = [
  { type: 'listenOut' },
  { type: 'press', key: '1' },
  { type: 'listenOut' },
  { type: 'staffHangUp' },
  { type: 'listenOut' },
];

function testOf(bundle: BundleDraft): FlowTest {
  const made = flowToTry(bundle);
  if (!made.ok) throw new Error('refused');
  const expected = expectationOf(runTrial(made.flow, house, setting, inputs));
  return FlowTestSchema.parse(JSON.parse(JSON.stringify({ setting, inputs, expected })));
}
const kept = testOf(bundleOf(nodes));
const difference = (changed: Readonly<Record<string, object>>) => {
  const [result] = runFlowTests(bundleOf(changed), house, [kept]);
  return result?.passed === false ? result.difference : null;
};

test('a run that was kept passes while the flow is the same, and with other words', () => {
  expect(difference(nodes)).toBeNull();
  expect(difference({ ...nodes, menu: { ...menu, prompt: say('用件を押してください。') } })).toBeNull();
});

test('a key that leads elsewhere is told with the node, the key and both ways', () => {
  const next = { ...menu.next, 'key:1': 'fuka' };
  expect(difference({ ...nodes, menu: { ...menu, next } })).toBe(
    '「用件の選択」で「1」を押すと「資格の案内」に進むはずが、「賦課の案内」に進みました。',
  );
});

test('another branch, another end, another telephone and a faulty setting are told', () => {
  expect(difference({ ...nodes, menu: { ...menu, choices: [{ key: '2', label: '賦課' }] } })).toBe(
    '「用件の選択」で「1」を押すと「資格の案内」に進むはずが、進みませんでした。',
  );
  const once = { ...menu, choices: [{ key: '2', label: '賦課' }], wrongKey: { retries: 0, prompt: null } };
  expect(difference({ ...nodes, menu: once })).toBe(
    '「用件の選択」で「1」（資格）になるはずが、「押し間違い」になりました。',
  );
  expect(difference({ ...nodes, shikaku: announcement('資格の案内', 'bye') })).toBe(
    '「資格の案内」の次は「担当へ転送」に進むはずが、「終了」に進みました。',
  );
  expect(difference({ ...nodes, staff: { ...staff, targets: [{ to: '0725-00-2009' }] } })).toBe(
    '「0725002001」に電話をかけるはずが、「0725002009」に電話をかけました。',
  );
  expect(difference({ ...nodes, fuka: { kind: 'menu', title: '直しかけ' } })).toContain(
    '「直しかけ」の設定に誤り',
  );
});

test('the place of a difference is the node where it shows', () => {
  const [result] = runFlowTests(bundleOf({ ...nodes, shikaku: announcement('資格の案内', 'bye') }), house, [
    kept,
  ]);
  expect(result).toMatchObject({ passed: false, at: { flowId: 'main', nodeId: 'shikaku' } });
});
