import type { FlowDraft } from '@madoguchi/flow';
import type { Counts, VersionDetail } from '@madoguchi/server/count-contract';
import { useMemo, useReducer, useRef, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Canvas } from '../canvas/canvas.tsx';
import { NO_MARKS } from '../canvas/marks.ts';
import { Outline } from '../outline/outline.tsx';
import { StudioProvider } from '../studio-context.tsx';
import { beginStudio, reduceStudio } from '../studio-state.ts';
import { type Tools, ToolsProvider } from '../tools.tsx';
import { figuresOf, marksOf } from './figures.ts';
import { NodeFiguresPanel } from './node-figures-panel.tsx';

const NO_SURROUNDINGS = { numbers: [], calendars: [], lists: [], audio: [], announcements: [], ownHosts: [] };
const NOTHING = () => undefined;
const VIEWS = [
  { id: 'canvas', word: '図' },
  { id: 'outline', word: '一覧' },
] as const;

/** One flow of a version, to be looked at, with the figures over it. Give it a new `key` for another flow. */
export function VersionPicture({
  version,
  flow,
  counts,
  view,
  onView,
}: {
  version: VersionDetail;
  flow: FlowDraft;
  /** Undefined: not read yet. */
  counts: Counts | undefined;
  view: 'canvas' | 'outline';
  onView: (view: 'canvas' | 'outline') => void;
}) {
  const [state, dispatch] = useReducer(reduceStudio, null, () =>
    beginStudio(
      {
        flow: { draft: flow, version: version.versionNo, changedAt: version.publishedAt, changedBy: null },
        others: version.flows.filter(({ id }) => id !== flow.id),
        surroundings: NO_SURROUNDINGS,
      },
      false,
    ),
  );
  const studio = useMemo(
    () => ({
      state,
      flow,
      problems: [],
      dispatch,
      edit: NOTHING,
      select: (...nodeIds: readonly string[]) => dispatch({ type: 'select', nodeIds }),
    }),
    [state, flow],
  );
  const figures = useMemo(() => (counts === undefined ? [] : figuresOf(flow, counts)), [flow, counts]);
  const marks = useMemo(
    () => (counts === undefined ? NO_MARKS : marksOf(figures, counts.calls)),
    [figures, counts],
  );
  const [shown, setShown] = useState<Tools['shown']>(null);
  const panel = useRef<HTMLElement>(null);
  const tools = useMemo<Tools>(
    () => ({
      askAdd: NOTHING,
      askConnect: NOTHING,
      show(...nodeIds) {
        dispatch({ type: 'select', nodeIds });
        setShown({ nodeId: nodeIds.at(-1) ?? nodeIds[0] });
      },
      openPanel: () => panel.current?.querySelector('h2')?.focus(),
      shown,
      marks,
      setMarks: NOTHING,
    }),
    [shown, marks],
  );
  return (
    <StudioProvider studio={studio}>
      <ToolsProvider value={tools}>
        <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 print:hidden">
          <fieldset className="flex">
            <legend className="sr-only">見せ方</legend>
            {VIEWS.map(({ id, word }) => (
              <Button
                key={id}
                look={view === id ? 'solid' : 'outline'}
                size="small"
                aria-pressed={view === id}
                onPress={() => onView(id)}
              >
                {word}
              </Button>
            ))}
          </fieldset>
          <p className="text-dns-14N-130">
            線が太いほど、多くの電話が通りました。点線は、通った電話がありません。％は、そのノードに来た電話のうちの割合です。同じ電話が2回通ると、2件と数えます。
          </p>
        </div>
        <div className="flex h-[60vh] min-h-110 gap-3 print:hidden">
          <section
            aria-label={view === 'canvas' ? 'フローの図' : 'フローの一覧'}
            className={`min-w-0 grow rounded-8 border border-solid-gray-420 bg-white ${view === 'canvas' ? 'overflow-hidden' : 'overflow-y-auto p-3'}`}
          >
            {view === 'canvas' ? <Canvas /> : <Outline />}
          </section>
          <aside
            ref={panel}
            aria-label="選んだノードの件数"
            className="w-80 shrink-0 overflow-y-auto rounded-8 border border-solid-gray-300 bg-white"
          >
            <NodeFiguresPanel figures={figures} />
          </aside>
        </div>
      </ToolsProvider>
    </StudioProvider>
  );
}
