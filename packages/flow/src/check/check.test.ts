import { describe, expect, test } from 'vitest';
import type { BundleDraft } from '../draft.ts';
import { makeRunnable } from '../make-runnable.ts';
import { bundleOf, ends, say, surroundings } from '../testing/test-bundle.ts';
import { check } from './check.ts';

const bye = { bye: ends.bye };
const hello = (settings: object = {}) => ({
  kind: 'announcement',
  prompt: say('こんにちは。'),
  next: { next: 'bye' },
  ...settings,
});
const menu = (settings: object = {}) => ({
  kind: 'menu',
  prompt: say('1を。'),
  choices: [{ key: '1' }],
  next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'bye' },
  ...settings,
});
const transferNext = { busy: 'bye', unanswered: 'bye', failed: 'bye', ended: 'bye' };
const transfer = (settings: object = {}) => ({
  kind: 'transfer',
  to: '0725002001',
  next: transferNext,
  ...settings,
});
const sms = (settings: object = {}) => ({
  kind: 'sms',
  to: { type: 'caller' },
  text: 'ご案内',
  next: { accepted: 'bye', notMobile: 'bye', refused: 'bye', unknown: 'bye' },
  ...settings,
});
const digits = (settings: object = {}) => ({
  kind: 'digits',
  prompt: say('番号を。'),
  variable: '番号',
  minLengthDigits: 1,
  maxLengthDigits: 4,
  next: { next: 'bye', wrong: 'bye', none: 'bye' },
  ...settings,
});
const hours = (next: object, settings: object = {}) => ({
  kind: 'openingHours',
  calendarId: 'city',
  next,
  ...settings,
});
const voicemail = (settings: object = {}) => ({
  kind: 'voicemail',
  notice: say('録音します。'),
  next: { recorded: 'bye', empty: 'bye' },
  ...settings,
});

/** Whether callers are asked kindly is the affair of check-kindness.test.ts: these flows are as short as can be. */
const KINDNESS: readonly string[] = [
  'keyNotSaid',
  'noWayToStaff',
  'silentCallerNotServed',
  'silentCallerNotHeard',
];

/** 'node code' of each problem, warnings in brackets. */
function problemsOf(bundle: BundleDraft): readonly string[] {
  return check(bundle, surroundings)
    .filter(({ code }) => !KINDNESS.includes(code))
    .map(({ nodeId, code, severity }) =>
      severity === 'error' ? `${nodeId} ${code}` : `${nodeId} (${code})`,
    );
}

test('a sound flow has no problem and becomes runnable', () => {
  const bundle = bundleOf({ hello: hello(), ...bye });
  expect(problemsOf(bundle)).toEqual([]);
  expect(makeRunnable(bundle, surroundings).ok).toBe(true);
});

test('a flow with an error becomes nothing that could reach a line; one with a warning does', () => {
  const wrong = makeRunnable(bundleOf({ hello: hello({ next: {} }), ...bye }), surroundings);
  expect(wrong.ok).toBe(false);
  const warned = makeRunnable(
    bundleOf({ hello: hello({ next: { next: 'bye', old: 'bye' } }), ...bye }),
    surroundings,
  );
  expect(warned.ok).toBe(true);
  expect(warned.problems.map((problem) => problem.code)).toEqual(['unusedBranch']);
});

test('every problem says in Japanese what is wrong and how to mend it', () => {
  const bundle = bundleOf({
    a: menu({ choices: [], next: {} }),
    b: transfer({ to: '', record: true }),
    ...bye,
  });
  const problems = check(bundle, surroundings);
  expect(problems.length).toBeGreaterThan(4);
  for (const problem of problems) {
    expect(problem.message).toMatch(/[ぁ-ん].*。/);
    expect(problem.mend).toMatch(/[ぁ-ん].*。/);
  }
});

