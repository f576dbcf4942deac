import { FlowDraftSchema, LANGUAGE_VERSION } from '@madoguchi/flow';
import type { Counts } from '@madoguchi/server/count-contract';
import { expect, test } from 'vitest';
import { wayKey } from '../canvas/marks.ts';
import { figuresOf, marksOf, percentOf } from './figures.ts';
import { rowsOf } from './rows.ts';

const say = (next: string) => ({
  kind: 'announcement',
  prompt: { type: 'text', text: '案内' },
  next: { next },
});
const FLOW = FlowDraftSchema.parse({
  languageVersion: LANGUAGE_VERSION,
  id: 'main',
  name: '窓口',
  startNodeId: 'greeting',
  nodes: { end: { kind: 'end' }, unused: say('end'), greeting: say('end') },
});
const COUNTS: Counts = {
  calls: 300,
  unanswered: 4,
  branches: [
    { flowId: 'main', nodeId: 'greeting', branch: 'next', count: 260 },
    { flowId: 'main', nodeId: 'end', branch: 'end', count: 258 },
    // A node of the same name in another flow.
    { flowId: 'sub', nodeId: 'greeting', branch: 'next', count: 7 },
  ],
  places: [
    { flowId: 'main', nodeId: 'greeting', came: 296, hungUp: 30, ended: 5, talking: 1 },
    { flowId: 'main', nodeId: 'end', came: 260, hungUp: 0, ended: 2, talking: 0 },
    { flowId: 'sub', nodeId: 'greeting', came: 7, hungUp: 0, ended: 0, talking: 0 },
  ],
  numbers: [],
};

test('figures stand at the flow that they belong to, in the order in which a call goes through it', () => {
  const figures = figuresOf(FLOW, COUNTS);
  expect(figures.map(({ nodeId, came }) => [nodeId, came])).toEqual([
    ['greeting', 296],
    ['end', 260],
    ['unused', 0],
  ]);
  const { onWays, onNodes, wayWidths } = marksOf(figures, COUNTS.calls);
  expect(onWays.get(wayKey('greeting', 'next'))).toBe('260件 (88%)');
  expect(onNodes.get('greeting')).toBe('296件　ここで切った方 30件');
  expect(onNodes.get('end')).toBe('260件');
  expect(wayWidths.get(wayKey('greeting', 'next'))).toBe(5);
  expect(wayWidths.get(wayKey('unused', 'next'))).toBe(0);
});

test('the rows of a node add up to the calls that came to it', () => {
  const rows = rowsOf(figuresOf(FLOW, COUNTS));
  const byNode = Map.groupBy(rows, ({ nodeId }) => nodeId);
  const sums = [...byNode].map(([nodeId, some]) => [nodeId, some.reduce((sum, { count }) => sum + count, 0)]);
  expect(sums).toEqual([
    ['greeting', 296],
    ['end', 260],
    ['unused', 0],
  ]);
});

test('a share that is there is never shown as none', () => {
  expect([percentOf(0, 900), percentOf(1, 900), percentOf(450, 900), percentOf(900, 900)]).toEqual([
    '0%',
    '1%未満',
    '50%',
    '100%',
  ]);
});
