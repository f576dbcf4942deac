import type { FlowDraft } from './draft.ts';
import { writtenFlow } from './make-runnable.ts';

/** Whether two flows mean the same to a caller and to statistics: the order of settings, defaults left out and places on the canvas apart. */
export function isSameFlow(one: FlowDraft, other: FlowDraft): boolean {
  return meaningOf(one) === meaningOf(other);
}

function meaningOf(flow: FlowDraft): string {
  const nodes = Object.entries(writtenFlow(flow).nodes).map(([id, node]) => [id, { ...node, at: null }]);
  return JSON.stringify({ ...flow, nodes: Object.fromEntries(nodes) }, sortedKeys);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
