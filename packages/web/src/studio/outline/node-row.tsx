import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { pictureOf } from '../kind-pictures.ts';
import { firstWordsOf, kindLabel, titleOf } from '../node-words.ts';
import { removeAndGoOn } from '../remove-and-go-on.ts';
import { useStudio } from '../studio-context.tsx';
import { useTools } from '../tools.tsx';

export function NodeRow({ nodeId, depth }: { nodeId: string; depth: number }) {
  const studio = useStudio();
  const tools = useTools();
  const { flow, state, problems, select } = studio;
  const { openPanel, marks } = tools;
  const node = flow.nodes[nodeId];
  if (node === undefined) return null;
  const isChosen = state.selection.has(nodeId);
  const own = problems.filter((problem) => problem.flowId === flow.id && problem.nodeId === nodeId);
  const errors = own.filter(({ severity }) => severity === 'error').length;
  const warnings = own.length - errors;
  const words = firstWordsOf(node);
  const mark = marks.onNodes.get(nodeId);
  return (
    <div
      className={`flex items-center gap-2 rounded-8 border bg-white px-2 py-1 ${isChosen ? 'border-key-900 ring-2 ring-key-200' : 'border-solid-gray-420'}`}
    >
      <button
        type="button"
        id={`outline-${nodeId}`}
        aria-pressed={isChosen}
        onClick={() => {
          select(nodeId);
          openPanel();
        }}
        onFocus={() => select(nodeId)}
        className="flex min-h-9 min-w-0 grow items-center gap-2 rounded-4 text-left"
      >
        <span className="text-key-900">
          <Icon name={pictureOf(node.kind).icon} />
        </span>
        <span className="shrink-0 text-dns-16B-130">
          <span className="sr-only">{depth + 1}段目　</span>
          {titleOf(node)}
        </span>
        <span className="shrink-0 text-dns-14N-130 text-solid-gray-700">{kindLabel(node.kind)}</span>
        {mark === undefined ? null : (
          <span className="numerals shrink-0 rounded-4 bg-solid-gray-900 px-1.5 py-0.5 text-dns-14B-130 text-white">
            {mark}
          </span>
        )}
        <span className="truncate text-dns-14N-130 text-solid-gray-700">{words}</span>
        {own.length === 0 ? null : (
          <span
            className={`ml-auto flex shrink-0 items-center gap-0.5 text-dns-14B-130 ${errors > 0 ? 'text-error-2' : 'text-yellow-1000'}`}
          >
            <Icon name={errors > 0 ? 'cross' : 'alert'} className="size-4" />
            {[
              ...(errors > 0 ? [`直すところ${errors}件`] : []),
              ...(warnings > 0 ? [`注意${warnings}件`] : []),
            ].join('・')}
          </span>
        )}
      </button>
      {state.mayEdit ? (
        <Button
          look="quiet"
          size="small"
          aria-label={`「${titleOf(node)}」を削除`}
          onPress={() => removeAndGoOn(studio, tools, new Set([nodeId]))}
        >
          削除
        </Button>
      ) : null}
    </div>
  );
}
