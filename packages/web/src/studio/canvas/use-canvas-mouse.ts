import { type Connection, type Edge, type EdgeChange, type NodeChange, useStoreApi } from '@xyflow/react';
import { type MouseEvent, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { connect, moveNodes } from '../edit/edits.ts';
import { useStudio } from '../studio-context.tsx';
import { type CardNode, gripsOf } from './graph.ts';
import { placesOf } from './layout.ts';

const NOTHING: ReadonlySet<string> = new Set();

/**
 * What the mouse does on the canvas: choose, drag, connect, lead a way elsewhere.
 *
 * @param isFar cards are too small for anything but to be chosen and dragged.
 * @returns properties for React Flow.
 */
export function useCanvasMouse({ isFar }: { readonly isFar: boolean }) {
  const { flow, state, edit, dispatch } = useStudio();
  const store = useStoreApi<CardNode>();
  const { selection, mayEdit } = state;
  // What React Flow is handed stays the same while somebody types: each thing that is new makes all cards look at its store.
  const latest = useRef({ flow, selection });
  useLayoutEffect(() => {
    latest.current = { flow, selection };
  }, [flow, selection]);

  const [pointedAt, setPointedAt] = useState<string | null>(null);
  const gripped = useRef<Edge[]>([]);
  const grips = useMemo(() => {
    const held = pointedAt === null ? selection : new Set([...selection, pointedAt]);
    gripped.current = gripsOf(flow, mayEdit && !isFar ? held : NOTHING, gripped.current);
    return gripped.current;
  }, [flow, selection, pointedAt, mayEdit, isFar]);
  const pointAt = useCallback((event: MouseEvent, card: CardNode) => {
    // What is dragged passes other cards.
    if (event.buttons === 0) setPointedAt(card.id);
  }, []);

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      const chosen = new Map(
        changes.flatMap((each) => (each.type === 'select' ? [[each.id, each.selected] as const] : [])),
      );
      if (chosen.size > 0) {
        const before = latest.current.selection;
        const kept = [...before].filter((id) => chosen.get(id) !== false);
        const added = [...chosen].filter(([id, isChosen]) => isChosen && !before.has(id));
        dispatch({ type: 'select', nodeIds: [...kept, ...added.map(([id]) => id)] });
      }
      const places = new Map(
        changes.flatMap((each) =>
          each.type === 'position' && each.position !== undefined ? [[each.id, each.position] as const] : [],
        ),
      );
      if (places.size === 0) return;
      // While a card is dragged only React Flow knows its place, and nothing of the studio is drawn again; the flow gets it when it is let go.
      const { nodes, setNodes } = store.getState();
      setNodes(
        nodes.map((card) => {
          const position = places.get(card.id);
          return position === undefined ? card : { ...card, position };
        }),
      );
    },
    [store, dispatch],
  );

  const letGo = useCallback(
    (_event: unknown, _card: unknown, moved: readonly CardNode[]) => {
      const { flow } = latest.current;
      const places = new Map(placesOf(flow));
      for (const { id, position } of moved)
        places.set(id, { x: Math.round(position.x), y: Math.round(position.y) });
      edit(moveNodes(flow, places));
    },
    [edit],
  );

  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      const { flow } = latest.current;
      if (sourceHandle !== null) edit(connect(flow, { nodeId: source, branch: sourceHandle }, target));
    },
    [edit],
  );
  const onReconnect = useCallback(
    (edge: Edge, to: Connection) => {
      const { flow } = latest.current;
      if (edge.sourceHandle == null || to.sourceHandle === null) return;
      const freed = connect(flow, { nodeId: edge.source, branch: edge.sourceHandle }, null);
      edit(connect(freed, { nodeId: to.source, branch: to.sourceHandle }, to.target));
    },
    [edit],
  );
  const onEdgesChange = useCallback((_changes: EdgeChange[]) => undefined, []);

  return {
    edges: grips,
    onNodesChange,
    onEdgesChange,
    onNodeMouseEnter: pointAt,
    onNodeDragStop: letGo,
    onConnect,
    onReconnect,
  };
}
