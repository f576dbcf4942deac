import type { DraftNode, FlowDraft } from '@madoguchi/flow';
import { setRecipientValues } from './edits.ts';

export type Merge = {
  /** Both sides' changes; where both changed one thing, mine. */
  readonly flow: FlowDraft;
  /** Nodes that both changed, each otherwise: somebody must choose. `''` stands for the flow's name, voice, beginning and values of recipients. */
  readonly conflicts: readonly string[];
  /** Whether the other side brought anything. */
  readonly isChanged: boolean;
};

/**
 * Puts together what two people made of one flow, node by node, so that nobody's work is overwritten unseen. A node's place on the canvas
 * alone is no conflict.
 *
 * @param base what both began from
 */
export function merge(base: FlowDraft, mine: FlowDraft, theirs: FlowDraft): Merge {
  const conflicts: string[] = [];
  const ids = new Set([mine, theirs, base].flatMap((flow) => Object.keys(flow.nodes)));
  const nodes: Record<string, DraftNode> = {};
  for (const id of ids) {
    const { node, isConflict } = mergeNode(base.nodes[id], mine.nodes[id], theirs.nodes[id]);
    if (node !== undefined) nodes[id] = node;
    if (isConflict) conflicts.push(id);
  }
  const name = pick(base.name, mine.name, theirs.name);
  const start = pick(base.startNodeId, mine.startNodeId, theirs.startNodeId);
  const voice = pick(base.voice, mine.voice, theirs.voice);
  const values = pick(base.recipientValues ?? [], mine.recipientValues ?? [], theirs.recipientValues ?? []);
  if ([name, start, voice, values].some(({ isConflict }) => isConflict)) conflicts.push('');
  const own = { name: name.value, startNodeId: start.value, voice: voice.value };
  return {
    flow: setRecipientValues({ ...mine, ...own, nodes }, values.value),
    conflicts,
    isChanged: !isSame(base, theirs),
  };
}

/** A node with `choice` in place of what the merge took: for who looked at a conflict. */
export function choose(flow: FlowDraft, theirs: FlowDraft, conflict: string): FlowDraft {
  if (conflict === '') {
    const { name, startNodeId, voice } = theirs;
    return setRecipientValues({ ...flow, name, startNodeId, voice }, theirs.recipientValues ?? []);
  }
  const { [conflict]: _, ...others } = flow.nodes;
  const node = theirs.nodes[conflict];
  return { ...flow, nodes: node === undefined ? others : { ...others, [conflict]: node } };
}

function mergeNode(
  base: DraftNode | undefined,
  mine: DraftNode | undefined,
  theirs: DraftNode | undefined,
): { readonly node: DraftNode | undefined; readonly isConflict: boolean } {
  const content = (node: DraftNode | undefined) => (node === undefined ? null : { ...node, at: null });
  const { value, isConflict } = pick(content(base), content(mine), content(theirs));
  if (value === null) return { node: undefined, isConflict };
  const at = pick(base?.at ?? null, mine?.at ?? null, theirs?.at ?? null).value;
  return { node: { ...value, at }, isConflict };
}

function pick<T>(base: T, mine: T, theirs: T): { readonly value: T; readonly isConflict: boolean } {
  if (isSame(mine, theirs) || isSame(base, theirs)) return { value: mine, isConflict: false };
  if (isSame(base, mine)) return { value: theirs, isConflict: false };
  return { value: mine, isConflict: true };
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, sortedKeys) === JSON.stringify(other, sortedKeys);
}

/** The database gives keys back in an order of its own. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
