import type { BundleDraft, DraftNode } from '../draft.ts';
import type { BoundNode, Branch } from '../node-kind.ts';
import { nodeKind } from '../nodes/registry.ts';
import { type RecipientValue, recipientValuesOf } from '../recipient-values.ts';

/** A node of the bundle as the checker walks it. `node` null: its settings cannot be read, its `next` still can. */
export type Vertex = {
  readonly flowId: string;
  readonly nodeId: string;
  readonly draft: DraftNode;
  readonly node: BoundNode | null;
  readonly badFields: readonly string[];
  readonly edges: readonly Edge[];
};

export type Edge = {
  readonly branch: string;
  readonly label: string;
  /** Null: leads nowhere. */
  readonly to: string | null;
  readonly passive: boolean;
  readonly sets: readonly string[];
  /** Taken in opening hours only, or outside them only; null: at any time. */
  readonly when: 'open' | 'closed' | null;
  /** Whoever takes it was found to be the person meant. */
  readonly identifies: boolean;
};

export type Graph = {
  readonly vertices: ReadonlyMap<string, Vertex>;
  /** Null where the entry flow or its start is missing. */
  readonly start: string | null;
  /** Vertices that a call can come to, the start first. */
  readonly reachable: ReadonlySet<string>;
  /** What the bundle may say of the person whom the city calls; empty where it is for received calls. */
  readonly recipientValues: readonly RecipientValue[];
};

const vertexKey = (flowId: string, nodeId: string): string => `${flowId}/${nodeId}`;

/** The flows of a bundle as one graph. */
export function graphOf(bundle: BundleDraft): Graph {
  const vertices = new Map<string, Vertex>();
  for (const [flowId, flow] of Object.entries(bundle.flows)) {
    for (const [nodeId, draft] of Object.entries(flow.nodes)) {
      vertices.set(vertexKey(flowId, nodeId), vertexOf(bundle, flowId, nodeId, draft));
    }
  }
  const start = startOf(bundle, bundle.entryFlowId);
  return {
    vertices,
    start,
    reachable: new Set(start === null ? [] : reachableFrom(vertices, start)),
    recipientValues: recipientValuesOf(bundle),
  };
}

/** All that can be come to from a vertex over the edges that `follows` admits, itself first. */
export function reachableFrom(
  vertices: ReadonlyMap<string, Vertex>,
  from: string,
  follows: (edge: Edge, from: Vertex) => boolean = () => true,
): readonly string[] {
  const seen = new Set([from]);
  // A Set is walked in the order of adding, what is added on the way included.
  for (const key of seen) {
    const vertex = vertices.get(key);
    for (const edge of vertex?.edges ?? []) {
      if (vertex !== undefined && edge.to !== null && follows(edge, vertex)) seen.add(edge.to);
    }
  }
  return [...seen];
}

/** Groups of vertices that lie on a common loop, of those that `follows` admits; in the order of the graph. */
export function loopsOf(
  graph: Graph,
  follows: (from: Vertex, edge: Edge, to: Vertex) => boolean,
): readonly (readonly Vertex[])[] {
  const onward = new Map<string, Set<string>>();
  for (const key of graph.reachable) onward.set(key, reachedBy(graph, key, follows));
  const loops: Vertex[][] = [];
  const done = new Set<string>();
  for (const [key, reached] of onward) {
    if (done.has(key) || !reached.has(key)) continue;
    const loop = [key, ...[...reached].filter((other) => other !== key && onward.get(other)?.has(key))];
    for (const member of loop) done.add(member);
    loops.push(loop.flatMap((member) => graph.vertices.get(member) ?? []));
  }
  return loops;
}

function reachedBy(
  graph: Graph,
  from: string,
  follows: (from: Vertex, edge: Edge, to: Vertex) => boolean,
): Set<string> {
  const reached = new Set<string>();
  const queue = [from];
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    const vertex = graph.vertices.get(key);
    for (const edge of vertex?.edges ?? []) {
      const to = edge.to === null ? undefined : graph.vertices.get(edge.to);
      if (vertex === undefined || to === undefined || edge.to === null) continue;
      if (reached.has(edge.to) || !follows(vertex, edge, to)) continue;
      reached.add(edge.to);
      queue.push(edge.to);
    }
  }
  return reached;
}