test.each<[string, Parameters<typeof bundleOf>, readonly string[]]>([
  ['a node to which no way leads', [{ hello: hello(), alone: hello(), ...bye }], ['alone unreachable']],
  [
    'a branch that leads nowhere',
    [{ menu: menu({ next: { 'key:1': 'bye', wrongKey: 'bye' } }), ...bye }],
    ['menu missingBranch'],
  ],
  [
    'a branch to a node that is gone',
    [{ hello: hello({ next: { next: 'gone' } }) }],
    ['hello missingTarget'],
  ],
  [
    'a loop without listening or waiting',
    [{ a: hours({ open: 'b', closed: 'bye' }), b: hello({ next: { next: 'a' } }), ...bye }],
    ['a endlessLoop'],
  ],
  [
    'a loop that sends message after message',
    [{ a: sms({ next: { accepted: 'a', notMobile: 'bye', refused: 'bye', unknown: 'bye' } }), ...bye }],
    ['a endlessLoop'],
  ],
  [
    'announcements that never come to an end',
    [{ a: hello({ next: { next: 'b' } }), b: hello({ next: { next: 'a' } }) }],
    ['a endlessLoop', 'a neverEnds', 'b neverEnds'],
  ],
  [
    'menus from which no end can be reached',
    [{ a: menu({ next: { 'key:1': 'a', wrongKey: 'a', noKey: 'a' } }) }],
    ['a neverEnds', 'a (silentCallerLoop)'],
  ],
  [
    'a loop that only the caller can leave',
    [{ a: menu({ next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'a' } }), ...bye }],
    ['a (silentCallerLoop)'],
  ],
  [
    'a loop over two flows',
    [{ a: { kind: 'goToFlow', flowId: 'b' } }, { b: { c: { kind: 'goToFlow', flowId: 'main' } } }],
    ['a endlessLoop', 'a neverEnds', 'c neverEnds'],
  ],
  [
    'staff called again and again for a caller who does nothing',
    [
      {
        a: transfer({ next: { ...transferNext, busy: 'wait' } }),
        wait: hello({ next: { next: 'a' } }),
        ...bye,
      },
    ],
    ['a unaskedRepetition'],
  ],
  [
    'a menu that calls staff again after the talk where nothing is pressed',
    [
      {
        a: menu({ next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'staff' } }),
        staff: transfer({ next: { ...transferNext, ended: 'a' } }),
        ...bye,
      },
    ],
    ['a unaskedRepetition'],
  ],
  [
    'text messages to a caller who does nothing',
    [
      {
        a: menu({ next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'text' } }),
        text: sms({ next: { accepted: 'a', notMobile: 'bye', refused: 'bye', unknown: 'bye' } }),
        ...bye,
      },
    ],
    ['a unaskedRepetition'],
  ],
  [
    'nothing where the caller asks for the next call to staff by a key',
    [
      {
        a: transfer({ next: { ...transferNext, busy: 'ask' } }),
        ask: menu({ next: { 'key:1': 'a', wrongKey: 'bye', noKey: 'bye' } }),
        ...bye,
      },
    ],
    [],
  ],
  [
    'a message to be left again and again, which reaches nobody',
    [{ a: voicemail({ next: { recorded: 'bye', empty: 'a' } }), ...bye }],
    ['a (silentCallerLoop)'],
  ],
  ['an empty text', [{ a: hello({ prompt: say('　 ') }), ...bye }], ['a emptyText']],
  ['a text of symbols alone', [{ a: hello({ prompt: say('　※。…') }), ...bye }], ['a emptyText']],
  ['nothing in a text of one figure', [{ a: hello({ prompt: say('5') }), ...bye }], []],
  ['nothing in a value between symbols', [{ a: hello({ prompt: say('※{{now}}') }), ...bye }], []],
  [
    'a notice of symbols alone, which is none',
    [{ a: voicemail({ notice: say('……') }), ...bye }],
    ['a emptyText', 'a noRecordingNotice'],
  ],
  ['an empty SMS', [{ a: sms({ text: '' }), ...bye }], ['a emptyText']],
  [
    'a sound that is not there',
    [{ a: hello({ prompt: { type: 'audio', audioId: 'gone' } }), ...bye }],
    ['a unknownAudio'],
  ],
  [
    'a transfer to a number that this system answers',
    [{ a: transfer({ to: '0725-00-1001' }), ...bye }],
    ['a ownNumber'],
  ],
  [
    'the same, written otherwise on both sides',
    [{ a: transfer({ to: '+81725001002' }), ...bye }],
    ['a ownNumber'],
  ],
  ['a transfer to no number', [{ a: transfer({ to: '国保課' }), ...bye }], ['a notDialable']],
  ['a transfer to the police', [{ a: transfer({ to: '110' }), ...bye }], ['a notDialable']],
  [
    'a transfer to a number that is too short',
    [{ a: transfer({ to: '072500200' }), ...bye }],
    ['a notDialable'],
  ],
  ['an SMS beyond 660 characters', [{ a: sms({ text: 'あ'.repeat(661) }), ...bye }], ['a smsTooLong']],
  [
    'an SMS of 330 surrogate pairs and one',
    [{ a: sms({ text: '𠮷'.repeat(331) }), ...bye }],
    ['a smsTooLong'],
  ],
  ['an SMS of exactly 660 characters', [{ a: sms({ text: 'あ'.repeat(660) }), ...bye }], []],
  [
    'an SMS that values may make too long',
    [{ a: sms({ text: `${'あ'.repeat(650)}{{today}}` }), ...bye }],
    ['a (smsMayBeTooLong)'],
  ],
  ['recording without notice', [{ a: transfer({ record: true }), ...bye }], ['a noRecordingNotice']],
  ['a message without notice', [{ a: voicemail({ notice: null }), ...bye }], ['a noRecordingNotice']],
  [
    'a notice on one of two ways only',
    [
      {
        a: hours({ open: 'told', closed: 'v' }),
        told: hello({
          prompt: say('録音します。'),
          givesRecordingNotice: true,
          interruptible: false,
          next: { next: 'v' },
        }),
        v: voicemail({ notice: null }),
        ...bye,
      },
    ],
    ['v noRecordingNotice'],
  ],
  [
    'a notice on every way',
    [
      {
        a: hello({
          prompt: say('録音します。'),
          givesRecordingNotice: true,
          interruptible: false,
          next: { next: 'v' },
        }),
        v: voicemail({ notice: null }),
        ...bye,
      },
    ],
    [],
  ],
  [
    'a notice that can be cut short',
    [
      {
        a: hello({ prompt: say('録音します。'), givesRecordingNotice: true, next: { next: 'v' } }),
        v: voicemail({ notice: null }),
        ...bye,
      },
    ],
    ['a noticeInterruptible'],
  ],
  [
    'a notice that does not speak of recording',
    [{ a: voicemail({ notice: say('どうぞ。') }), ...bye }],
    ['a (noticeWithoutWord)'],
  ],
  [
    'a transfer whose own announcement tells it',
    [
      {
        a: transfer({ record: true, announcement: say('録音します。'), givesRecordingNotice: true }),
        ...bye,
      },
    ],
    [],
  ],
  [
    'a calendar that is not there',
    [{ a: hours({ open: 'bye', closed: 'bye' }, { calendarId: 'gone' }), ...bye }],
    ['a unknownCalendar'],
  ],
  [
    'a list that is not there',
    [
      {
        a: {
          kind: 'callerCondition',
          cases: [{ id: 'c', when: { type: 'list', listId: 'gone' } }],
          next: { c: 'bye', else: 'bye' },
        },
        ...bye,
      },
    ],
    ['a unknownList'],
  ],
  [
    'a flow that is not there',
    [{ a: hours({ open: 'go', closed: 'bye' }), go: { kind: 'goToFlow', flowId: 'gone' }, ...bye }],
    ['go unknownFlow'],
  ],
  [
    'a value that nothing sets',
    [{ a: hello({ prompt: say('{{番号}}です。') }), ...bye }],
    ['a unknownVariable'],
  ],
  [
    'a value that some way leaves unset',
    [
      {
        a: digits({ next: { next: 'told', wrong: 'told', none: 'bye' } }),
        told: hello({ prompt: say('{{番号}}です。') }),
        ...bye,
      },
    ],
    ['told (variableMaybeUnset)'],
  ],
  [
    'a value set on every way',
    [
      {
        a: digits({ next: { next: 'told', wrong: 'bye', none: 'bye' } }),
        told: hello({ prompt: say('{{番号|telephone}}です。') }),
        ...bye,
      },
    ],
    [],
  ],
  [
    'a value that cannot be read',
    [{ a: hello({ prompt: say('{{today|ゆっくり}}') }), ...bye }],
    ['a badValue'],
  ],
  ['a value named like a builtin one', [{ a: digits({ variable: 'today' }), ...bye }], ['a badVariableName']],
  [
    'one key for two choices',
    [{ a: menu({ choices: [{ key: '1' }, { key: '1' }] }), ...bye }],
    ['a duplicateKey'],
  ],
  [
    'one word for two choices',
    [
      {
        a: menu({
          choices: [
            { key: '1', words: ['はい'] },
            { key: '2', words: ['はい'] },
          ],
          next: { 'key:1': 'bye', 'key:2': 'bye', wrongKey: 'bye', noKey: 'bye' },
        }),
        ...bye,
      },
    ],
    ['a duplicateWord'],
  ],
  ['the repeat key among the choices', [{ a: menu({ repeatKey: '1' }), ...bye }], ['a keyCombination']],
  [
    'a menu without choices',
    [{ a: menu({ choices: [], next: { wrongKey: 'bye', noKey: 'bye' } }), ...bye }],
    ['a noChoice', 'a (keyNotAccepted)'],
  ],
  [
    'one key to confirm and to retry',
    [{ a: digits({ readBack: { prompt: say('{{番号}}'), confirmKey: '1', retryKey: '1' } }), ...bye }],
    ['a keyCombination'],
  ],
  [
    'a read-back without the number',
    [{ a: digits({ readBack: { prompt: say('よいですか。') } }), ...bye }],
    ['a (readBackWithoutValue)'],
  ],
  [
    'a shortest length beyond the longest',
    [{ a: digits({ minLengthDigits: 5 }), ...bye }],
    ['a lengthRange'],
  ],
  ['a date that cannot be keyed in', [{ a: digits({ readAs: 'date' }), ...bye }], ['a lengthRange']],
  [
    'a condition without cases',
    [{ a: { kind: 'callerCondition', cases: [], next: { else: 'bye' } }, ...bye }],
    ['a noCase'],
  ],
  [
    'a case named else',
    [
      {
        a: {
          kind: 'callerCondition',
          cases: [{ id: 'else', when: { type: 'kind', kinds: ['mobile'] } }],
          next: { else: 'bye' },
        },
        ...bye,
      },
    ],
    ['a duplicateCase'],
  ],
  [
    'a kind of node that the language has not',
    [{ a: { kind: 'teleport', next: { x: 'bye' } }, ...bye }],
    ['a unknownKind'],
  ],
  [
    'settings that are half made',
    [{ a: { kind: 'transfer', next: transferNext }, ...bye }],
    ['a badSettings'],
  ],
  [
    'a flow that is never gone to',
    [{ hello: hello(), ...bye }, { other: { x: ends.bye } }],
    ['null (unusedFlow)'],
  ],
])('names %s', (_name, flows, expected) => {
  expect(problemsOf(bundleOf(...flows))).toEqual(expected);
});

