import '@xyflow/react/dist/base.css';
import './canvas.css';
import {
  Background,
  Panel,
  ReactFlow,
  type ReactFlowInstance,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type Viewport,
} from '@xyflow/react';
import { type DragEvent, useCallback, useEffect, useMemo, useRef } from 'react';
import { Empty } from '../../design/empty.tsx';
import { addNode, moveNodes } from '../edit/edits.ts';
import { newNode } from '../edit/new-node.ts';
import { firstBranchOf } from '../edit/ways-out.ts';
import { useStudio } from '../studio-context.tsx';
import { useTools } from '../tools.tsx';
import { CanvasControls, CLEAR_PX, WHOLE } from './canvas-controls.tsx';
import { type CardNode, cardsOf } from './graph.ts';
import { CARD_WIDTH, placesOf } from './layout.ts';
import { IsFar, NodeCard } from './node-card.tsx';
import { DRAGGED_KIND } from './palette.tsx';
import { SmallMap } from './small-map.tsx';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { useCanvasMouse } from './use-canvas-mouse.ts';
import { Ways } from './ways.tsx';

const NODE_TYPES = { card: NodeCard };
/** Nothing is seen of it: React Flow adds what can be taken hold of. */
const EDGE_TYPES = { grip: () => null };
const HIDE_ATTRIBUTION = { hideAttribution: true };
/** Least zoom at which a card's title can be read. */
const READABLE = 0.6;
/** Below this zoom nothing in a card can be told apart: its title is less than 2 px high. */
const FAR = 0.1;
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
  const { setCenter, getViewport, screenToFlowPosition } = useReactFlow();
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < FAR);
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef(NO_CARDS);
  const onKeyDown = useCanvasKeys();
  const mouse = useCanvasMouse({ isFar });
  const { selection, mayEdit } = state;

  const cards = useMemo(() => {
    const cards = cardsOf(flow, { problems, marks, selection, shown }, drawn.current);
    drawn.current = new Map(cards.map((card) => [card.id, card]));
    return cards;
  }, [flow, problems, marks, selection, shown]);

  /** The whole flow where it can still be read, else its beginning. */
  const beginView = useCallback(
    (instance: ReactFlowInstance<CardNode>) => {
      // React Flow would wait with it for the first node, and take the view away under the hand that puts it in.
      if (drawn.current.size === 0) return;
      const wanted = shown === null ? undefined : drawn.current.get(shown.nodeId);
      if (shown !== null && wanted !== undefined) {
        document.getElementById(`card-${shown.nodeId}`)?.focus({ preventScroll: true });
        void instance.setCenter(wanted.position.x + CARD_WIDTH / 2, wanted.position.y + 60, { zoom: 1 });
        return;
      }
      const beginning = drawn.current.get(flow.startNodeId);
      const { width, height } = instance.getNodesBounds([...drawn.current.keys()]);
      const view = box.current?.getBoundingClientRect();
      const clear = {
        width: (view?.width ?? 0) - 2 * CLEAR_PX.side,
        height: (view?.height ?? 0) - CLEAR_PX.top - CLEAR_PX.bottom,
      };
      const isSmall = width * READABLE <= clear.width && height * READABLE <= clear.height;
      if (beginning === undefined || view === undefined || isSmall) {
        void instance.fitView(WHOLE);
        return;
      }
      const { x, y } = beginning.position;
      void instance.setViewport({ x: 32 - x, y: CLEAR_PX.top + clear.height / 2 - y - 60, zoom: 1 });
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
    const view = box.current?.getBoundingClientRect();
    if (card === undefined || view === undefined || isInView(card, getViewport(), view)) return;
    const { x, y } = card.position;
    void setCenter(x + CARD_WIDTH / 2, y + 60, { zoom: Math.max(getViewport().zoom, 0.8) });
  }, [shown, setCenter, getViewport]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the cards inside are the things that take keys
    <div
      ref={box}
      // Where the last card was deleted, keys still find their way: 'undo', and 'add'.
      tabIndex={-1}
      className="relative size-full"
      onKeyDown={onKeyDown}
      onFocus={({ target }) => {
        const nodeId = target.closest<HTMLElement>('[data-card]')?.dataset['card'];
        if (nodeId !== undefined && selection.size === 0) dispatch({ type: 'select', nodeIds: [nodeId] });
      }}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(DRAGGED_KIND)) event.preventDefault();
      }}
      onDrop={onDrop}
    >
      <IsFar value={isFar}>
        <ReactFlow
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
          {cards.length === 0 ? (
            <Panel position="top-center">
              <Empty icon="list" title="まだ何もありません">
                {mayEdit
                  ? '左の「追加できるノード」から最初の案内を選ぶと、ここに置かれます。'
                  : '案内は、まだ作られていません。'}
              </Empty>
            </Panel>
          ) : (
            <SmallMap cards={cards} />
          )}
          <CanvasControls />
        </ReactFlow>
      </IsFar>
    </div>
  );
}

/** Whether a card is seen whole in a view of that size. */
function isInView(
  { position, width = CARD_WIDTH, height = 0 }: CardNode,
  { x, y, zoom }: Viewport,
  view: { readonly width: number; readonly height: number },
): boolean {
  const left = position.x * zoom + x;
  const top = position.y * zoom + y;
  return left >= 0 && left + width * zoom <= view.width && top >= 0 && top + height * zoom <= view.height;
}
