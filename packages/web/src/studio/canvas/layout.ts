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

/** Where ways reach a card, from its upper left corner: the outer end of the handle that node-card.tsx and canvas.css draw. */
export const WAY_IN: Place = { x: -7, y: 27 };
const WAY_OUT = { x: CARD_WIDTH + 5, y: 16.5 };
/** Width and height of a handle. */
export const HANDLE = 14;

/** A node that has not changed is the same object, so what was worked out of it holds. */
const heights = new WeakMap<DraftNode, number>();

export function cardHeight(node: DraftNode): number {
  const known = heights.get(node);
  if (known !== undefined) return known;
  const height = headHeight(node) + waysOut(node).length * WAY_HEIGHT + EDGE;
  heights.set(node, height);
  return height;
}

/** Where a way leaves its card, from the card's upper left corner. @param row of the way among the card's ways, from 0. */
export function wayStart(node: DraftNode, row: number): Place {
  return { x: WAY_OUT.x, y: headHeight(node) + row * WAY_HEIGHT + WAY_OUT.y };
}

function headHeight(node: DraftNode): number {
  return HEAD_HEIGHT + (firstWordsOf(node) === '' ? 0 : WORDS_HEIGHT);
}

/** Places for the nodes that have none; those that staff have placed stay. Where none has one, the whole flow is laid out. */
export function placesOf(flow: FlowDraft): ReadonlyMap<string, Place> {
  const placed = Object.entries(flow.nodes).flatMap(([id, { at }]) =>
    at === null ? [] : [[id, at] as const],
  );
  if (placed.length === Object.keys(flow.nodes).length) return new Map(placed);
  const whole = layOut(flow);
  if (placed.length === 0) return whole;
  // What is new stands below what staff have arranged.
  const bottom = Math.max(...placed.map(([id, at]) => at.y + heightOf(flow, id)));
  const places = new Map<string, Place>(placed);
  let y = bottom + WAY_HEIGHT * 2;
  for (const [id, { x }] of whole) {
    if (places.has(id)) continue;
    places.set(id, { x, y });
    y += heightOf(flow, id) + WAY_HEIGHT;
  }
  return places;
}

/** The last layout: what is typed into a card hardly ever changes where cards stand, and with 300 of them a layout takes a tenth of a second. */
let latest: { readonly shape: string; readonly places: ReadonlyMap<string, Place> } | null = null;

/** The whole flow from left to right, so that most ways run forwards. */
export function layOut(flow: FlowDraft): ReadonlyMap<string, Place> {
  const shape = JSON.stringify(
    Object.entries(flow.nodes).map(([id, node]) => [id, cardHeight(node), Object.values(node.next)]),
  );
  if (latest?.shape !== shape) latest = { shape, places: laidOut(flow) };
  return latest.places;
}

function laidOut(flow: FlowDraft): ReadonlyMap<string, Place> {
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
