import { expect, test } from 'vitest';
import { loadPublished } from '../runnable.ts';
import { outcomeOf } from '../state.ts';
import { bundleOf, ends, runnableOf, say } from '../testing/test-bundle.ts';
import { TestCall } from '../testing/test-call.ts';

const next = { accepted: 'bye', notMobile: 'hangUp', refused: 'sorry', unknown: 'maybe' };
const others = {
  sorry: { kind: 'end', farewell: say('送れません。') },
  maybe: { kind: 'end', farewell: say('不明です。') },
};
const flow = runnableOf({
  sms: {
    kind: 'sms',
    to: { type: 'caller' },
    text: '{{callerNumber}} {{today}} {{now}}',
    waitMs: 8_000,
    next,
  },
  ...others,
  ...ends,
});

test('the text goes to the caller with its values written out', () => {
  const call = new TestCall(flow);
  expect(call.actions).toEqual([
    { type: 'sendSms', id: 1, to: '09000001234', text: '090-0000-1234 2026年6月1日 10時00分' },
  ]);
});

test('each answer of the gateway has its way, and silence is an unknown outcome', () => {
  expect(new TestCall(flow).answer((id) => ({ type: 'smsAccepted', id })).branches).toEqual(['sms:accepted']);
  expect(new TestCall(flow).answer((id) => ({ type: 'smsRefused', id, reason: 'x' })).branches).toEqual([
    'sms:refused',
  ]);
  expect(new TestCall(flow).answer((id) => ({ type: 'smsUnknown', id })).branches).toEqual(['sms:unknown']);
  const call = new TestCall(flow);
  expect(call.state.deadlineMs).toBe(call.atMs + 8_000);
  expect(call.silence().branches).toEqual(['sms:unknown']);
});

test('an answer to another text is passed over', () => {
  const call = new TestCall(flow);
  expect(call.send({ type: 'smsAccepted', id: 77 }).branches).toEqual([]);
});

test('nothing is sent to a telephone that takes no text', () => {
  const call = new TestCall(flow, { callerNumber: '0265001234', callerKind: 'landline' });
  expect(call.branches).toEqual(['sms:notMobile', 'hangUp:end']);
  expect(call.actions).toEqual([{ type: 'hangUp' }]);
  expect(new TestCall(flow, { callerNumber: null, callerKind: 'withheld' }).branches[0]).toBe(
    'sms:notMobile',
  );
});

test('a text that its values made too long is not cut but refused', () => {
  const long = runnableOf({
    set: { kind: 'setVariable', variable: 'v', value: 'あ'.repeat(61), next: { next: 'sms' } },
    sms: { kind: 'sms', to: { type: 'caller' }, text: `${'い'.repeat(600)}{{v}}`, next },
    ...others,
    ...ends,
  });
  expect(new TestCall(long).branches).toEqual(['set:next', 'sms:refused']);
});

test('after a crash of the controller the text is not sent again', () => {
  const call = new TestCall(flow).send({ type: 'resumed' });
  expect(call.actions).toEqual([]);
  expect(call.send({ type: 'smsAccepted', id: 1 }).branches).toEqual(['sms:accepted']);
});

test('a caller who hangs up after the text was handed over was served by SMS', () => {
  expect(outcomeOf(new TestCall(flow).send({ type: 'callerHungUp', q850Cause: 16 }).state)).toBe('sms');
  const accepted = new TestCall(flow)
    .answer((id) => ({ type: 'smsAccepted', id }))
    .announced()
    .send({ type: 'hungUp' });
  expect(outcomeOf(accepted.state)).toBe('sms');
  const refused = new TestCall(flow).answer((id) => ({ type: 'smsRefused', id, reason: '' })).announced();
  expect(outcomeOf(refused.send({ type: 'hungUp' }).state)).toBe('announcement');
});

test('a secret value does not leave in a text, even in a version of before the checker refused it, copies included', () => {
  const digits = {
    kind: 'digits',
    prompt: say('生年月日を。'),
    variable: '生年月日',
    readAs: 'date',
    minLengthDigits: 8,
    maxLengthDigits: 8,
    secret: true,
    next: { next: 'copy', wrong: 'hangUp', none: 'hangUp' },
  };
  const copy = { kind: 'setVariable', variable: '控え', value: '{{生年月日}}様', next: { next: 'sms' } };
  const sms = { kind: 'sms', to: { type: 'caller' }, text: '{{生年月日}}、{{控え}}、{{today}}', next };
  const old = loadPublished(bundleOf({ digits, copy, sms, ...others, ...ends }));
  const call = new TestCall(old).press('1', '9', '8', '0', '0', '1', '3', '1');
  expect(call.actions).toContainEqual(
    expect.objectContaining({ type: 'sendSms', text: '●●●、●●●、2026年6月1日' }),
  );
});

test('a text tells what concerns the person called only where who decides on the campaign allowed it, copies of it too', () => {
  const recipientValues = [
    { name: '金額', readAs: 'amount' },
    { name: '期別', isPersonal: false },
  ];
  const placed = {
    campaignId: 'c',
    recipientId: 1,
    attemptId: 'a',
    values: { 金額: { text: '12000', readAs: 'amount' }, 期別: { text: '4期', readAs: 'text' } },
  } as const;
  const callWith = (text: string, allowed: { smsMayTellPersonal?: true }) => {
    const nodes = {
      copy: { kind: 'setVariable', variable: '写し', value: '{{金額}}', next: { next: 'sms' } },
      sms: { kind: 'sms', to: { type: 'caller' }, text, next },
      ...others,
      ...ends,
    };
    const bundle = bundleOf(nodes);
    const main = { ...bundle.flows['main'], recipientValues };
    const call = new TestCall(loadPublished({ ...bundle, flows: { main } }), {
      placed: { ...placed, ...allowed },
    });
    const sent = call.step.actions.filter(({ type }) => type === 'sendSms');
    return { sent: sent.length, branches: call.branches.slice(1) };
  };
  for (const text of ['{{金額}}です。', '{{写し}}です。']) {
    expect(callWith(text, {})).toEqual({ sent: 0, branches: ['sms:refused'] });
    expect(callWith(text, { smsMayTellPersonal: true })).toEqual({ sent: 1, branches: [] });
  }
  expect(callWith('{{期別}}です。', {})).toEqual({ sent: 1, branches: [] });
});
