import { describe, expect, test } from 'vitest';
import { check } from '../check/check.ts';
import type { Key } from '../event.ts';
import { bundleOf, runnableOf, say, surroundings } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';

const bye = (words: string) => ({ kind: 'end', farewell: say(words) });
const nodesWith = (settings: object) => ({
  check: {
    kind: 'identityCheck',
    prompt: say('お誕生日を押してください。'),
    ...settings,
    next: { matched: 'matched', failed: 'failed', none: 'none' },
  },
  matched: bye('用件です。'),
  failed: bye('失礼いたします。'),
  none: bye('お電話ください。'),
});
const asked = (settings: object = {}) => new TestCall(runnableOf(nodesWith(settings)));
const keys = (digits: string) => [...digits] as Key[];
const digitsAskedOf = (call: TestCall) =>
  call.actions.flatMap((action) => (action.type === 'checkIdentity' ? [action.digits] : []));
const say4 = (call: TestCall, digits: string, matches: boolean) =>
  call.press(...keys(digits)).answer((id) => ({ type: 'identitySaid', id, matches }));

test('where it may be one of several, the values of who is on the line are there from the check on', () => {
  const call = asked()
    .announced()
    .press(...keys('0102'));
  expect(call.state.variables).toEqual({});
  const values = { 金額: { text: '12000', readAs: 'amount' as const } };
  call.answer((id) => ({ type: 'identitySaid', id, matches: true, person: { recipientId: 2, values } }));
  expect(call.nodeId).toBe('matched');
  expect(call.state.variables).toEqual(values);
});

describe('who is found to be the person meant', () => {
  test('is led on, and what was keyed in stands in no value and nowhere in the call afterwards', () => {
    const call = asked()
      .announced()
      .press(...keys('0102'));
    expect(call.actions).toContainEqual({
      type: 'checkIdentity',
      id: call.seq,
      format: 'monthDay',
      digits: '0102',
    });
    call.answer((id) => ({ type: 'identitySaid', id, matches: true }));
    expect(call.nodeId).toBe('matched');
    expect(call.state.variables).toEqual({});
    expect(JSON.stringify(call.state)).not.toContain('0102');
  });

  test('may have pressed the keys ahead, and the end key after them', () => {
    const call = asked()
      .press(...keys('0102'), '#')
      .answer((id) => ({ type: 'identitySaid', id: id - 1, matches: true }));
    expect(call.nodeId).toBe('matched');
  });
});

test.each([
  ['3250102', '19500102'],
  ['5010501', '20190501'],
  ['4010108', '19890108'],
])('a 和暦 birth date %s is complete with its seventh key and is asked for as %s', (keyed, western) => {
  const call = asked({ format: 'birthDate' })
    .announced()
    .press(...keys(keyed));
  expect(digitsAskedOf(call)).toEqual([western]);
});

test.each([
  ['2150102', '19260102'],
  ['1450102', '19120102'],
])('one of 明治 or 大正, %s, could go on as a western one: a pause or # ends it', (keyed, western) => {
  const pause = asked({ format: 'birthDate' })
    .announced()
    .press(...keys(keyed));
  expect(digitsAskedOf(pause)).toEqual([]);
  expect(digitsAskedOf(pause.silence())).toEqual([western]);
  expect(
    digitsAskedOf(
      asked({ format: 'birthDate' })
        .announced()
        .press(...keys(keyed), '#'),
    ),
  ).toEqual([western]);
});

test('a western birth date is taken as well, and 29 February is a birthday', () => {
  expect(
    digitsAskedOf(
      asked({ format: 'birthDate' })
        .announced()
        .press(...keys('19500102')),
    ),
  ).toEqual(['19500102']);
  expect(
    digitsAskedOf(
      asked()
        .announced()
        .press(...keys('0229')),
    ),
  ).toEqual(['0229']);
});

test.each(['1301', '0132', '0230'])('%s is no day: a try, for which nobody is asked', (keyed) => {
  const call = asked()
    .announced()
    .press(...keys(keyed));
  expect(digitsAskedOf(call)).toEqual([]);
  expect(call.said).toContain('もう一度お願いします');
});

test('after three wrong days nobody is asked again', () => {
  const call = asked().announced();
  say4(call, '0101', false).announced();
  say4(call, '0102', false).announced();
  expect(call.nodeId).toBe('check');
  expect(say4(call, '0103', false).nodeId).toBe('failed');
});

test('who mistyped begins anew by * and that is no try', () => {
  const call = asked({ tries: 1 }).announced().press('0', '3', '*');
  expect(call.said).toContain('お誕生日を押してください');
  expect(digitsAskedOf(call.announced().press(...keys('0102')))).toEqual(['0102']);
});

test('nobody presses anything: told twice how to, then taken for a machine', () => {
  const call = asked().announced().silence();
  expect(call.said).toContain('お誕生日を押してください');
  expect(call.announced().silence().nodeId).toBe('none');
});

test('who keyed in a wrong day and then falls silent is no machine', () => {
  const call = say4(asked().announced(), '0101', false);
  while (call.nodeId === 'check') call.silence();
  expect(call.nodeId).toBe('failed');
});

test('an answer that does not come within five seconds, or cannot be had, is none', () => {
  const late = asked()
    .announced()
    .press(...keys('0102'));
  const since = late.atMs;
  late.silence();
  expect([late.nodeId, late.atMs - since]).toEqual(['failed', 5_000]);
  const failing = asked()
    .announced()
    .press(...keys('0102'));
  expect(failing.answer((id) => ({ type: 'actionFailed', id, reason: 'x' })).nodeId).toBe('failed');
});

test('an answer to an older question is passed over', () => {
  const call = say4(asked().announced(), '0101', false)
    .announced()
    .press(...keys('0102'));
  const before = call.state;
  expect(call.send({ type: 'identitySaid', id: 3, matches: true }).state).toBe(before);
});

test('after the controlling process was away it is asked once more', () => {
  const call = asked()
    .announced()
    .press(...keys('0102'))
    .send({ type: 'resumed' });
  expect(digitsAskedOf(call)).toEqual(['0102']);
  expect(call.answer((id) => ({ type: 'identitySaid', id, matches: true })).nodeId).toBe('matched');
});

test('keys pressed there are nobody else’s business', () => {
  const flow = runnableOf(nodesWith({}));
  expect(flow.node({ flowId: 'main', nodeId: 'check' })?.secret).toBe(true);
});

test('a check that tells only once how to key it in is warned of', () => {
  const codes = check(bundleOf({ ...nodesWith({ noneRetries: 0 }) }), surroundings).map(({ code }) => code);
  expect(codes).toEqual(['keyHelpOnce']);
});
