import { expect, test } from 'vitest';
import { bundleOf, ends, say, surroundings } from '../testing/test-bundle.ts';
import { check } from './check.ts';

const question = (words: string, keys: string, id = 'q') => ({
  id,
  prompt: say(words),
  choices: [...keys].map((key) => ({ key, label: `答え${key}` })),
});
const KIND = question('満足の方は1を、不満の方は2を押してください。', '12');
const questionnaire = (settings: object) => ({
  kind: 'questionnaire',
  introduction: say('質問をもう一度お聞きになる方は、シャープを押してください。'),
  questions: [KIND],
  next: { next: 'bye', none: 'bye' },
  ...settings,
});
const callBack = (settings: object) => ({
  kind: 'callBackRequest',
  next: { accepted: 'bye', wrong: 'bye', none: 'bye' },
  ...settings,
});

const warningsOf = (node: object) =>
  check(bundleOf({ node, bye: ends.bye }), surroundings).map(({ code, message }) => [
    code,
    /^(.+?)：/.exec(message)?.[1] ?? null,
  ]);

const SIX = 'あいうえおか';
const six = [...SIX].map((meaning, at) => `${meaning}は${at + 1}を`).join('、');

test.each<[string, object, readonly (readonly [string, string | null])[]]>([
  ['nothing in a questionnaire that is kind', {}, []],
  [
    'six answers to one question',
    { questions: [KIND, question(`${six}押してください。`, '123456', 'two')] },
    [['tooManyChoices', '質問2']],
  ],
  [
    'a key before its meaning',
    { questions: [question('1番は満足です。不満の方は2を押してください。', '12')] },
    [['keyBeforeMeaning', '質問1']],
  ],
  [
    'an answer of which the question does not speak',
    { questions: [question('満足の方は1を押してください。', '12')] },
    [['keyNotSaid', '質問1']],
  ],
  [
    'a key that the question asks for and does not take',
    { questions: [question('満足の方は1を、不満の方は3を押してください。', '1')] },
    [['keyNotAccepted', '質問1']],
  ],
  ['a key for hearing it again that nobody is told of', { introduction: null }, [['keyNotSaid', null]]],
  ['nothing where no such key is set', { introduction: null, repeatKey: null }, []],
  [
    'a key that the introduction speaks of and no question takes',
    { introduction: say('やめる方は9を、もう一度お聞きになる方はシャープを押してください。') },
    [['keyNotAccepted', null]],
  ],
])('a questionnaire is warned of %s', (_, settings, expected) => {
  expect(warningsOf(questionnaire(settings))).toEqual(expected);
});

const times = (keys: string) => [...keys].map((key) => ({ key, label: `${key}時台` }));

test.each<[string, object, readonly (readonly [string, string | null])[]]>([
  ['nothing as it comes', {}, []],
  ['nothing with times in the usual words', { times: times('123') }, []],
  ['six times', { times: times('123456') }, [['tooManyChoices', '時間を尋ねる案内']]],
  [
    'a time that its own words leave out',
    { times: times('12'), timePrompt: say('午前は1を押してください。') },
    [['keyNotSaid', '時間を尋ねる案内']],
  ],
  [
    'a reading back whose keys are others',
    { readBack: say('{{callBackNumber}}でよろしければ1を、違うときは3を押してください。') },
    [
      ['keyNotSaid', '復唱の案内'],
      ['keyNotAccepted', '復唱の案内'],
    ],
  ],
  [
    'an offer that says the key first',
    { offer: say('1を押すと、{{callBackNumber}}におかけします。別の番号は2を押してください。') },
    [['keyBeforeMeaning', '発信元番号を確かめる案内']],
  ],
])('a call-back request is warned of %s', (_, settings, expected) => {
  expect(warningsOf(callBack(settings))).toEqual(expected);
});

test('the usual words stay kind whatever keys are set', () => {
  expect(warningsOf(callBack({ confirmKey: '9', retryKey: '3', times: times('789') }))).toEqual([]);
});
