import { Button } from '../../design/button.tsx';
import { wayKey } from '../canvas/marks.ts';
import { titleOf } from '../node-words.ts';
import { useStudio } from '../studio-context.tsx';
import { useTools } from '../tools.tsx';
import type { OutlineRow } from './outline-rows.ts';

/** A way out: where it leads, and what can be done with it. */
export function WayRow({ row }: { row: Extract<OutlineRow, { type: 'way' }> }) {
  const { flow, state } = useStudio();
  const { askAdd, askConnect, show, marks } = useTools();
  const { nodeId, branch, label, target, leadsElsewhere } = row;
  const next = target === null ? undefined : flow.nodes[target];
  const figures = marks.onWays.get(wayKey(nodeId, branch));
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-2 text-dns-16N-130">
      <span aria-hidden="true">└</span>
      <span className="font-bold">{label}</span>
      {figures === undefined ? null : <span className="numerals">{figures}</span>}
      {target === null ? <span className="text-solid-gray-700">（未設定）</span> : null}
      {leadsElsewhere && target !== null ? (
        <button
          type="button"
          onClick={() => show(target)}
          className="text-key-900 underline underline-offset-4"
        >
          → {next === undefined ? '（なくなったノード）' : titleOf(next)}へ
        </button>
      ) : null}
      {state.mayEdit ? (
        <span className="ml-auto flex gap-1">
          <Button
            look="quiet"
            size="small"
            aria-label={`「${label}」の行き先を変える`}
            onPress={() => askConnect({ nodeId, branch })}
          >
            行き先
          </Button>
          <Button
            look="quiet"
            size="small"
            aria-label={`「${label}」にノードを追加`}
            onPress={() => askAdd({ nodeId, branch })}
          >
            追加
          </Button>
        </span>
      ) : null}
    </div>
  );
}
