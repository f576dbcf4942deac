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
/** A flow that leads to no other and uses nothing of the house. */
const PLAIN = { others: [], at: AT, wordsOf: async () => ({ announcements: [], readings: [] }) };
const goTo = (id: string, flowId: string): FlowDraft =>
  FlowDraftSchema.parse({
    languageVersion: 2,
    id,
    name: id,
    startNodeId: 'on',
    nodes: { on: { kind: 'goToFlow', flowId } },
  });

test('a file holds the flow first, then those that it leads to, and no other', async () => {
  const made = await makeFlowFile(goTo('a', 'b'), {
    ...PLAIN,
    others: [goTo('stranger', 'a'), goTo('b', 'a')],
  });
  if (!made.ok) throw new Error('not made');
  const reading = readFlowFile(made.text);
  if (!reading.ok) throw new Error('not readable');
  expect(reading.file.flows.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(made.flows).toBe(2);
});

test('its name is that of the flow and the day in Japan, and Windows takes it', async () => {
  const [flow] = healthTemplate.make(exampleParameters(healthTemplate));
  if (flow === undefined) throw new Error('no flow');
  const nameOf = async (name: string) => {
    const made = await makeFlowFile({ ...flow, name }, PLAIN);
    return made.ok ? made.fileName : null;
  };
  expect(await nameOf('国保 資格/給付')).toBe('国保 資格_給付_2026-04-01.json');
  expect(await nameOf(' ')).toBe('フロー_2026-04-01.json');
});

test('a flow whose node lacks a setting is not written, and the node is named', async () => {
  const half = FlowDraftSchema.parse({
    ...goTo('a', 'b'),
    nodes: { on: { kind: 'goToFlow', title: '次の案内へ' } },
  });
  const made = await makeFlowFile(half, PLAIN);
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
