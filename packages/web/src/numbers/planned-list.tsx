import type { NumberShown, Planned } from '@madoguchi/server/number-contract';
import { Link } from '@tanstack/react-router';
import { Button } from '../design/button.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { fullDayShown, momentShown, timeShown } from '../words/japanese-time.ts';
import { plannedWords, STATES } from './number-words.ts';

const LINK = 'rounded-4 text-std-16N-170 text-key-900 underline underline-offset-4 print:hidden';

/** Everything that is to happen to a number by itself, in order of time, each with the way to change it. */
export function PlannedList({
  number: { planned, state },
  onCancel,
}: {
  number: NumberShown;
  /** Null: the person may not. */
  onCancel: ((planId: number) => void) | null;
}) {
  if (planned.length === 0) return <p className="text-std-16N-170">予定はありません。</p>;
  return (
    <ol aria-label="これからの予定" className="flex flex-col divide-y divide-solid-gray-200">
      {planned.map((each) => (
        <li key={keyOf(each)} className="grid grid-cols-[14rem_1fr_auto] items-center gap-x-4 gap-y-1 py-2">
          <span className="numerals font-bold">{timeWords(each)}</span>
          <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            {each.type === 'state' ? <StateLabel {...STATES[each.state]} /> : null}
            {each.type === 'version' && !each.isApproved ? (
              <StateLabel word="決裁待ち" icon="wait" tone="warning" />
            ) : null}
            <span className="min-w-0 break-words">
              {each.type === 'state' ? 'にする' : plannedWords(each)}
              {each.type === 'opening' && state !== 'live' ? '（「本番」になっているとき）' : ''}
            </span>
            {each.type === 'opening' ? null : (
              <span className="text-dns-14N-130 text-solid-gray-700">{each.by}</span>
            )}
          </span>
          <WayOn planned={each} onCancel={onCancel} />
        </li>
      ))}
    </ol>
  );
}

function WayOn({ planned, onCancel }: { planned: Planned; onCancel: ((planId: number) => void) | null }) {
  switch (planned.type) {
    case 'state':
      return onCancel === null ? null : (
        <Button
          look="outline"
          size="small"
          aria-label={`${momentShown(planned.at)}の予定を取り消す`}
          onPress={() => onCancel(planned.planId)}
        >
          取り消す
        </Button>
      );
    case 'version':
      return (
        <Link
          to="/approvals/$proposalId"
          params={{ proposalId: planned.proposalId }}
          aria-label={`「${planned.flowName}」の伺いを開く`}
          className={LINK}
        >
          伺いを開く
        </Link>
      );
    case 'opening':
      return (
        <a href="#settings" className={LINK}>
          設定の開始日へ
        </a>
      );
  }
}

function timeWords(planned: Planned): string {
  if (planned.at === null) return planned.type === 'version' && planned.isApproved ? '手動で' : '決裁の後';
  // Plans reach into other years.
  const day = fullDayShown(planned.at);
  return planned.type === 'opening' ? day : `${day} ${timeShown(planned.at)}`;
}

function keyOf(planned: Planned): string {
  switch (planned.type) {
    case 'state':
      return `state ${planned.planId}`;
    case 'version':
      return `version ${planned.proposalId}`;
    case 'opening':
      return 'opening';
  }
}
