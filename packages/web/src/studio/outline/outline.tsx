import { useEffect, useMemo } from 'react';
import { Empty } from '../../design/empty.tsx';
import { useStudio } from '../studio-context.tsx';
import { useTools } from '../tools.tsx';
import { NodeRow } from './node-row.tsx';
import { outlineOf } from './outline-rows.ts';
import { WayRow } from './way-row.tsx';

/** The flow as an indented list, to be read aloud and edited like the canvas. */
export function Outline() {
  const { flow } = useStudio();
  const { shown } = useTools();
  const { rows, loose } = useMemo(() => outlineOf(flow), [flow]);

  useEffect(() => {
    if (shown === null) return;
    const row = document.getElementById(`outline-${shown.nodeId}`);
    row?.scrollIntoView({ block: 'nearest' });
    row?.focus({ preventScroll: true });
  }, [shown]);

  if (rows.length + loose.length === 0) {
    return (
      <Empty icon="list" title="まだ何もありません">
        「ノードを追加する」から、最初の案内を入れてください。
      </Empty>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <ol aria-label="フローの一覧" className="flex flex-col gap-1">
        {rows.map((row) => (
          <li
            key={row.type === 'node' ? row.nodeId : `${row.nodeId} ${row.branch}`}
            // Deep in, a step is worth less than the words that it would push out of sight.
            style={{ marginInlineStart: `${Math.min(row.depth, 12) * 1.25}rem` }}
          >
            {row.type === 'node' ? <NodeRow nodeId={row.nodeId} depth={row.depth} /> : <WayRow row={row} />}
          </li>
        ))}
      </ol>
      {loose.length === 0 ? null : (
        <section>
          <h2 className="mb-1 text-std-16B-170">どこからもつながっていないノード</h2>
          <ul className="flex flex-col gap-1">
            {loose.map((nodeId) => (
              <li key={nodeId}>
                <NodeRow nodeId={nodeId} depth={0} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
