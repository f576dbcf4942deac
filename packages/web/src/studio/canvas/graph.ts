import type { DraftNode, FlowDraft, Problem } from '@madoguchi/flow';
import type { Edge, Node } from '@xyflow/react';
import { type ShownWay, waysOut } from '../edit/ways-out.ts';
import { titleOf } from '../node-words.ts';
import type { Tools } from '../tools.tsx';
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
  /** Given where this card is to take the focus; another object each time. */
  readonly shown: Tools['shown'];
};
/** React Flow would have a screen reader say 'node' and 'edge', in English. */
const PLAIN = { 'aria-roledescription': undefined };

export type CardNode = Node<CardData, 'card'>;

/** The cards of the canvas. A card whose data are unchanged keeps its object, so that it is not drawn again. */
export function cardsOf(
  flow: FlowDraft,
  {
    problems,
    marks,
    selection,
    shown,
  }: {
    problems: readonly Problem[];
    marks: CanvasMarks;
    selection: ReadonlySet<string>;
    shown: Tools['shown'];
  },
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
    const ways = waysOut(node);
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
      shown: shown?.nodeId === id ? shown : null,
    };
    const position = places.get(id) ?? { x: 0, y: 0 };
    const selected = selection.has(id);
    if (old !== undefined && isSameData(old.data, data)) {
      if (old.position.x === position.x && old.position.y === position.y && old.selected === selected)
        return old;
      return { ...old, position, selected };
    }
    const size = { width: CARD_WIDTH, height: cardHeight(node) };
    return { id, type: 'card', position, data, selected, ...size, measured: size, domAttributes: PLAIN };
  });
}

export function waysOf(flow: FlowDraft, marks: CanvasMarks): Edge[] {
  return Object.entries(flow.nodes).flatMap(([source, node]) =>
    waysOut(node).flatMap(({ branch, label, target }): Edge[] => {
      const next = target === null ? undefined : flow.nodes[target];
      if (target === null || next === undefined) return [];
      const key = wayKey(source, branch);
      const isLit = marks.litWays.has(key);
      const width = marks.wayWidths.get(key);
      return [
        {
          id: key,
          source,
          target,
          sourceHandle: branch,
          type: 'smoothstep',
          className: isLit ? 'way-lit' : width === undefined ? 'way' : `way way-width-${width}`,
          ...(isLit ? { zIndex: 1 } : {}),
          ariaLabel: `「${titleOf(node)}」の「${label}」から「${titleOf(next)}」へ`,
          domAttributes: PLAIN,
        },
      ];
    }),
  );
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
    one.wayMarks === other.wayMarks &&
    one.shown === other.shown
  );
}
