import type { OutcomeTableShown } from '@madoguchi/server/campaign-cost-contract';
import { StateLabel } from '../../design/state-label.tsx';
import { momentShown } from '../../words/japanese-time.ts';

/** Whether a trunk has a table of its own, and who made it. */
export function TableState({ changed }: Pick<OutcomeTableShown, 'changed'>) {
  if (changed === null) return <StateLabel word="初期値を使っています" icon="check" tone="good" />;
  return (
    <span className="flex flex-wrap items-center gap-3 text-std-16N-170">
      <StateLabel word="この回線だけの表を使っています" icon="note" tone="plain" />
      <span className="numerals">
        {changed.changedBy}が{momentShown(changed.changedAt)}に変更しました
      </span>
    </span>
  );
}
