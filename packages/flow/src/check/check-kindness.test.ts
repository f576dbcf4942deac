import { expect, test } from 'vitest';
import { bundleOf, ends, say, surroundings } from '../testing/test-bundle.ts';
import { check } from './check.ts';

type Nodes = Readonly<Record<string, object>>;

const KEYS = '住民票は1を、もう一度お聞きになる方は0を押してください。';
const menu = (settings: object = {}) => ({
  kind: 'menu',
  prompt: say(KEYS),
  choices: [{ key: '1' }],
  next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'staff' },
  ...settings,
});
const transferNext = { busy: 'bye', unanswered: 'bye', failed: 'bye', ended: 'bye' };
const rest = {
  staff: { kind: 'transfer', to: '0725002001', next: transferNext },
  bye: ends.bye,
};
const message = {
  kind: 'voicemail',
  notice: say('録音します。'),
  next: { recorded: 'bye', empty: 'bye' },
};
const hours = (open: string, closed: string) => ({
  kind: 'openingHours',
  calendarId: 'city',
  next: { open, closed },
});
const hello = (text: string, next: string) => ({ kind: 'announcement', prompt: say(text), next: { next } });
const choices = (keys: string) => [...keys].map((key) => ({ key }));
const to = (target: string, keys: string) =>
  Object.fromEntries([...keys].map((key) => [`key:${key}`, target]));

/** 'node code' of each problem; errors would be marked. */
function warningsOf(nodes: Nodes, others: Readonly<Record<string, Nodes>> = {}): readonly string[] {
  return check(bundleOf(nodes, others), surroundings).map(({ nodeId, code, severity }) =>
    severity === 'warning' ? `${nodeId} ${code}` : `${nodeId} ERROR ${code}`,
  );
}

const keysSaid = (keys: string) =>
  [...keys].map((key) => `用件${'あいうえおかきく'[Number(key)]}は${key}を。`).join('');

