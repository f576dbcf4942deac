import '@xyflow/react/dist/base.css';
import './canvas.css';
import {
  Background,
  MiniMap,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { type DragEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { addNode, moveNodes } from '../edit/edits.ts';
import { newNode } from '../edit/new-node.ts';
import { firstBranchOf } from '../edit/ways-out.ts';
import { useStudio } from '../studio-context.tsx';
import { useTools } from '../tools.tsx';
import { CanvasControls } from './canvas-controls.tsx';
import { type CardNode, cardsOf } from './graph.ts';
import { CARD_WIDTH, placesOf } from './layout.ts';
import { NodeCard } from './node-card.tsx';
import { DRAGGED_KIND } from './palette.tsx';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { useCanvasMouse } from './use-canvas-mouse.ts';
import { Ways } from './ways.tsx';

const MINIMAP = { width: 150, height: 100 };
const NODE_TYPES = { card: NodeCard };
/** Nothing is seen of it: React Flow adds what can be taken hold of. */
const EDGE_TYPES = { grip: () => null };
const HIDE_ATTRIBUTION = { hideAttribution: true };
/** Least zoom at which a card's title can be read. */
const READABLE = 0.6;
/** Below this zoom nothing in a card can be read: its title is 4 px high. */
const FAR = 0.25;
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
  const { flow, problems, state, edit } = useStudio();
  const { marks, shown, show } = useTools();
  const { setCenter, getZoom, screenToFlowPosition } = useReactFlow();
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < FAR);
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef(NO_CARDS);
  const onKeyDown = useCanvasKeys();
  const mouse = useCanvasMouse();
  const { selection, mayEdit } = state;

  const cards = useMemo(() => {
    const cards = cardsOf(flow, { problems, marks, selection }, drawn.current);
    drawn.current = new Map(cards.map((card) => [card.id, card]));
    return cards;
  }, [flow, problems, marks, selection]);
  /** The whole flow where it can still be read, else its beginning. */
  const beginView = useCallback(
    (instance: ReactFlowInstance<CardNode>) => {
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
    [flow.startNodeId],
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
        className={isFar ? 'cards-far' : 'cards-near'}
        nodes={cards}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        {...mouse}
        nodesDraggable={mayEdit}
        nodesConnectable={mayEdit}
        nodesFocusable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        disableKeyboardA11y
        minZoom={0.02}
        maxZoom={2}
        onInit={beginView}
        proOptions={HIDE_ATTRIBUTION}
      >
        <Ways cards={cards} marks={marks} />
        <Background />
        <MiniMap pannable zoomable ariaLabel="フロー全体の縮図" style={MINIMAP} />
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