/**
 * What is certain at each reachable vertex, whatever way a call came: the intersection over all ways of what the edges give.
 * Used for 'a notice was given', 'this value is set' and 'the person meant is on the line'. `atStart`: what every call begins with.
 */
export function certainAt(
  graph: Graph,
  gives: (vertex: Vertex, edge: Edge) => readonly string[],
  atStart: readonly string[] = [],
): ReadonlyMap<string, ReadonlySet<string>> {
  const beginnings = graph.start === null ? [] : [[graph.start, new Set(atStart)] as const];
  return certainFrom(graph.vertices, beginnings, gives);
}

/** As `certainAt`, for calls that stand at one of some vertices with what is certain there, over the edges that `follows` admits. */
export function certainFrom(
  vertices: ReadonlyMap<string, Vertex>,
  beginnings: Iterable<readonly [string, ReadonlySet<string>]>,
  gives: (vertex: Vertex, edge: Edge) => readonly string[],
  follows: (edge: Edge) => boolean = () => true,
): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, ReadonlySet<string>>();
  for (const [key, facts] of beginnings) {
    const others = known.get(key);
    known.set(key, new Set([...facts].filter((fact) => others?.has(fact) ?? true)));
  }
  const queue = [...known.keys()];
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    const vertex = vertices.get(key);
    const here = known.get(key) ?? new Set<string>();
    for (const edge of vertex?.edges ?? []) {
      if (vertex === undefined || edge.to === null || !follows(edge)) continue;
      const arriving = new Set([...here, ...gives(vertex, edge)]);
      const before = known.get(edge.to);
      const after =
        before === undefined ? arriving : new Set([...before].filter((fact) => arriving.has(fact)));
      if (before !== undefined && after.size === before.size) continue;
      known.set(edge.to, after);
      queue.push(edge.to);
    }
  }
  return known;
}

function vertexOf(bundle: BundleDraft, flowId: string, nodeId: string, draft: DraftNode): Vertex {
  const binding = nodeKind(draft.kind)?.bind(draft) ?? null;
  const node = binding?.ok ? binding.node : null;
  const badFields = binding !== null && !binding.ok ? binding.fields : [];
  const branches =
    node?.branches ?? Object.keys(draft.next).map((name): Branch => ({ name, label: name, passive: false }));
  const edges: Edge[] = branches.map(({ name, label, passive, sets, when, identifies }) => ({
    branch: name,
    label,
    to: targetOf(bundle, flowId, draft, name),
    passive,
    sets: sets ?? [],
    when: when ?? null,
    identifies: identifies ?? false,
  }));
  if (node !== null && node.targetFlow !== null) {
    const to = startOf(bundle, node.targetFlow);
    edges.push({
      branch: 'go',
      label: '別のフローへ',
      to,
      passive: true,
      sets: [],
      when: null,
      identifies: false,
    });
  }
  return { flowId, nodeId, draft, node, badFields, edges };
}

function targetOf(bundle: BundleDraft, flowId: string, draft: DraftNode, branch: string): string | null {
  const nodeId = Object.hasOwn(draft.next, branch) ? draft.next[branch] : undefined;
  const nodes = bundle.flows[flowId]?.nodes ?? {};
  return nodeId !== undefined && Object.hasOwn(nodes, nodeId) ? vertexKey(flowId, nodeId) : null;
}

function startOf(bundle: BundleDraft, flowId: string): string | null {
  const flow = Object.hasOwn(bundle.flows, flowId) ? bundle.flows[flowId] : undefined;
  if (flow === undefined || !Object.hasOwn(flow.nodes, flow.startNodeId)) return null;
  return vertexKey(flowId, flow.startNodeId);
}