test.each<[string, Nodes, readonly string[]]>([
  ['nothing in a menu that is kind', { menu: menu(), ...rest }, []],
  [
    'nothing in five choices',
    {
      menu: menu({
        prompt: say(`${keysSaid('12345')}もう一度は0を。ゆっくりは7を。`),
        choices: choices('12345'),
        slowerKey: '7',
        next: { ...to('bye', '12345'), wrongKey: 'bye', noKey: 'staff' },
      }),
      ...rest,
    },
    [],
  ],
  [
    'six choices',
    {
      menu: menu({
        prompt: say(`${keysSaid('123456')}もう一度は0を。`),
        choices: choices('123456'),
        next: { ...to('bye', '123456'), wrongKey: 'bye', noKey: 'staff' },
      }),
      ...rest,
    },
    ['menu tooManyChoices'],
  ],
  [
    'keys before their meaning',
    { menu: menu({ prompt: say('1番は住民票です。もう一度は0を。') }), ...rest },
    ['menu keyBeforeMeaning'],
  ],
  [
    'a choice of which the menu does not speak',
    { menu: menu({ prompt: say('もう一度は0を。') }), ...rest },
    ['menu keyNotSaid'],
  ],
  [
    'a repeat key of which the menu does not speak',
    { menu: menu({ prompt: say('住民票は1を押してください。') }), ...rest },
    ['menu keyNotSaid'],
  ],
  [
    'a key for the slower voice of which the menu does not speak',
    { menu: menu({ slowerKey: '#' }), ...rest },
    ['menu keyNotSaid'],
  ],
  [
    'nothing where it is spoken of by name',
    { menu: menu({ slowerKey: '#', prompt: say(`${KEYS}ゆっくりはシャープを。`) }), ...rest },
    [],
  ],
  [
    'a key that the menu tells and does not take',
    { menu: menu({ prompt: say(`${KEYS}職員は9を押してください。`) }), ...rest },
    ['menu keyNotAccepted'],
  ],
  [
    'such a key in the words that ask again',
    { menu: menu({ wrongKey: { prompt: say('1か3を押してください。') } }), ...rest },
    ['menu keyNotAccepted'],
  ],
  [
    'such a key in an announcement before the menu',
    {
      hello: hello('お急ぎの方は、途中で5を押してください。', 'hours'),
      hours: hours('menu', 'menu'),
      menu: menu({ next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'ask' } }),
      ask: hours('staff', 'message'),
      message,
      ...rest,
    },
    ['hello keyNotAccepted'],
  ],
  [
    'nothing in an announcement that tells a key of the next menu, or figures to be keyed in',
    {
      hello: hello('お急ぎの方は、途中で1を押してください。', 'menu'),
      menu: menu({ next: { 'key:1': 'told', wrongKey: 'bye', noKey: 'staff' } }),
      told: hello('番号を7桁で、わからない方は0を7回押してください。0を。', 'number'),
      number: {
        kind: 'digits',
        prompt: say('番号をどうぞ。'),
        variable: '番号',
        minLengthDigits: 7,
        maxLengthDigits: 7,
        next: { next: 'bye', wrong: 'bye', none: 'bye' },
      },
      ...rest,
    },
    [],
  ],
  [
    'no key to hear the menu again',
    { menu: menu({ repeatKey: null, prompt: say('住民票は1を。') }), ...rest },
    ['menu noRepeatKey'],
  ],
  [
    'nothing where a choice says what was said before, and then the menu again',
    {
      told: hello('住民票のご案内です。', 'menu'),
      menu: menu({
        choices: choices('10'),
        next: { 'key:1': 'bye', 'key:0': 'told', wrongKey: 'bye', noKey: 'staff' },
      }),
      ...rest,
    },
    [],
  ],
  ['less than ten seconds for a key', { menu: menu({ timeoutMs: 9_000 }), ...rest }, ['menu shortKeyTime']],
  [
    'less than ten seconds for the first digit',
    {
      number: {
        kind: 'digits',
        prompt: say('番号をどうぞ。'),
        variable: '番号',
        minLengthDigits: 1,
        maxLengthDigits: 7,
        firstDigitTimeoutMs: 6_000,
        next: { next: 'bye', wrong: 'bye', none: 'bye' },
      },
      bye: ends.bye,
    },
    ['number shortKeyTime'],
  ],
  [
    'a caller without keys who is asked three times',
    { menu: menu({ noKey: { retries: 2 } }), ...rest },
    ['menu silentCallerKeptWaiting'],
  ],
  [
    'a menu from which nobody comes to a person',
    { menu: menu({ next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'bye' } }), bye: ends.bye },
    ['menu noWayToStaff'],
  ],
  [
    'a caller without keys who comes to no person, though others do',
    { menu: menu({ next: { 'key:1': 'staff', wrongKey: 'staff', noKey: 'bye' } }), ...rest },
    ['menu silentCallerNotServed'],
  ],
  [
    'a person on one of the ways of a silent caller only',
    {
      menu: menu({ next: { 'key:1': 'staff', wrongKey: 'staff', noKey: 'who' } }),
      who: {
        kind: 'callerCondition',
        cases: [{ id: 'mobile', when: { type: 'kind', kinds: ['mobile'] } }],
        next: { mobile: 'bye', else: 'staff' },
      },
      ...rest,
    },
    ['menu silentCallerNotServed'],
  ],
  [
    'nothing where a silent caller comes to a person over other menus and the calendar, or leaves a message when it is closed',
    {
      menu: menu({ next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'second' } }),
      second: menu({ next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'hours' } }),
      hours: hours('staff', 'message'),
      message,
      ...rest,
    },
    [],
  ],
  [
    'no person and no message when it is closed',
    {
      hours: hours('menu', 'night'),
      menu: menu(),
      night: menu({ next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'bye' } }),
      ...rest,
    },
    ['night silentCallerNotHeard'],
  ],
  [
    'a person who is only there on the closed way',
    {
      menu: menu({ next: { 'key:1': 'hours', wrongKey: 'bye', noKey: 'hours' } }),
      hours: hours('bye', 'staff'),
      ...rest,
    },
    ['menu noWayToStaff'],
  ],
  [
    'nothing in a menu of the night, which need not lead to a person',
    {
      hours: hours('staff', 'night'),
      night: menu({ next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'message' } }),
      message,
      ...rest,
    },
    [],
  ],
  [
    'a first choice that comes late',
    {
      hello: hello('本日は、市役所からの大切なお知らせがございます。'.repeat(8), 'menu'),
      menu: menu(),
      ...rest,
    },
    ['menu lateFirstChoice'],
  ],
  [
    'a first choice that comes late in a long menu',
    { menu: menu({ prompt: say(`${'ただいま大変込み合っております。'.repeat(10)}${KEYS}`) }), ...rest },
    ['menu lateFirstChoice'],
  ],
  [
    'nothing where the long part follows the first choice, or a menu that is not the first',
    {
      menu: menu({
        prompt: say(`${KEYS}${'ただいま大変込み合っております。'.repeat(10)}`),
        next: { 'key:1': 'told', wrongKey: 'bye', noKey: 'staff' },
      }),
      told: hello('ただいま大変込み合っております。'.repeat(20), 'second'),
      second: menu(),
      ...rest,
    },
    [],
  ],
  [
    'a sound of unknown length before the first choice',
    {
      music: { kind: 'announcement', prompt: { type: 'audio', audioId: 'melody' }, next: { next: 'menu' } },
      menu: menu(),
      ...rest,
    },
    ['menu firstChoiceTimeUnknown'],
  ],
  [
    'nothing in a sound whose words are written down',
    { menu: menu({ prompt: { type: 'audio', audioId: 'melody', transcript: KEYS } }), ...rest },
    [],
  ],
  [
    'a sound whose words tell other keys',
    { menu: menu({ prompt: { type: 'audio', audioId: 'melody', transcript: '税金は2を。' } }), ...rest },
    ['menu keyNotSaid', 'menu keyNotAccepted'],
  ],
])('names %s', (_name, nodes, expected) => {
  expect(warningsOf(nodes)).toEqual(expected);
});

