import { Icon } from '../../design/icon.tsx';
import { useStudio } from '../studio-context.tsx';

/** What the checker says of one node, with the way to mend it. */
export function NodeProblems({ nodeId }: { nodeId: string }) {
  const { flow, problems } = useStudio();
  const own = problems.filter((problem) => problem.flowId === flow.id && problem.nodeId === nodeId);
  if (own.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {own.map(({ severity, code, message, mend }) => (
        <li
          key={`${code} ${message}`}
          className={`flex gap-2 rounded-8 border-2 px-2 py-1.5 ${severity === 'error' ? 'border-error-1' : 'border-warning-yellow-2'}`}
        >
          <span className={severity === 'error' ? 'text-error-2' : 'text-yellow-1000'}>
            <Icon name={severity === 'error' ? 'cross' : 'alert'} className="size-5" />
            <span className="sr-only">{severity === 'error' ? '直すところ' : '注意'}</span>
          </span>
          <div className="text-dns-14N-130">
            <p className="font-bold">{message}</p>
            <p>{mend}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
