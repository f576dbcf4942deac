import type { OutcomeRule } from '@madoguchi/server/campaign-cost-contract';
import { expect, test } from 'vitest';
import { ruleOfValues, valuesOfRule } from './rule-values.ts';
import { conditionWords } from './rule-words.ts';

const FULL: OutcomeRule = {
  when: {
    sipCodes: [480, 486],
    q850Causes: [20],
    answered: false,
    rang: true,
    earlyMedia: true,
    endedBy: 'them',
    answerWithinMs: 1_500,
    endWithinMs: 25_000,
    endNotBeforeMs: 0,
    talkWithinMs: 2_000,
  },
  outcome: 'outOfRange',
  because: '電話会社の書類',
};

test('a rule that is looked at and not changed stays the same, whether it has all conditions or one', () => {
  for (const rule of [FULL, { ...FULL, when: { sipCodes: [486] } }, { ...FULL, when: { rang: false } }])
    expect(ruleOfValues(valuesOfRule(rule))).toEqual({ rule });
});

test('numbers are taken as they are written: full width, with commas of any kind', () => {
  const values = { ...valuesOfRule(FULL), sipCodes: '４８０，486・ 600', endWithinS: '２５' };
  expect(ruleOfValues(values)).toMatchObject({
    rule: { when: { sipCodes: [480, 486, 600], endWithinMs: 25_000 } },
  });
});

test('what is wrong is said beside its field', () => {
  const values = {
    ...valuesOfRule(null),
    sipCodes: '48、話し中',
    q850Causes: '128',
    talkWithinS: 'すぐ',
    endWithinS: '-1',
  };
  const read = ruleOfValues(values);
  if (!('problems' in read)) throw new Error('it is wrong');
  expect(Object.keys(read.problems).toSorted()).toEqual(
    ['sipCodes', 'q850Causes', 'talkWithinS', 'endWithinS', 'outcome', 'because'].toSorted(),
  );
});

test('conditions are said in words, each in a line', () => {
  expect(conditionWords(FULL)).toEqual([
    'SIP応答番号 480、486',
    '切断理由番号（Q.850） 20',
    '相手が応答しなかった',
    '呼び出しが始まった',
    '応答の前に音声（案内など）が届いた',
    '相手側が切った',
    '発信から応答まで 1.5秒以内',
    '発信から終わりまで 25秒以内',
    '発信から終わりまで 0秒以上',
    '応答から終わりまで 2秒以内',
  ]);
  expect(conditionWords({ when: {} })).toEqual(['どの応答でも']);
});
