import { expect, test } from 'vitest';
import { check } from '../check/check.ts';
import { bundleOf, ends, runnableOf, surroundings } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';

const record = (settings: object) => ({ kind: 'recordResult', ...settings, next: { next: 'bye' } });
const recorded = (settings: object, value = '') =>
  new TestCall(
    runnableOf({
      due: { kind: 'setVariable', variable: '納期限', value, readAs: 'date', next: { next: 'record' } },
      record: record(settings),
      bye: ends.bye,
    }),
  ).actions.find((action) => action.type === 'recordResult');

test('what came of the talk is recorded as the call goes by', () => {
  expect(recorded({ result: 'paid' })).toEqual({
    type: 'recordResult',
    id: 1,
    result: 'paid',
    promisedOn: null,
  });
});

test.each([
  [{ type: 'endOfMonth' }, '', '2026-06-30'],
  [{ type: 'withinDays', days: 30 }, '', '2026-07-01'],
  [{ type: 'variable', name: '納期限' }, '2026-06-25', '2026-06-25'],
  [{ type: 'variable', name: '納期限' }, '20260625', '2026-06-25'],
  [{ type: 'variable', name: '納期限' }, '六月末', null],
  [null, '', null],
])('a promise %j (%s) is by %s', (promised, value, promisedOn) => {
  expect(recorded({ result: 'promised', promised }, value)).toMatchObject({ promisedOn });
});

test('a day that belongs to no promise is warned of and not recorded', () => {
  const settings = { result: 'paid', promised: { type: 'endOfMonth' } };
  expect(recorded(settings)).toMatchObject({ result: 'paid', promisedOn: null });
  const codes = check(bundleOf({ record: record(settings), bye: ends.bye }), surroundings).map(
    ({ code }) => code,
  );
  expect(codes).toEqual(['dayWithoutPromise']);
});
