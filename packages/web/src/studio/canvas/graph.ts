import type { DraftNode, FlowDraft, Problem } from '@madoguchi/flow';
import type { Edge, Node } from '@xyflow/react';
import { type ShownWay, waysOut } from '../edit/ways-out.ts';
import { CARD_WIDTH, cardHeight, placesOf } from './layout.ts';
import { type CanvasMarks, wayKey } from './marks.ts';

export type CardData = {
  readonly node: DraftNode;
  readonly ways: readonly ShownWay[];
  readonly isStart: boolean;
  /** The one card that the Tab key stops at. */
  readonly isTabStop: boolean;
  readonly errors: number;
  readonly warnings: number;
  readonly isLit: boolean;
  readonly mark: string | null;
  /** Words on its ways, by branch, joined for a cheap comparison. */
  readonly wayMarks: string;
};
export type CardNode = Node<CardData, 'card'>;

/** The cards of the canvas. A card whose data are unchanged keeps its object, so that it is not drawn again. */
export function cardsOf(
  flow: FlowDraft,
  {
    problems,
    marks,
    selection,
  }: { problems: readonly Problem[]; marks: CanvasMarks; selection: ReadonlySet<string> },
  before: ReadonlyMap<string, CardNode>,
): CardNode[] {
  const places = placesOf(flow);
  const tabStop =
    [...selection].at(-1) ??
    (Object.hasOwn(flow.nodes, flow.startNodeId) ? flow.startNodeId : Object.keys(flow.nodes)[0]);
  const ofNode = Map.groupBy(
    problems.filter((problem) => problem.flowId === flow.id),
    ({ nodeId }) => nodeId,
  );
  return Object.entries(flow.nodes).map(([id, node]) => {
    const old = before.get(id);
    const own = ofNode.get(id) ?? [];
    const ways = old?.data.node === node ? old.data.ways : waysOut(node);
    const data: CardData = {
      node,
      ways,
      isStart: flow.startNodeId === id,
      isTabStop: id === tabStop,
      errors: own.filter(({ severity }) => severity === 'error').length,
      warnings: own.filter(({ severity }) => severity === 'warning').length,
      isLit: marks.litNodes.has(id),
      mark: marks.onNodes.get(id) ?? null,
      wayMarks: ways.map(({ branch }) => marks.onWays.get(wayKey(id, branch)) ?? '').join('\n'),
    };
    const position = places.get(id) ?? { x: 0, y: 0 };
    const selected = selection.has(id);
    if (old !== undefined && isSameData(old.data, data)) {
      if (old.position.x === position.x && old.position.y === position.y && old.selected === selected)
        return old;
      return { ...old, position, selected };
    }
    const size = { width: CARD_WIDTH, height: cardHeight(node) };
    return { id, type: 'card', position, data, selected, ...size, measured: size };
  });
}

/**
 * The ends of ways that the mouse can take hold of: those at the given cards. They are all that React Flow knows of ways; ways.tsx draws them.
 *
 * @param before is given back where it is the same.
 */
export function gripsOf(flow: FlowDraft, nodeIds: ReadonlySet<string>, before: Edge[]): Edge[] {
  const grips = Object.entries(flow.nodes).flatMap(([source, node]) =>
    Object.entries(node.next)
      .filter(
        ([, target]) => Object.hasOwn(flow.nodes, target) && (nodeIds.has(source) || nodeIds.has(target)),
      )
      .map(([branch, target]) => ({
        id: wayKey(source, branch),
        source,
        target,
        sourceHandle: branch,
        type: 'grip',
      })),
  );
  const isSame =
    grips.length === before.length &&
    grips.every(({ id, target }, place) => id === before[place]?.id && target === before[place]?.target);
  return isSame ? before : grips;
}

function isSameData(one: CardData, other: CardData): boolean {
  return (
    one.node === other.node &&
    one.isStart === other.isStart &&
    one.isTabStop === other.isTabStop &&
    one.errors === other.errors &&
    one.warnings === other.warnings &&
    one.isLit === other.isLit &&
    one.mark === other.mark &&
    one.wayMarks === other.wayMarks
  );
}
