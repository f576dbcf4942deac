import { useNavigate, useSearch } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { AddNodeDialog } from './actions/add-node-dialog.tsx';
import { ConnectDialog } from './actions/connect-dialog.tsx';
import { ProblemList } from './actions/problem-list.tsx';
import { putNode } from './actions/put-node.ts';
import { SearchFlow } from './actions/search-flow.tsx';
import { likelyWay } from './actions/way-select.tsx';
import { Canvas } from './canvas/canvas.tsx';
import { NO_MARKS } from './canvas/marks.ts';
import { Palette } from './canvas/palette.tsx';
import { Outline } from './outline/outline.tsx';
import { NodePanel } from './panel/node-panel.tsx';
import { StudioReplay } from './replay/studio-replay.tsx';
import { useStudio } from './studio-context.tsx';
import { StudioToolbar } from './studio-toolbar.tsx';
import { type Tools, ToolsProvider, type WayAsked } from './tools.tsx';
import { StudioTrial } from './trial/studio-trial.tsx';

const ASIDES = {
  edit: '選んだノードの設定',
  trial: 'お試し',
  replay: '過去の通話での試算',
} as const;

type Asking =
  | { readonly type: 'add'; readonly from: WayAsked | null }
  | { readonly type: 'connect'; readonly from: WayAsked }
  | { readonly type: 'search' | 'problems' };

/** Canvas or outline, the palette at its left and the chosen node's settings at its right. */
export function StudioViews() {
  const studio = useStudio();
  const { flow, state, select } = studio;
  const { view = 'canvas', mode = 'edit', node: wantedNode } = useSearch({ from: '/signedIn/flows/$flowId' });
  const navigate = useNavigate({ from: '/flows/$flowId' });
  const [asking, setAsking] = useState<Asking | null>(null);
  const [shown, setShown] = useState<Tools['shown']>(null);
  const [marks, setMarks] = useState(NO_MARKS);
  const panel = useRef<HTMLElement>(null);
  const tools = useMemo<Tools>(
    () => ({
      askAdd: (from) => setAsking({ type: 'add', from }),
      askConnect: (from) => setAsking({ type: 'connect', from }),
      show(...nodeIds) {
        select(...nodeIds);
        setShown({ nodeId: nodeIds.at(-1) ?? nodeIds[0] });
      },
      openPanel() {
        panel.current?.querySelector<HTMLElement>('input, textarea, button')?.focus();
      },
      shown,
      marks,
      setMarks,
    }),
    [shown, marks, select],
  );
  // Somebody came here for this node.
  useEffect(() => {
    if (wantedNode === undefined) return;
    select(wantedNode);
    setShown({ nodeId: wantedNode });
  }, [wantedNode, select]);

  function addFromPalette(kind: string): void {
    const [chosen] = [...state.selection].slice(-1);
    const node = chosen === undefined ? undefined : flow.nodes[chosen];
    const branch = node === undefined ? null : likelyWay(node);
    const way = chosen === undefined || branch === null ? null : { nodeId: chosen, branch };
    const added = putNode(flow, kind, way);
    studio.edit(added.flow);
    tools.show(added.nodeId);
  }

  /** From a field back to the node that it belongs to. What opened over the panel keeps its Escape to itself. */
  function leavePanel({ key, nativeEvent }: KeyboardEvent): void {
    const [chosen] = [...state.selection].slice(-1);
    if (mode === 'edit' && key === 'Escape' && !nativeEvent.isComposing && chosen !== undefined)
      tools.show(chosen);
  }

  const close = () => setAsking(null);
  return (
    <ToolsProvider value={tools}>
      <StudioToolbar
        view={view}
        mode={mode}
        onMode={(next) => void navigate({ search: (before) => ({ ...before, mode: next }), replace: true })}
        onView={(next) => void navigate({ search: (before) => ({ ...before, view: next }), replace: true })}
        onAsk={(type) => setAsking(type === 'add' ? { type, from: null } : { type })}
      />
      {/* What only screen readers see is placed in these boxes, else it would make the window itself scroll. */}
      <div className="flex min-h-0 grow gap-3">
        {view === 'canvas' && mode === 'edit' && state.mayEdit ? (
          <section
            aria-label="追加できるノード"
            className="relative w-40 shrink-0 overflow-y-auto p-1 print:hidden"
          >
            <p className="mb-2 text-dns-14N-130">押すか、図へ引っぱると追加できます。</p>
            <Palette onAdd={addFromPalette} />
          </section>
        ) : null}
        <section
          aria-label={view === 'canvas' ? 'フローの図' : 'フローの一覧'}
          className={`relative min-w-0 grow rounded-8 border border-solid-gray-420 bg-white ${view === 'canvas' ? 'overflow-hidden' : 'overflow-y-auto p-3'}`}
        >
          {view === 'canvas' ? <Canvas /> : <Outline />}
        </section>
        <aside
          ref={panel}
          onKeyDown={leavePanel}
          aria-label={ASIDES[mode]}
          className={`relative shrink-0 overflow-y-auto print:hidden ${mode === 'edit' ? 'w-96' : 'w-140 2xl:w-176 rounded-8 border border-solid-gray-300 bg-white p-3'}`}
        >
          {mode === 'edit' ? <NodePanel /> : mode === 'trial' ? <StudioTrial /> : <StudioReplay />}
        </aside>
      </div>
      {asking?.type === 'add' ? <AddNodeDialog from={asking.from} onClose={close} /> : null}
      {asking?.type === 'connect' ? <ConnectDialog from={asking.from} onClose={close} /> : null}
      {asking?.type === 'search' ? <SearchFlow onClose={close} /> : null}
      {asking?.type === 'problems' ? <ProblemList onClose={close} /> : null}
    </ToolsProvider>
  );
}
