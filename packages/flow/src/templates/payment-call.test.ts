import { describe, expect, test } from 'vitest';
import { bundleOfFlows } from '../bundle-of-flows.ts';
import { makeRunnable } from '../make-runnable.ts';
import { TestCall } from '../testing/test-call.ts';
import { dueDateTemplates } from './due-date-notice.ts';
import { exampleParameters, type FlowTemplate } from './flow-template.ts';
import { overdueTemplates } from './overdue-reminder.ts';

const MATTER = /保険料|納付|納期限|金額|支払/;
const templates = [...dueDateTemplates, ...overdueTemplates];

function bundleOf(template: FlowTemplate) {
  return bundleOfFlows('call', template.make({ ...exampleParameters(template), calendarId: 'city' }));
}

/** A call that the city placed and that somebody, or a machine, has answered. */
function answered(template: FlowTemplate): TestCall {
  const making = makeRunnable(bundleOf(template), {
    ownNumbers: [],
    calendarIds: ['city'],
    listIds: [],
    audioIds: [],
  });
  if (!making.ok) throw new Error('the template has errors');
  return new TestCall(making.flow);
}

describe.each(templates.map((template) => [template.name, template] as const))('%s', (_name, template) => {
  test('says who calls, and the matter only to who says to be the person meant', () => {
    const call = answered(template);
    expect(call.said).toContain('見本市、保険年金課です');
    expect(call.said).not.toMatch(MATTER);
    call.announced();
    expect(call.said).not.toMatch(MATTER);
    call.press('1');
    expect(call.said).toMatch(MATTER);
  });

  test.each([
    ['a member of the family', '2', /ご本人から、電話.*お伝えください/],
    ['who has another number', '3', /大変失礼いたしました/],
  ] as const)('%s is told nothing of the matter', (_who, key, words) => {
    const call = answered(template).announced().press(key);
    expect(call.said).toMatch(words);
    expect(call.said).not.toMatch(MATTER);
    call.announced();
    expect(call.state.phase).toBe('hangingUp');
  });

  test('an answering machine is told nothing of the matter and is not put through to staff', () => {
    const call = answered(template);
    const said = [call.said];
    while (call.state.phase === 'running') {
      call.silence();
      said.push(call.said);
      expect(call.nodeId).not.toBe('staff');
    }
    expect(said.join('')).toContain('見本市、保険年金課からのお電話でした');
    expect(said.join('')).not.toMatch(MATTER);
  });

  test('a person who asks for staff is put through in opening hours, and asked for a time to be called at others', () => {
    const asked = () => answered(template).announced().press('9');
    const open = asked().send({ type: 'calendarSaid', calendarId: 'city', open: true, reason: '' });
    expect(open.nodeId).toBe('staff');
    const closed = asked().send({ type: 'calendarSaid', calendarId: 'city', open: false, reason: '' });
    expect(closed.announced().nodeId).toBe('callBack');
  });

  test('the person meant may hear it again, and who presses a key that is not offered is asked again', () => {
    const call = answered(template).announced().press('5');
    expect(call.said).toContain('お選びいただいた番号のご案内はございません');
    call.announced().press('0');
    expect(call.nodeId).toBe('greeting');
    call.announced().press('1').announced().press('0');
    expect(call.nodeId).toBe('matter');
  });

  test('speaks of 督促 to nobody: that is a legal act, done by letter', () => {
    expect(JSON.stringify(bundleOf(template))).not.toContain('督促');
  });
});

test('a reminder keeps when the person means to pay', () => {
  for (const template of overdueTemplates) {
    const call = answered(template).announced().press('1').announced().press('1').press('2');
    expect(call.actions).toContainEqual(
      expect.objectContaining({ type: 'recordAnswer', questionId: 'payment-plan', label: '今月のうち' }),
    );
  }
});