test('the message on a repetition names what is repeated, and where', () => {
  const bundle = bundleOf({
    staff: transfer({ title: '国保の職員', next: { ...transferNext, busy: 'wait' } }),
    wait: hello({ title: 'お待ちください', next: { next: 'staff' } }),
    ...bye,
  });
  expect(check(bundle, surroundings)[0]?.message).toBe(
    '発信者が何もしなくても、「転送」を何度でも繰り返します（国保の職員 → お待ちください）。',
  );
});

test('names a start that is not there, and an entry flow that is not there', () => {
  const bundle = bundleOf({ hello: hello(), ...bye });
  const main = bundle.flows['main'];
  if (main === undefined) throw new Error('main');
  expect(problemsOf({ ...bundle, flows: { main: { ...main, startNodeId: 'gone' } } })).toEqual([
    'null noStart',
  ]);
  expect(problemsOf({ ...bundle, entryFlowId: 'gone' })).toEqual(['null unknownFlow']);
});

describe('a secret value', () => {
  const birthDate = (settings: object = {}) =>
    digits({
      variable: '生年月日',
      secret: true,
      next: { next: 'use', wrong: 'bye', none: 'bye' },
      ...settings,
    });
  const codesOf = (use: object, settings: object = {}) =>
    problemsOf(bundleOf({ birthDate: birthDate(settings), use, ...bye }));

  test.each([
    ['a text message', sms({ text: '{{生年月日}}の件' })],
    ['the number of a text message', sms({ to: { type: 'variable', name: '生年月日' } })],
    ['a copy', { kind: 'setVariable', variable: '控え', value: '{{生年月日}}', next: { next: 'bye' } }],
    ['another announcement', hello({ prompt: say('{{生年月日}}ですね。') })],
    ['the read-back of another number', digits({ readBack: { prompt: say('{{番号}}と{{生年月日}}') } })],
  ])('is refused in %s', (_, use) => {
    expect(codesOf(use)).toEqual(['use secretDisclosed']);
  });

  test('may be read back by the node that asked for it, and compared', () => {
    const compare = {
      kind: 'variableCondition',
      variable: '生年月日',
      cases: [{ id: 'old', test: { op: 'less', value: '19500101' } }],
      next: { old: 'bye', else: 'bye' },
    };
    expect(codesOf(compare, { readBack: { prompt: say('{{生年月日}}ですね。') } })).toEqual([]);
  });

  test('is secret also where another node asks for it openly', () => {
    const open = digits({ variable: '生年月日', next: { next: 'tell', wrong: 'bye', none: 'bye' } });
    const tell = hello({ prompt: say('{{生年月日}}ですね。') });
    expect(problemsOf(bundleOf({ birthDate: birthDate(), use: open, tell, ...bye }))).toEqual([
      'tell secretDisclosed',
    ]);
  });
});
