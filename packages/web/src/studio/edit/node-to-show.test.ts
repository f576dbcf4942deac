import { type FlowDraft, FlowDraftSchema, LANGUAGE_VERSION } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { removeNodes } from './edits.ts';
import { nodeToShow } from './node-to-show.ts';

const end = (x: number, y: number) => ({ kind: 'end', at: { x, y } });
const FLOW: FlowDraft = FlowDraftSchema.parse({
  languageVersion: LANGUAGE_VERSION,
  id: 'main',
  name: '試し',
  startNodeId: 'first',
  nodes: { first: end(0, 0), far: end(900, 0), near: end(100, 50), chosen: end(100, 200) },
});

test('after a node is deleted, work by keys goes on at the one that stood nearest', () => {
  const after = removeNodes(FLOW, new Set(['chosen']));
  expect(nodeToShow(FLOW, after, 'chosen')).toBe('near');
});

test('a node that comes back is gone to; where the node of before is still there, nothing moves', () => {
  const without = removeNodes(FLOW, new Set(['chosen']));
  expect(nodeToShow(without, FLOW, 'near')).toBe('chosen');
  expect(nodeToShow(FLOW, without, 'far')).toBe('far');
});

test('in a flow with nothing left there is nothing to go to', () => {
  expect(nodeToShow(FLOW, removeNodes(FLOW, new Set(Object.keys(FLOW.nodes))), 'chosen')).toBeNull();
});
