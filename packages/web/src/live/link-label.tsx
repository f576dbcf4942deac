import { Icon } from '../design/icon.tsx';
import { timeShown } from '../words/japanese-time.ts';
import type { LiveState } from './live-state.ts';

/** Says whether what is shown is current. */
export function LinkLabel({ link, newsAt }: Pick<LiveState, 'link' | 'newsAt'>) {
  if (link === 'live') {
    return (
      <p className="flex items-center gap-1.5 text-dns-16N-130 text-success-2">
        <Icon name="check" />
        自動で更新しています
      </p>
    );
  }
  if (link === 'connecting') {
    return (
      <p className="flex items-center gap-1.5 text-dns-16N-130 text-solid-gray-700">
        <Icon name="clock" />
        接続しています…
      </p>
    );
  }
  return (
    <p role="status" className="flex items-center gap-1.5 text-dns-16B-130 text-error-2">
      <Icon name="alert" />
      {newsAt === null
        ? '接続できません。つなぎ直しています…'
        : `接続が切れました。つなぎ直しています…（${timeShown(newsAt)}の状態を表示中）`}
    </p>
  );
}
