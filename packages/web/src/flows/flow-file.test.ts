import {
  exampleParameters,
  type FlowDraft,
  FlowDraftSchema,
  healthTemplate,
  readFlowFile,
} from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { makeFlowFile } from './flow-file.ts';
import { freeName, withFreeNames } from './free-name.ts';

const AT = '2026-03-31T15:30:00.000Z';
const goTo = (id: string, flowId: string): FlowDraft =>
  FlowDraftSchema.parse({
    languageVersion: 2,
    id,
    name: id,
    startNodeId: 'on',
    nodes: { on: { kind: 'goToFlow', flowId } },
  });

test('a file holds the flow first, then those that it leads to, and no other', () => {
  const made = makeFlowFile(goTo('a', 'b'), [goTo('stranger', 'a'), goTo('b', 'a')], AT);
  if (!made.ok) throw new Error('not made');
  const reading = readFlowFile(made.text);
  if (!reading.ok) throw new Error('not readable');
  expect(reading.file.flows.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(made.flows).toBe(2);
});

test('its name is that of the flow and the day in Japan, and Windows takes it', () => {
  const [flow] = healthTemplate.make(exampleParameters(healthTemplate));
  if (flow === undefined) throw new Error('no flow');
  const nameOf = (name: string) => {
    const made = makeFlowFile({ ...flow, name }, [], AT);
    return made.ok ? made.fileName : null;
  };
  expect(nameOf('国保 資格/給付')).toBe('国保 資格_給付_2026-04-01.json');
  expect(nameOf(' ')).toBe('フロー_2026-04-01.json');
});

test('a flow whose node lacks a setting is not written, and the node is named', () => {
  const half = FlowDraftSchema.parse({
    ...goTo('a', 'b'),
    nodes: { on: { kind: 'goToFlow', title: '次の案内へ' } },
  });
  const made = makeFlowFile(half, [], AT);
  if (made.ok) throw new Error('written');
  expect(made.problems[0]?.place).toContain('次の案内へ');
});

test('a name that is taken gets a number, and stays within sixty characters', () => {
  expect(freeName('国保', [])).toBe('国保');
  expect(freeName('国保', ['国保', '国保（2）'])).toBe('国保（3）');
  expect(freeName('  ', [])).toBe('名前のないフロー');
  const long = '𠮷'.repeat(40);
  const free = freeName(long, [freeName(long, [])]);
  expect(free).toMatch(/^𠮷+（2）$/u);
  expect(free.length).toBeLessThanOrEqual(60);
  expect(withFreeNames([{ name: '国保' }, { name: '国保' }], ['国保']).map(({ name }) => name)).toEqual([
    '国保（2）',
    '国保（3）',
  ]);
});
