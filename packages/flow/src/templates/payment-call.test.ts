import { describe, expect, test } from 'vitest';
import type { Action } from '../action.ts';
import { bundleOfFlows } from '../bundle-of-flows.ts';
import { makeRunnable } from '../make-runnable.ts';
import { exampleRecipient, recipientValuesOf } from '../recipient-values.ts';
import { TestCall } from '../testing/test-call.ts';
import { dueDateTemplates } from './due-date-notice.ts';
import { exampleParameters, type FlowTemplate } from './flow-template.ts';
import { overdueTemplates } from './overdue-reminder.ts';

const MATTER = /保険料|納付|納期限|金額|支払|12000|ミホン/;
const templates = [...dueDateTemplates, ...overdueTemplates];

function bundleOf(template: FlowTemplate) {
  return bundleOfFlows('call', template.make({ ...exampleParameters(template), calendarId: 'city' }));
}

/** A call that the city placed and that somebody, or a machine, has answered. */
function answered(template: FlowTemplate): TestCall {
  const bundle = bundleOf(template);
  const making = makeRunnable(bundle, { ownNumbers: [], calendarIds: ['city'], listIds: [], audioIds: [] });
  if (!making.ok) throw new Error('the template has errors');
  const values = exampleRecipient(recipientValuesOf(bundle));
  return new TestCall(making.flow, {
    placed: { campaignId: 'c', recipientId: 1, attemptId: 'att-1', values: { ...values } },
  });
}

/** Whoever has said to be the person meant, and keyed in a birthday. */
const identifying = (template: FlowTemplate) =>
  answered(template).announced().press('1').announced().press('0', '1', '0', '2');
const identified = (template: FlowTemplate) =>
  identifying(template).answer((id) => ({ type: 'identitySaid', id, matches: true }));

const resultsIn = (actions: readonly Action[]) =>
  actions.flatMap((action) => (action.type === 'recordResult' ? [action.result] : []));

describe.each(templates.map((template) => [template.name, template] as const))('%s', (_name, template) => {
  test('says who calls, and name and matter only to who was found to be the person meant', () => {
    const call = answered(template);
    expect(call.said).toContain('見本市、保険年金課です');
    const said = [call.said];
    for (const step of [
      () => call.announced(),
      () => call.press('1'),
      () => call.announced(),
      () => call.press('0', '1', '0', '2'),
    ]) {
      step();
      said.push(call.said);
    }
    expect(said.join('')).not.toMatch(MATTER);
    call.answer((id) => ({ type: 'identitySaid', id, matches: true }));
    expect(call.said).toMatch(/^\[ミホン タロウ\]様。.*\[2026-06-30\].*\[12000\]/);
    expect(call.said).toMatch(/行き違い.*ATMの操作.*ありません/);
  });

  test('a birthday that is not his three times is told goodbye without the matter, and recorded', () => {
    const call = identifying(template).answer((id) => ({ type: 'identitySaid', id, matches: false }));
    for (let round = 0; round < 2; round++) {
      expect(call.said).toContain('もう一度お願いします');
      call.announced().press('0', '3', '0', '3');
      call.answer((id) => ({ type: 'identitySaid', id, matches: false }));
    }
    expect(resultsIn(call.actions)).toEqual(['notIdentified']);
    expect(call.said).toMatch(/確認ができませんでした.*0725-00-2001.*失礼いたします。$/);
    expect(call.said).not.toMatch(MATTER);
  });

  test.each([
    ['a member of the family', '2', 'absent', /ご本人から、電話.*お伝えください/],
    ['who has another number', '3', 'wrongNumber', /大変失礼いたしました/],
  ] as const)('%s is told nothing of the matter, and that is recorded', (_who, key, result, words) => {
    const call = answered(template).announced().press(key);
    expect(resultsIn(call.actions)).toEqual([result]);
    expect(call.said).toMatch(words);
    expect(call.said).not.toMatch(MATTER);
    call.announced();
    expect(call.state.phase).toBe('hangingUp');
  });

  test('an answering machine is told nothing of the matter and is not put through to staff', () => {
    const beforeWho = answered(template);
    const atCheck = answered(template).announced().press('1');
    for (const call of [beforeWho, atCheck]) {
      const said = [call.said];
      while (call.state.phase === 'running') {
        call.silence();
        said.push(call.said);
        expect(call.nodeId).not.toBe('staff');
        expect(resultsIn(call.actions)).toEqual([]);
      }
      expect(said.join('')).toMatch(/見本市、保険年金課からのお電話でした.*0725-00-2001/);
      expect(said.join('')).not.toMatch(MATTER);
    }
  });

  test('a person who asks for staff is put through in opening hours, and asked for a time to be called at others', () => {
    const asked = () => answered(template).announced().press('9');
    expect(resultsIn(asked().actions)).toEqual(['consultation']);
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
    expect(identified(template).announced().press('0').nodeId).toBe('matter');
  });

  test('who heard the matter and hangs up has been informed', () => {
    expect(resultsIn(identified(template).announced().actions)).toEqual(['informed']);
  });

  test('the text message names neither the person nor the premium, the amount or the due date', () => {
    const { flows, entryFlowId } = bundleOf(template);
    const text = String(flows[entryFlowId]?.nodes['smsSms']?.['text']);
    expect(text).toContain('見本市');
    expect(text).not.toMatch(/\{\{|保険料/);
  });

  test('speaks of 督促 to nobody: that is a legal act, done by letter', () => {
    expect(JSON.stringify(bundleOf(template))).not.toContain('督促');
  });
});

test.each([
  ['1', '2026-06-08'],
  ['2', '2026-06-30'],
  ['3', null],
] as const)('a reminder records by when the person promised to pay (%s)', (key, promisedOn) => {
  for (const template of overdueTemplates) {
    const call = identified(template).announced().press('1').announced().press(key);
    expect(call.actions).toContainEqual(
      expect.objectContaining({ type: 'recordResult', result: 'promised', promisedOn }),
    );
  }
});

test('who wants no more calls is taken at his word before the due date, and talks to staff after it', () => {
  for (const template of dueDateTemplates)
    expect(resultsIn(identified(template).announced().press('7').actions)).toEqual(['optedOut']);
  for (const template of overdueTemplates) {
    const call = identified(template).announced();
    expect(call.said).toContain('この電話を希望されない方など、職員とお話しになりたい方は、9を');
    expect(resultsIn(call.press('9').actions)).toEqual(['consultation']);
    expect(call.nodeId).toBe('hours');
  }
});