test('a way to a person in another flow counts', () => {
  const flow = {
    menu: menu({ next: { 'key:1': 'go', wrongKey: 'go', noKey: 'go' } }),
    go: { kind: 'goToFlow', flowId: 'staff' },
  };
  expect(warningsOf(flow, { staff: rest })).toEqual([]);
});

test('what is not finished yet is named once, as that', () => {
  const unfinished = menu({ next: { 'key:1': 'bye', wrongKey: 'bye' } });
  expect(warningsOf({ menu: unfinished, bye: ends.bye })).toEqual(['menu ERROR missingBranch']);
});

test('every warning says in Japanese what is wrong and how to mend it, and stands in nobody’s way', () => {
  const bundle = bundleOf({
    hello: hello('お急ぎの方は5を押してください。'.repeat(20), 'menu'),
    menu: menu({
      prompt: say('1番は住民票です。シャープを押すともう一度です。'),
      choices: choices('1234567'),
      repeatKey: null,
      timeoutMs: 3_000,
      noKey: { retries: 3 },
      next: { ...to('bye', '1234567'), wrongKey: 'bye', noKey: 'bye' },
    }),
    bye: ends.bye,
  });
  const problems = check(bundle, surroundings);
  expect(problems.length).toBeGreaterThan(8);
  for (const { severity, message, mend } of problems) {
    expect(severity).toBe('warning');
    expect(message).toMatch(/[ぁ-ん].*。/);
    expect(mend).toMatch(/[ぁ-ん].*。/);
  }
});
