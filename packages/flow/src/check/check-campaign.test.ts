import { describe, expect, test } from 'vitest';
import { type BundleDraft, BundleDraftSchema } from '../draft.ts';
import type { Surroundings } from '../finding.ts';
import { bundleOf, say, surroundings } from '../testing/test-bundle.ts';
import { check } from './check.ts';

const end = (words: string) => ({ kind: 'end', farewell: say(words) });
const announcement = (words: string, next: string) => ({
  kind: 'announcement',
  prompt: say(words),
  next: { next },
});
/** As short as a call may be that tells all that it must. */
const NODES = {
  greeting: announcement('こちらは、見本市、保険年金課です。', 'identity'),
  identity: { kind: 'identityCheck', next: { matched: 'matter', failed: 'failed', none: 'none' } },
  matter: announcement(
    '{{宛名}}様。介護保険料の納期限は{{納期限}}です。行き違いで納められた場合は、ご容赦ください。ATMの操作をお願いすることはありません。',
    'bye',
  ),
  bye: end('失礼いたします。'),
  failed: end('失礼いたします。'),
  none: end('電話0725-00-2001まで、お電話ください。失礼いたします。'),
};
const VALUES = [
  { name: '宛名', example: 'ミホン タロウ' },
  { name: '納期限', readAs: 'date', example: '2026-06-30' },
];

function campaign(changes: Readonly<Record<string, object>> = {}, values: object[] = VALUES): BundleDraft {
  const bundle = bundleOf({ ...NODES, ...changes });
  const flow = { ...bundle.flows['main'], recipientValues: values };
  return BundleDraftSchema.parse({ ...bundle, flows: { main: flow } });
}

const found = (bundle: BundleDraft, around: Surroundings = surroundings) =>
  check(bundle, around).map(({ severity, code, nodeId }) => `${severity} ${code} ${nodeId}`);

test('a call that tells all that it must, and what is personal after the check only, is right', () => {
  expect(found(campaign())).toEqual([]);
});

test('flows for received calls need tell none of it', () => {
  expect(
    found(bundleOf({ hello: announcement('お電話ありがとうございます。', 'bye'), bye: NODES.bye })),
  ).toEqual([]);
});

test.each([
  ['greeting', announcement('こちらは、見本市、保険年金課です。{{宛名}}様。', 'identity')],
  ['failed', end('{{宛名}}様、失礼いたします。')],
  ['none', end('{{宛名}}様、電話0725-00-2001まで、お電話ください。')],
])('what is personal is not told at a node before the check, or to a machine (%s)', (nodeId, node) => {
  expect(found(campaign({ [nodeId]: node }))).toEqual([`error personalBeforeCheck ${nodeId}`]);
});

test('a way round the check is found, however long', () => {
  const skip = {
    greeting: announcement('こちらは、見本市、保険年金課です。', 'ask'),
    ask: {
      kind: 'digits',
      prompt: say('1を押すと先に進みます。'),
      variable: 'x',
      minLengthDigits: 1,
      maxLengthDigits: 1,
      next: { next: 'matter', wrong: 'identity', none: 'none' },
    },
  };
  expect(found(campaign(skip))).toEqual(expect.arrayContaining(['error personalBeforeCheck matter']));
});

test('a value made of a personal one is personal, one that staff say is not may be told', () => {
  const copied = {
    greeting: announcement('こちらは、見本市、保険年金課です。{{写し}}', 'identity'),
    copy: { kind: 'setVariable', variable: '写し', value: '{{宛名}}', next: { next: 'greeting' } },
  };
  const bundle = campaign(copied);
  const flow = { ...bundle.flows['main'], startNodeId: 'copy' };
  expect(found(BundleDraftSchema.parse({ ...bundle, flows: { main: flow } }))).toEqual([
    'error personalBeforeCheck greeting',
  ]);
  const known = [...VALUES, { name: '担当', isPersonal: false, example: '保険年金課' }];
  expect(
    found(
      campaign({ greeting: announcement('こちらは、見本市、{{担当}}、保険年金課です。', 'identity') }, known),
    ),
  ).toEqual([]);
});

