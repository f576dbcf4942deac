import type { HeardOtherwise } from '@madoguchi/server/announcement-contract';
import { Link } from '@tanstack/react-router';
import { StateLabel } from '../../design/state-label.tsx';

/** The flows in force whose callers hear a word otherwise than the dictionary has it now, each with the way to publish it. */
export function HeardOtherwiseList({
  surface,
  flows,
}: {
  surface: string;
  flows: readonly HeardOtherwise[];
}) {
  if (flows.length === 0) return null;
  return (
    <div className="w-full">
      <StateLabel word="前の読みが流れています（公開すると変わります）" icon="wait" tone="warning" />
      <ul aria-label={`「${surface}」の前の読みが流れているフロー`} className="mt-1 flex flex-col gap-1">
        {flows.map(({ flowId, flowName, numbersShown, reading }) => (
          <li key={`${flowId} ${numbersShown.join()}`} className="text-std-16N-170 break-words">
            フロー「{flowName}」（{numbersShown.join('、')}）：
            {reading === null ? '声がもともと読むとおり' : `「${reading}」`}
            <Link
              to="/flows/$flowId/publish"
              params={{ flowId }}
              aria-label={`フロー「${flowName}」の公開の準備へ`}
              className="ml-3 rounded-4 text-key-900 underline underline-offset-4"
            >
              公開の準備へ
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
