import type { DraftNode, FlowDraft, Problem } from '@madoguchi/flow';
import { type Edge, type Node, type NodeHandle, Position } from '@xyflow/react';
import { type ShownWay, waysOut } from '../edit/ways-out.ts';
import { titleOf } from '../node-words.ts';
import type { Tools } from '../tools.tsx';
import { CARD_WIDTH, cardHeight, HANDLE, placesOf, WAY_IN, wayStart } from './layout.ts';
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
    const handles = handlesOf(node, ways);
    return {
      id,
      type: 'card',
      position,
      data,
      selected,
      ...size,
      measured: size,
      handles,
      domAttributes: PLAIN,
    };
  });
}

/** Where ways can be taken hold of. Told to React Flow, so that it never has to measure a thousand of them, and knows those of cards without any. */
function handlesOf(node: DraftNode, ways: readonly ShownWay[]): NodeHandle[] {
  const size = { width: HANDLE, height: HANDLE };
  return [
    { id: null, type: 'target', position: Position.Left, x: WAY_IN.x, y: WAY_IN.y - HANDLE / 2, ...size },
    ...ways.map(({ branch }, row): NodeHandle => {
      const { x, y } = wayStart(node, row);
      return {
        id: branch,
        type: 'source',
        position: Position.Right,
        x: x - HANDLE,
        y: y - HANDLE / 2,
        ...size,
      };
    }),
  ];
}

/**
 * The ends of ways that the mouse can take hold of: those at the given cards. They are all that React Flow knows of ways; ways.tsx draws them.
 *
 * @param before is given back where it is the same.
 */
export function gripsOf(flow: FlowDraft, nodeIds: ReadonlySet<string>, before: Edge[]): Edge[] {
  const grips = Object.entries(flow.nodes)
    .filter(([id, node]) => nodeIds.has(id) || Object.values(node.next).some((target) => nodeIds.has(target)))
    .flatMap(([source, node]) =>
      waysOut(node).flatMap(({ branch, label, target }): Edge[] => {
        const next = target === null ? undefined : flow.nodes[target];
        if (target === null || next === undefined) return [];
        if (!nodeIds.has(source) && !nodeIds.has(target)) return [];
        return [
          {
            id: wayKey(source, branch),
            source,
            target,
            sourceHandle: branch,
            type: 'grip',
            ariaLabel: `「${titleOf(node)}」の「${label}」から「${titleOf(next)}」へ`,
            domAttributes: PLAIN,
          },
        ];
      }),
    );
  const isSame =
    grips.length === before.length &&
    grips.every(
      ({ id, target, ariaLabel }, place) =>
        id === before[place]?.id &&
        target === before[place]?.target &&
        ariaLabel === before[place]?.ariaLabel,
    );
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
    one.wayMarks === other.wayMarks &&
    one.shown === other.shown
  );
}
