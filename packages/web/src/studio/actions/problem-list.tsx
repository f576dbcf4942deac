import { Icon } from '../../design/icon.tsx';
import { titleOf } from '../node-words.ts';
import { useStudio } from '../studio-context.tsx';
import { useTools } from '../tools.tsx';
import { StudioDialog } from './studio-dialog.tsx';

/** Everything that the checker found, what is wrong first; each leads to its node. */
export function ProblemList({ onClose }: { onClose: () => void }) {
  const { flow, problems } = useStudio();
  const { show } = useTools();
  const sorted = problems.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
  return (
    <StudioDialog title="直すところと注意" onClose={onClose}>
      {sorted.length === 0 ? <p className="text-std-16N-170">直すところはありません。</p> : null}
      <ul className="flex flex-col gap-2">
        {sorted.map((problem) => {
          const { nodeId, severity } = problem;
          const node = nodeId === null || problem.flowId !== flow.id ? undefined : flow.nodes[nodeId];
          return (
            <li
              key={`${problem.flowId} ${nodeId} ${problem.code} ${problem.message}`}
              className="flex gap-2 rounded-8 border border-solid-gray-300 px-3 py-2"
            >
              <span className={severity === 'error' ? 'text-error-2' : 'text-yellow-1000'}>
                <Icon name={severity === 'error' ? 'cross' : 'alert'} className="size-6" />
                <span className="sr-only">{severity === 'error' ? '直すところ' : '注意'}</span>
              </span>
              <div className="text-std-16N-170">
                <p className="font-bold">{problem.message}</p>
                <p>{problem.mend}</p>
                {node === undefined || nodeId === null ? null : (
                  <button
                    type="button"
                    className="text-key-900 underline underline-offset-4"
                    onClick={() => {
                      onClose();
                      show(nodeId);
                    }}
                  >
                    「{titleOf(node)}」を開く
                  </button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </StudioDialog>
  );
}
