import type { DraftNode, FlowDraft, RecipientValue, VoiceId } from '@madoguchi/flow';
import { newNode } from './new-node.ts';

export type Place = { readonly x: number; readonly y: number };
/** One way out of a node. */
export type WayOut = { readonly nodeId: string; readonly branch: string };

/** A free id that says the kind: 'menu-3'. */
export function freeNodeId(flow: FlowDraft, kind: string): string {
  for (let number = 1; ; number++) {
    const id = `${kind}-${number}`;
    if (!Object.hasOwn(flow.nodes, id)) return id;
  }
}

/**
 * Puts a node of `kind` into the flow. `from`: the way out that is to lead to it; where that led on before, the new node's first way leads
 * there, so that nothing falls out of the flow. The first node of a flow is where it begins.
 */
export function addNode(
  flow: FlowDraft,
  kind: string,
  { at, from = null, firstBranch }: { at: Place | null; from?: WayOut | null; firstBranch: string | null },
): { readonly flow: FlowDraft; readonly nodeId: string } {
  const nodeId = freeNodeId(flow, kind);
  const before = from === null ? undefined : flow.nodes[from.nodeId]?.next[from.branch];
  const node = newNode(kind, at);
  const next = before !== undefined && firstBranch !== null ? { [firstBranch]: before } : {};
  const added: FlowDraft = {
    ...flow,
    startNodeId: Object.hasOwn(flow.nodes, flow.startNodeId) ? flow.startNodeId : nodeId,
    nodes: { ...flow.nodes, [nodeId]: { ...node, next } },
  };
  return { flow: from === null ? added : connect(added, from, nodeId), nodeId };
}

/** Lets a way out lead to a node, or (null) nowhere. */
export function connect(flow: FlowDraft, { nodeId, branch }: WayOut, target: string | null): FlowDraft {
  const node = flow.nodes[nodeId];
  if (node === undefined) return flow;
  const { [branch]: _, ...others } = node.next;
  return withNode(flow, nodeId, {
    ...node,
    next: target === null ? others : { ...others, [branch]: target },
  });
}

/** Changes settings of a node; a setting given as undefined is taken away, so that its default holds. */
export function changeNode(
  flow: FlowDraft,
  nodeId: string,
  settings: Readonly<Record<string, unknown>>,
): FlowDraft {
  const node = flow.nodes[nodeId];
  if (node === undefined) return flow;
  const merged = Object.entries({ ...node, ...settings }).filter(([, value]) => value !== undefined);
  return withNode(flow, nodeId, { ...node, ...Object.fromEntries(merged) });
}

/** Nodes that stay where they are stay the same objects, so that they are not drawn again. */
export function moveNodes(flow: FlowDraft, places: ReadonlyMap<string, Place>): FlowDraft {
  const nodes = Object.entries(flow.nodes).map(([id, node]): [string, DraftNode] => {
    const at = places.get(id);
    const stays = at === undefined || (node.at?.x === at.x && node.at.y === at.y);
    return [id, stays ? node : { ...node, at: { ...at } }];
  });
  return { ...flow, nodes: Object.fromEntries(nodes) };
}

/** Takes nodes out, and the ways that led to them. A flow that began with one of them begins nowhere until staff say where. */
export function removeNodes(flow: FlowDraft, nodeIds: ReadonlySet<string>): FlowDraft {
  const nodes = Object.entries(flow.nodes)
    .filter(([id]) => !nodeIds.has(id))
    .map(([id, node]): [string, DraftNode] => {
      const ways = Object.entries(node.next).filter(([, target]) => !nodeIds.has(target));
      return [id, { ...node, next: Object.fromEntries(ways) }];
    });
  return {
    ...flow,
    startNodeId: nodeIds.has(flow.startNodeId) ? '' : flow.startNodeId,
    nodes: Object.fromEntries(nodes),
  };
}

/** Nodes as they are kept for pasting, here or into another flow. */
export type CopiedNodes = Readonly<Record<string, DraftNode>>;

export function copyNodes(flow: FlowDraft, nodeIds: ReadonlySet<string>): CopiedNodes {
  return Object.fromEntries(Object.entries(flow.nodes).filter(([id]) => nodeIds.has(id)));
}

/** Puts copies in under ids of their own; ways among them are kept, ways to elsewhere are not. */
export function pasteNodes(
  flow: FlowDraft,
  copied: CopiedNodes,
  offset: Place,
): { readonly flow: FlowDraft; readonly nodeIds: readonly string[] } {
  const newIds = new Map<string, string>();
  let grown = flow;
  for (const [id, node] of Object.entries(copied)) {
    const newId = freeNodeId(grown, node.kind);
    newIds.set(id, newId);
    const at = node.at === null ? null : { x: node.at.x + offset.x, y: node.at.y + offset.y };
    grown = withNode(grown, newId, { ...structuredClone(node), at });
  }
  const nodes = { ...grown.nodes };
  for (const [id, newId] of newIds) {
    const ways = Object.entries(copied[id]?.next ?? {}).flatMap(([branch, target]) => {
      const copy = newIds.get(target);
      return copy === undefined ? [] : [[branch, copy]];
    });
    const node = nodes[newId];
    if (node !== undefined) nodes[newId] = { ...node, next: Object.fromEntries(ways) };
  }
  return { flow: { ...grown, nodes }, nodeIds: [...newIds.values()] };
}

export function beginAt(flow: FlowDraft, nodeId: string): FlowDraft {
  return { ...flow, startNodeId: nodeId };
}

/** A flow that expects no values has no list of them, as one that never had. */
export function setRecipientValues(flow: FlowDraft, values: readonly RecipientValue[]): FlowDraft {
  const { recipientValues: _, ...others } = flow;
  return values.length === 0 ? others : { ...others, recipientValues: [...values] };
}

export function rename(flow: FlowDraft, name: string): FlowDraft {
  return { ...flow, name };
}

/** Who speaks in the calls that begin here; undefined: the house's usual voice. */
export function speakIn(flow: FlowDraft, voice: VoiceId | undefined): FlowDraft {
  return { ...flow, voice };
}

function withNode(flow: FlowDraft, nodeId: string, node: DraftNode): FlowDraft {
  return { ...flow, nodes: { ...flow.nodes, [nodeId]: node } };
}
