import { expect, test } from 'vitest';
import { check } from '../check/check.ts';
import { outcomeOf } from '../state.ts';
import { bundleOf, ends, runnableOf, say, surroundings } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';
import { questionTitle } from './questionnaire.ts';

const questions = [
  {
    id: 'satisfied',
    title: '満足度',
    prompt: say('満足ですか。'),
    choices: [
      { key: '1', label: '満足' },
      { key: '2', label: '不満' },
    ],
  },
  { id: 'again', prompt: say('また使いますか。'), choices: [{ key: '1', label: 'はい' }, { key: '2' }] },
];
const asking = {
  kind: 'questionnaire',
  introduction: say('お願いします。'),
  questions,
  wrongKey: say('違います。'),
  noKey: say('どうぞ。'),
  thanks: say('ありがとう。'),
  next: { next: 'bye', none: 'hangUp' },
};
const flowOf = (changes: object = {}) => runnableOf({ asking: { ...asking, ...changes }, ...ends });

const answers = (call: TestCall) =>
  call.actions.flatMap((action) =>
    action.type === 'recordAnswer' ? [`${action.questionId}:${action.key}:${action.label}`] : [],
  );

test('each question is answered by one key, and every answer is kept where it was given', () => {
  const call = new TestCall(flowOf());
  expect(call.said).toBe('お願いします。満足ですか。');
  expect(call.press('2').actions).toContainEqual({
    type: 'recordAnswer',
    id: call.seq,
    flowId: 'main',
    nodeId: 'asking',
    questionId: 'satisfied',
    key: '2',
    label: '不満',
  });
  expect(call.said).toBe('また使いますか。');
  expect(answers(call.press('2'))).toEqual(['again:2:null']);
  expect(call.said).toBe('ありがとう。');
  expect(call.announced().branches).toEqual(['asking:next']);
});

test('a question is asked once more after a wrong key or none, then passed over as unanswered', () => {
  const call = new TestCall(flowOf()).press('7');
  expect(call.said).toBe('違います。満足ですか。');
  expect(answers(call)).toEqual([]);
  call.announced().silence();
  expect(answers(call)).toEqual(['satisfied:null:null']);
  expect(call.said).toBe('また使いますか。');
  expect(call.announced().silence().said).toBe('どうぞ。また使いますか。');
  expect(answers(call.press('1'))).toEqual(['again:1:はい']);
  expect(call.announced().branches).toEqual(['asking:next']);
});

test('who answers nothing at all is not thanked and goes a way of his own', () => {
  const call = new TestCall(flowOf());
  for (let round = 0; round < 4; round++) call.announced().silence();
  expect(call.branches).toEqual(['asking:none', 'hangUp:end']);
});

test('the repeat key says the question again and counts as no mistake', () => {
  const call = new TestCall(flowOf()).press('#').press('#');
  expect(call.said).toBe('満足ですか。');
  expect(call.press('7').said).toBe('違います。満足ですか。');
});

test('keys pressed ahead answer the questions in order', () => {
  const flow = runnableOf({
    hello: { kind: 'announcement', prompt: say('こんにちは。'), interruptible: true, next: { next: 'menu' } },
    menu: {
      kind: 'menu',
      prompt: say('1を。'),
      choices: [{ key: '1' }],
      next: { 'key:1': 'asking', wrongKey: 'hangUp', noKey: 'hangUp' },
    },
    asking,
    ...ends,
  });
  const call = new TestCall(flow).press('1').press('1').press('2');
  expect(call.said).toBe('ありがとう。');
});

test('answers given before hanging up are kept, no others are made up', () => {
  const call = new TestCall(flowOf()).press('1').send({ type: 'callerHungUp', q850Cause: 16 });
  expect(call.actions).toEqual([]);
  expect(outcomeOf(call.state)).toBe('abandoned');
  expect(call.branches).toEqual([]);
  const thanked = new TestCall(flowOf()).press('1').press('1').send({ type: 'callerHungUp', q850Cause: 16 });
  expect(thanked.branches).toEqual(['asking:next']);
});

test('after a crash of the controller the question is put again and no answer is kept twice', () => {
  const call = new TestCall(flowOf()).press('1').send({ type: 'resumed' });
  expect(call.said).toBe('また使いますか。');
  expect(answers(call)).toEqual([]);
  expect(call.press('1').send({ type: 'resumed' }).said).toBe('ありがとう。');
});

/** But for those of the words, which are terse here on purpose (check-inner-questions.test.ts judges them). */
const codes = (changes: object) =>
  check(bundleOf({ asking: { ...asking, ...changes }, ...ends }), surroundings)
    .map(({ code }) => code)
    .filter((code) => code !== 'keyNotSaid');

test('settings that would mislead a caller are named', () => {
  const [first, second] = questions;
  expect(codes({})).toEqual([]);
  expect(codes({ questions: [] })).toEqual(['noChoice']);
  expect(codes({ questions: [{ ...first, choices: [] }] })).toEqual(['noChoice']);
  expect(codes({ questions: [first, { ...second, id: 'satisfied' }] })).toEqual(['duplicateCase']);
  expect(codes({ repeatKey: '1' })).toEqual(['keyCombination', 'keyCombination']);
  expect(codes({ questions: [{ ...first, choices: [{ key: '1' }, { key: '1' }] }] })).toEqual([
    'duplicateKey',
  ]);
  expect(codes({ questions: [{ ...first, prompt: say('') }] })).toEqual(['emptyText']);
});

test('a question is named by its title, else by its words', () => {
  expect(questionTitle(asking, 'satisfied')).toBe('満足度');
  expect(questionTitle(asking, 'again')).toBe('また使いますか。');
  expect(questionTitle(asking, 'gone')).toBeNull();
  expect(questionTitle({ kind: 'menu' }, 'again')).toBeNull();
});