describe('a text message', () => {
  const sms = (text: string) => ({
    matter: { ...NODES.matter, next: { next: 'sms' } },
    sms: {
      kind: 'sms',
      to: { type: 'caller' },
      text,
      next: { accepted: 'bye', notMobile: 'bye', refused: 'bye', unknown: 'bye' },
    },
  });

  test('with a personal value needs to be allowed by the campaign', () => {
    expect(found(campaign(sms('【見本市】納期限は{{納期限}}です。')))).toEqual(['warning personalInSms sms']);
  });

  test.each([
    ['https://www.example.jp/pay', ['example.jp'], []],
    ['https://example.jp', ['example.jp'], []],
    ['https://city.other.lg.jp/pay', ['example.jp'], ['error unknownLink sms']],
    ['納付は pay-mihon.shop から', ['example.jp'], ['error unknownLink sms']],
    ['https://www.example.jp@evil.example/x', ['example.jp'], ['error unknownLink sms']],
    ['https://www.example.jp/pay', [], ['error unknownLink sms']],
    ['https://example.jp.pay.example/x', ['example.jp'], ['error unknownLink sms']],
    ['https://badexample.jp/', ['example.jp'], ['error unknownLink sms']],
    ['bit.ly/3abc', ['example.jp'], ['error unknownLink sms']],
    ['ｈｔｔｐｓ：／／ｅｖｉｌ．ｅｘａｍｐｌｅ', ['example.jp'], ['error unknownLink sms']],
    ['https://www.example.jp/pay', undefined, ['warning unknownLink sms']],
  ] as const)('leads to the city’s own pages alone: %s', (link, ownHosts, expected) => {
    const around = ownHosts === undefined ? surroundings : { ...surroundings, ownHosts };
    expect(found(campaign(sms(`ご案内 ${link}`)), around)).toEqual(expected);
  });

  test.each([
    ['振込先：見本銀行 普通 1234567', true],
    ['口座番号を入力してください。', true],
    ['ATMでお振り込みください。', true],
    ['口座番号をお聞きすることはありません。', false],
    ['口座振替を申し込まれますと、納め忘れがなくなります。電話0725002001', false],
  ])('neither asks for an account nor names one: %s', (text, isWrong) => {
    expect(found(campaign(sms(text)))).toEqual(isWrong ? ['error accountNumberAsked sms'] : []);
  });
});

test.each([
  ['greeting', announcement('もしもし。', 'identity'), 'error noCityName greeting'],
  ['greeting', announcement('見本市です。', 'identity'), 'error noCityName greeting'],
  ['none', end('失礼いたします。'), 'error noOfficialNumber none'],
  [
    'matter',
    announcement('{{宛名}}様。{{納期限}}。ATMの操作をお願いすることはありません。', 'bye'),
    'error noCrossedPaymentSentence bye',
  ],
  [
    'matter',
    announcement('{{宛名}}様。{{納期限}}。行き違いの節は、ご容赦ください。', 'bye'),
    'error noFraudSentence bye',
  ],
  [
    'greeting',
    announcement('こちらは、見本市、保険年金課です。未納のお知らせです。', 'identity'),
    'warning matterBeforeCheck greeting',
  ],
])('what a call must tell, or not yet (%s)', (nodeId, node, expected) => {
  expect(found(campaign({ [nodeId]: node }))).toEqual([expected]);
});

test('a department is no matter, though its name speaks of insurance or taxes', () => {
  const greeting = announcement('こちらは、見本市、固定資産税課です。', 'identity');
  expect(found(campaign({ greeting }))).toEqual([]);
});

test('a goodbye that others come to, too, is judged by the ways of each', () => {
  // A machine hears the number before, the person meant both sentences: neither hears what the other does.
  const shared = {
    identity: { kind: 'identityCheck', next: { matched: 'matter', failed: 'bye', none: 'number' } },
    number: announcement('電話0725-00-2001まで、お電話ください。', 'bye'),
  };
  const { failed: _failed, none: _none, ...nodes } = NODES;
  const bundle = campaign();
  const flow = { ...bundle.flows['main'], nodes: bundleOf({ ...nodes, ...shared }).flows['main']?.nodes };
  expect(found(BundleDraftSchema.parse({ ...bundle, flows: { main: flow } }))).toEqual([]);
});

test('staff may be told by a whisper for whom the call was', () => {
  const transfer = {
    failed: {
      kind: 'transfer',
      targets: [{ to: '0725-00-2001' }],
      whisper: say('{{宛名}}様への電話です。'),
      next: { busy: 'bye', unanswered: 'bye', failed: 'bye', ended: 'bye' },
    },
  };
  expect(found(campaign(transfer))).toEqual([]);
});

test('values with names that cannot be, or twice the same, are named', () => {
  const values = [...VALUES, { name: '宛名' }, { name: '1番' }, { name: 'today' }];
  expect(found(campaign({}, values))).toEqual([
    'error duplicateValue null',
    'error badVariableName null',
    'error badVariableName null',
  ]);
});

test('every finding tells in Japanese what is wrong and how to mend it', () => {
  const problems = check(
    campaign({ greeting: announcement('もしもし。{{宛名}}', 'identity') }),
    surroundings,
  );
  for (const { message, mend } of problems) expect(`${message}${mend}`).toMatch(/。.*。$/s);
});
