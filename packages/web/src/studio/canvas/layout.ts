import dagre from '@dagrejs/dagre';
import type { DraftNode, FlowDraft } from '@madoguchi/flow';
import type { Place } from '../edit/edits.ts';
import { waysOut } from '../edit/ways-out.ts';
import { firstWordsOf } from '../node-words.ts';

/** Sizes of a card in canvas units, as node-card.tsx draws it. */
export const CARD_WIDTH = 256;
const HEAD_HEIGHT = 56;
const WORDS_HEIGHT = 48;
export const WAY_HEIGHT = 32;
const EDGE = 4;

export function cardHeight(node: DraftNode): number {
  const words = firstWordsOf(node) === '' ? 0 : WORDS_HEIGHT;
  return HEAD_HEIGHT + words + waysOut(node).length * WAY_HEIGHT + EDGE;
}

/** Places for the nodes that have none; those that staff have placed stay. Where none has one, the whole flow is laid out. */
export function placesOf(flow: FlowDraft): ReadonlyMap<string, Place> {
  const placed = Object.entries(flow.nodes).flatMap(([id, { at }]) =>
    at === null ? [] : [[id, at] as const],
  );
  if (placed.length === Object.keys(flow.nodes).length) return new Map(placed);
  const laidOut = layOut(flow);
  if (placed.length === 0) return laidOut;
  // What is new stands below what staff have arranged.
  const bottom = Math.max(...placed.map(([id, at]) => at.y + heightOf(flow, id)));
  const places = new Map<string, Place>(placed);
  let y = bottom + WAY_HEIGHT * 2;
  for (const [id, { x }] of laidOut) {
    if (places.has(id)) continue;
    places.set(id, { x, y });
    y += heightOf(flow, id) + WAY_HEIGHT;
  }
  return places;
}

/** The whole flow from left to right, so that most ways run forwards. */
export function layOut(flow: FlowDraft): ReadonlyMap<string, Place> {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 96, marginx: 24, marginy: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [id, node] of Object.entries(flow.nodes)) {
    graph.setNode(id, { width: CARD_WIDTH, height: cardHeight(node) });
  }
  for (const [id, node] of Object.entries(flow.nodes)) {
    for (const target of Object.values(node.next)) {
      if (target !== id && Object.hasOwn(flow.nodes, target)) graph.setEdge(id, target);
    }
  }
  dagre.layout(graph);
  return new Map(
    Object.keys(flow.nodes).map((id) => {
      const { x, y, width, height } = graph.node(id);
      return [id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }];
    }),
  );
}

function heightOf(flow: FlowDraft, nodeId: string): number {
  const node = flow.nodes[nodeId];
  return node === undefined ? 0 : cardHeight(node);
}
