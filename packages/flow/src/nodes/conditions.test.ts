import { expect, test } from 'vitest';
import type { CallContext } from '../event.ts';
import { ends, runnableOf, say } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';

const hours = runnableOf({
  hours: { kind: 'openingHours', calendarId: 'city', next: { open: 'bye', closed: 'hangUp' } },
  ...ends,
});
const calendarSaid = (open: boolean) =>
  ({ type: 'calendarSaid', calendarId: 'city', open, reason: '' }) as const;

test('opening hours follow what the calendar says', () => {
  const call = new TestCall(hours);
  expect(call.actions).toEqual([{ type: 'lookAtCalendar', id: 1, calendarId: 'city' }]);
  expect(call.send({ ...calendarSaid(true), calendarId: 'other' }).actions).toEqual([]);
  expect(call.send(calendarSaid(true)).branches).toEqual(['hours:open']);
  expect(new TestCall(hours).send(calendarSaid(false)).branches).toEqual(['hours:closed', 'hangUp:end']);
});

test('a calendar that gives no answer counts as closed', () => {
  expect(new TestCall(hours).silence().branches[0]).toBe('hours:closed');
  const failed = new TestCall(hours).answer((id) => ({ type: 'actionFailed', id, reason: 'gone' }));
  expect(failed.branches[0]).toBe('hours:closed');
});

test('after a crash of the controller the calendar is asked again', () => {
  const call = new TestCall(hours).send({ type: 'resumed' });
  expect(call.actions).toEqual([{ type: 'lookAtCalendar', id: 2, calendarId: 'city' }]);
});

const caller = runnableOf({
  caller: {
    kind: 'callerCondition',
    cases: [
      { id: 'listed', when: { type: 'list', listId: 'vip' } },
      { id: 'mobile', when: { type: 'kind', kinds: ['mobile'] } },
      { id: 'fixed', when: { type: 'kind', kinds: ['landline', 'ipPhone'] } },
      { id: 'hidden', when: { type: 'kind', kinds: ['withheld', 'payphone'] } },
    ],
    next: { listed: 'bye', mobile: 'bye', fixed: 'bye', hidden: 'bye', else: 'hangUp' },
  },
  ...ends,
});
const listSaid = (contains: boolean) => ({ type: 'listSaid', listId: 'vip', contains }) as const;

test('a caller whose number stands in the list goes the list’s way', () => {
  const call = new TestCall(caller);
  expect(call.actions).toEqual([{ type: 'lookUpList', id: 1, listId: 'vip', number: '09000001234' }]);
  expect(call.send(listSaid(true)).branches).toEqual(['caller:listed']);
});

test.each<[Partial<CallContext>, string]>([
  [{ callerKind: 'mobile' }, 'mobile'],
  [{ callerKind: 'landline', callerNumber: '0265001234' }, 'fixed'],
  [{ callerKind: 'ipPhone', callerNumber: '05000001234' }, 'fixed'],
  [{ callerKind: 'other' }, 'else'],
])('other callers go by the kind of their number: %o', (changes, branch) => {
  expect(new TestCall(caller, changes).send(listSaid(false)).branches[0]).toBe(`caller:${branch}`);
});

test('a caller without a number stands in no list; a list without an answer contains nobody', () => {
  const hidden = new TestCall(caller, { callerNumber: null, callerKind: 'withheld' });
  expect(hidden.branches[0]).toBe('caller:hidden');
  expect(new TestCall(caller).silence().branches[0]).toBe('caller:mobile');
});

const values = runnableOf({
  digits: {
    kind: 'digits',
    prompt: say('どうぞ。'),
    variable: 'n',
    minLengthDigits: 1,
    maxLengthDigits: 16,
    next: { next: 'value', wrong: 'value', none: 'value' },
  },
  value: {
    kind: 'variableCondition',
    variable: 'n',
    cases: [
      { id: 'empty', test: { op: 'empty' } },
      { id: 'seven', test: { op: 'equals', value: '7' } },
      { id: 'few', test: { op: 'in', values: ['8', '9'] } },
      { id: 'begins', test: { op: 'startsWith', value: '55' } },
      { id: 'less', test: { op: 'less', value: '100' } },
      { id: 'greater', test: { op: 'greater', value: '9007199254740993' } },
    ],
    next: { empty: 'bye', seven: 'bye', few: 'bye', begins: 'bye', less: 'bye', greater: 'bye', else: 'bye' },
  },
  bye: ends.bye,
});

test.each([
  ['7', 'seven'],
  ['9', 'few'],
  ['5512', 'begins'],
  ['42', 'less'],
  ['9007199254740994', 'greater'],
  ['9007199254740993', 'else'],
])('a keyed value %s takes the first case that fits: %s', (keys, branch) => {
  const call = new TestCall(values);
  for (const key of keys)
    call.press(
      ...(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const).filter((each) => each === key),
    );
  if (keys.length < 16) call.press('#');
  expect(call.branches[1]).toBe(`value:${branch}`);
});

test('a value that was never keyed in is empty', () => {
  expect(
    new TestCall(values).announced().silence().announced().silence().announced().silence().branches,
  ).toEqual(['digits:none', 'value:empty']);
});

test('a value is set from others, and another flow of the bundle knows it', () => {
  const flow = runnableOf(
    {
      set: { kind: 'setVariable', variable: '案内', value: '{{calledNumber}}の件', next: { next: 'go' } },
      go: { kind: 'goToFlow', flowId: 'second' },
    },
    { second: { told: { kind: 'end', farewell: say('{{案内}}でした。') } } },
  );
  const call = new TestCall(flow);
  expect(call.said).toBe('[0725001001の件]でした。');
  expect(call.taken).toEqual([
    { flowId: 'main', nodeId: 'set', branch: 'next' },
    { flowId: 'main', nodeId: 'go', branch: 'go' },
  ]);
  expect(call.state.position).toEqual({ flowId: 'second', nodeId: 'told' });
});
