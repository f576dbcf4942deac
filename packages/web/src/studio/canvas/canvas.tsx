import '@xyflow/react/dist/base.css';
import './canvas.css';
import {
  Background,
  type Connection,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  Panel,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { type DragEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Empty } from '../../design/empty.tsx';
import { addNode, connect, moveNodes } from '../edit/edits.ts';
import { newNode } from '../edit/new-node.ts';
import { firstBranchOf } from '../edit/ways-out.ts';
import { useStudio } from '../studio-context.tsx';
import { useTools } from '../tools.tsx';
import { CanvasControls } from './canvas-controls.tsx';
import { type CardNode, cardsOf, waysOf } from './graph.ts';
import { CARD_WIDTH, placesOf } from './layout.ts';
import { NodeCard } from './node-card.tsx';
import { DRAGGED_KIND } from './palette.tsx';
import { useCanvasKeys } from './use-canvas-keys.ts';

const MINIMAP = { width: 150, height: 100 };
const NODE_TYPES = { card: NodeCard };
/** Least zoom at which a card's title can be read. */
const READABLE = 0.6;
const NO_CARDS: ReadonlyMap<string, CardNode> = new Map();

/** The flow as a picture: drag, connect, zoom; the same by keys. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <Flow />
    </ReactFlowProvider>
  );
}

function Flow() {
  const { flow, problems, state, edit, dispatch } = useStudio();
  const { marks, shown, show } = useTools();
  const { setCenter, getZoom, screenToFlowPosition } = useReactFlow();
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef(NO_CARDS);
  const onKeyDown = useCanvasKeys();
  const { selection, mayEdit } = state;

  const fresh = useMemo(() => {
    const cards = cardsOf(flow, { problems, marks, selection }, drawn.current);
    drawn.current = new Map(cards.map((card) => [card.id, card]));
    return cards;
  }, [flow, problems, marks, selection]);
  // While a card is dragged only the canvas knows its place; the flow gets it when it is let go.
  const [dragged, setDragged] = useState<{ of: typeof fresh; cards: CardNode[] } | null>(null);
  const cards = dragged?.of === fresh ? dragged.cards : fresh;
  const edges = useMemo(() => waysOf(flow, marks), [flow, marks]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNode>[]) => {
      const chosen = new Map(
        changes.flatMap((each) => (each.type === 'select' ? [[each.id, each.selected] as const] : [])),
      );
      if (chosen.size > 0) {
        const kept = [...selection].filter((id) => chosen.get(id) !== false);
        const added = [...chosen].filter(([id, isChosen]) => isChosen && !selection.has(id));
        dispatch({ type: 'select', nodeIds: [...kept, ...added.map(([id]) => id)] });
      }
      const places = new Map(
        changes.flatMap((each) =>
          each.type === 'position' && each.position !== undefined ? [[each.id, each.position] as const] : [],
        ),
      );
      if (places.size === 0) return;
      setDragged((before) => {
        const from = before?.of === fresh ? before.cards : fresh;
        return {
          of: fresh,
          cards: from.map((card) => {
            const position = places.get(card.id);
            return position === undefined ? card : { ...card, position };
          }),
        };
      });
    },
    [fresh, selection, dispatch],
  );

  const letGo = useCallback(
    (_event: unknown, _card: unknown, moved: readonly CardNode[]) => {
      const places = new Map(placesOf(flow));
      for (const { id, position } of moved)
        places.set(id, { x: Math.round(position.x), y: Math.round(position.y) });
      edit(moveNodes(flow, places));
    },
    [flow, edit],
  );

  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      if (sourceHandle !== null) edit(connect(flow, { nodeId: source, branch: sourceHandle }, target));
    },
    [flow, edit],
  );
  const onEdgesChange = useCallback((_changes: EdgeChange[]) => undefined, []);

  /** The node for which somebody came; without one the whole flow where it can still be read, else its beginning. */
  const beginView = useCallback(
    (instance: ReactFlowInstance<CardNode>) => {
      const wanted = shown === null ? undefined : drawn.current.get(shown.nodeId);
      if (shown !== null && wanted !== undefined) {
        document.getElementById(`card-${shown.nodeId}`)?.focus({ preventScroll: true });
        void instance.setCenter(wanted.position.x + CARD_WIDTH / 2, wanted.position.y + 60, { zoom: 1 });
        return;
      }
      const beginning = drawn.current.get(flow.startNodeId);
      const { width, height } = instance.getNodesBounds([...drawn.current.keys()]);
      const view = box.current?.getBoundingClientRect();
      const isSmall =
        view !== undefined && width * READABLE <= view.width && height * READABLE <= view.height;
      if (beginning === undefined || view === undefined || isSmall) {
        void instance.fitView({ maxZoom: 1 });
        return;
      }
      const { x, y } = beginning.position;
      void instance.setViewport({ x: 32 - x, y: view.height / 2 - y - 60, zoom: 1 });
    },
    [flow.startNodeId, shown],
  );

  const onDrop = (event: DragEvent) => {
    const kind = event.dataTransfer.getData(DRAGGED_KIND);
    if (kind === '' || !mayEdit) return;
    event.preventDefault();
    const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    const place = { x: Math.round(at.x - CARD_WIDTH / 2), y: Math.round(at.y - 28) };
    const settled = moveNodes(flow, placesOf(flow));
    const added = addNode(settled, kind, { at: place, firstBranch: firstBranchOf(newNode(kind, null)) });
    edit(added.flow);
    show(added.nodeId);
  };

  useEffect(() => {
    if (shown === null) return;
    const card = drawn.current.get(shown.nodeId);
    if (card === undefined) return;
    const element = document.getElementById(`card-${shown.nodeId}`);
    element?.focus({ preventScroll: true });
    if (element === null || box.current === null || isInside(element, box.current)) return;
    const { x, y } = card.position;
    void setCenter(x + CARD_WIDTH / 2, y + 60, { zoom: Math.max(getZoom(), 0.8) });
  }, [shown, setCenter, getZoom]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the cards inside are the things that take keys
    <div
      ref={box}
      className="relative size-full"
      onKeyDown={onKeyDown}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(DRAGGED_KIND)) event.preventDefault();
      }}
      onDrop={onDrop}
    >
      <ReactFlow
        nodes={cards}
        edges={edges}
        nodeTypes={NODE_TYPES}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDragStop={letGo}
        onConnect={onConnect}
        onReconnect={(edge, to) => {
          if (edge.sourceHandle != null && to.sourceHandle !== null) {
            const freed = connect(flow, { nodeId: edge.source, branch: edge.sourceHandle }, null);
            edit(connect(freed, { nodeId: to.source, branch: to.sourceHandle }, to.target));
          }
        }}
        nodesDraggable={mayEdit}
        nodesConnectable={mayEdit}
        nodesFocusable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        disableKeyboardA11y
        minZoom={0.05}
        maxZoom={2}
        onInit={beginView}
        proOptions={{ hideAttribution: true }}
      >
        <Background />
        {cards.length === 0 ? (
          <Panel position="top-center">
            <Empty icon="list" title="まだ何もありません">
              {mayEdit
                ? '左の「追加できるノード」から最初の案内を選ぶと、ここに置かれます。'
                : '案内は、まだ作られていません。'}
            </Empty>
          </Panel>
        ) : (
          <MiniMap pannable zoomable ariaLabel="フロー全体の縮図" style={MINIMAP} />
        )}
        <CanvasControls />
      </ReactFlow>
    </div>
  );
}

function isInside(inner: HTMLElement, outer: HTMLElement): boolean {
  const a = inner.getBoundingClientRect();
  const b = outer.getBoundingClientRect();
  return a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
}
