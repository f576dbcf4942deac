import type { Usage } from '@madoguchi/server/announcement-contract';
import { StateLabel } from '../../design/state-label.tsx';
import { placeOf } from './announcement-words.ts';

/** Where an announcement is used, and what callers hear there. */
export function UsageList({ usages }: { usages: readonly Usage[] }) {
  if (usages.length === 0) return <p className="text-std-16N-170">まだ、どのフローでも使われていません。</p>;
  return (
    <ul className="flex flex-col gap-1">
      {usages.map((usage) => (
        <li
          key={`${usage.kind} ${usage.phoneNumberShown ?? ''} ${usage.flowId}`}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 text-std-16N-170"
        >
          <span>
            {placeOf(usage)}
            {titlesOf(usage)}
          </span>
          {usage.kind === 'draft' ? null : usage.isNewest ? (
            <StateLabel word="この内容が流れています" icon="check" tone="good" />
          ) : (
            <StateLabel word="前の内容が流れています（公開すると変わります）" icon="wait" tone="warning" />
          )}
        </li>
      ))}
    </ul>
  );
}

function titlesOf({ nodes }: Usage): string {
  const titles = nodes.map(({ title }) => title).filter((title) => title !== '');
  return titles.length === 0 ? '' : `：${titles.join('、')}`;
}
