import { nodeKind } from '@madoguchi/flow';
import { waysOut } from './edit/ways-out.ts';
import { useStudio } from './studio-context.tsx';

/** The flow as a list of its nodes, each with its ways out. */
export function StudioViews() {
  const { flow, problems } = useStudio();
  return (
    <ol aria-label="ノードの一覧" className="flex flex-col gap-2">
      {Object.entries(flow.nodes).map(([nodeId, node]) => (
        <li key={nodeId} className="rounded-8 border border-solid-gray-300 bg-white px-4 py-2">
          <p className="text-std-16B-170">
            {node.title}（{nodeKind(node.kind)?.label ?? node.kind}）
          </p>
          <ul className="text-std-16N-170">
            {waysOut(node).map(({ branch, label, target }) => (
              <li key={branch}>
                {label} → {target === null ? '（未設定）' : (flow.nodes[target]?.title ?? target)}
              </li>
            ))}
          </ul>
          {problems
            .filter((problem) => problem.nodeId === nodeId && problem.flowId === flow.id)
            .map((problem) => (
              <p key={problem.code} className="text-std-16N-170 text-error-2">
                {problem.message}
                {problem.mend}
              </p>
            ))}
        </li>
      ))}
    </ol>
  );
}
