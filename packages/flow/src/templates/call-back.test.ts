import { describe, expect, test } from 'vitest';
import { bundleOfFlows } from '../bundle-of-flows.ts';
import { makeRunnable } from '../make-runnable.ts';
import { exampleRecipient, recipientValuesOf } from '../recipient-values.ts';
import { TestCall } from '../testing/test-call.ts';
import { callBackTemplates } from './call-back.ts';
import { exampleParameters, type FlowTemplate } from './flow-template.ts';

const [notice, staff] = callBackTemplates;
if (notice === undefined || staff === undefined) throw new Error('there are two');

/** A person who calls back and has keyed in a birthday; nothing of anybody is known until it is found to be the right one. */
function keyedIn(template: FlowTemplate) {
  const bundle = bundleOfFlows('call', template.make({ ...exampleParameters(template), calendarId: 'city' }));
  const making = makeRunnable(bundle, { ownNumbers: [], calendarIds: ['city'], listIds: [], audioIds: [] });
  if (!making.ok) throw new Error('the template has errors');
  const values = { ...exampleRecipient(recipientValuesOf(bundle)) };
  const placed = {
    campaignId: 'c',
    recipientId: 1,
    attemptId: 'call',
    isCallBack: true,
    values: {},
  } as const;
  const call = new TestCall(making.flow, { placed });
  const said = [call.said];
  call.announced();
  said.push(call.said);
  call.press('0', '1', '0', '2');
  return {
    call,
    said: said.join(''),
    matched: () =>
      call.answer((id) => ({ type: 'identitySaid', id, matches: true, person: { recipientId: 1, values } })),
  };
}
const calendarSays = (call: TestCall, open: boolean) =>
  call.send({ type: 'calendarSaid', calendarId: 'city', open, reason: '' });

describe.each([
  ['the notice', notice],
  ['the way to staff', staff],
] as const)('%s', (_name, template) => {
  test('says who was called, and nothing of the matter before the check', () => {
    const { said } = keyedIn(template);
    expect(said).toContain('見本市、保険年金課です');
    expect(said).not.toMatch(/納付|納期限|金額|ミホン|12000/);
  });
});

test('who is the person meant hears name, day and amount', () => {
  const { call, matched } = keyedIn(notice);
  matched();
  expect(call.said).toMatch(/^\[ミホン タロウ\]様。.*\[2026-06-30\].*\[12000\].*ATM/);
});

test('who is the person meant is put through while staff are there, and is told the matter while they are not', () => {
  const open = keyedIn(staff);
  open.matched();
  calendarSays(open.call.announced(), true);
  expect(
    open.call.actions.some((action) => action.type === 'recordResult' && action.result === 'transferred'),
  ).toBe(true);
  const closed = keyedIn(staff);
  closed.matched();
  calendarSays(closed.call.announced(), false).announced();
  expect(closed.call.said).toMatch(/\[ミホン タロウ\]様。.*\[12000\]/);
});
