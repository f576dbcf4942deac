import { expect, test } from 'vitest';
import { BundleDraftSchema } from '../draft.ts';
import { bundleOf, ends } from '../testing/test-bundle.ts';
import { checkCampaignSms } from './check-campaign-sms.ts';

const plain = bundleOf({ bye: ends.bye });
const bundle = BundleDraftSchema.parse({
  ...plain,
  flows: {
    main: {
      ...plain.flows['main'],
      recipientValues: [
        { name: '金額', readAs: 'amount' },
        { name: '期別', isPersonal: false },
      ],
    },
  },
});
const GOOD =
  '【見本市 保険年金課】お知らせがございます。お問い合わせ 0725-00-2001 https://www.city.mihon.lg.jp/';
const found = (text: string, scenario: typeof bundle | null = bundle) =>
  checkCampaignSms(text, scenario, { ownHosts: ['www.city.mihon.lg.jp'] }).map(
    ({ severity, code }) => `${severity} ${code}`,
  );

test('a text that says who writes and whom to ask is right, with a value that is not personal, too', () => {
  expect(found(GOOD)).toEqual([]);
  expect(found(`${GOOD}{{期別}}`)).toEqual([]);
});

test.each([
  [`${GOOD}{{金額|amount}}`, 'warning personalInSms'],
  [`${GOOD}{{宛先}}`, 'error unknownVariable'],
  [`${GOOD}{{金額|円}}`, 'error badValue'],
  ['お問い合わせ 0725-00-2001', 'error noCityName'],
  ['【見本市 保険年金課】お知らせがございます。', 'error noOfficialNumber'],
  [`${GOOD} https://pay.example`, 'error unknownLink'],
  [`${GOOD} 振込先 普通 1234567`, 'error accountNumberAsked'],
])('%s is told', (text, expected) => {
  expect(found(text)).toContain(expected);
});

test('the number itself and its name stand for what they say', () => {
  const text = '{{calledName}}です。お問い合わせ {{calledNumber}}';
  const codes = (calledName: string) =>
    checkCampaignSms(text, bundle, { calledName }).map(({ code }) => code);
  expect(codes('見本市 納税課')).toEqual([]);
  expect(codes('代表番号')).toEqual(['noCityName']);
});

test('without a scenario every value counts as personal', () => {
  expect(found(`${GOOD}{{期別}}`, null)).toEqual(['warning personalInSms']);
});
