import { Icon } from '../design/icon.tsx';
import { useInboxCounts } from './use-inbox-counts.ts';

/** Beside the menu's word: how much nobody has taken yet, and in red, with a picture and a word, how much is overdue. */
export function InboxBadge() {
  const counts = useInboxCounts();
  if (counts === undefined) return null;
  const { overdue, open } = counts;
  if (overdue > 0) {
    return (
      <span className="numerals ml-auto inline-flex items-center gap-1 rounded-4 bg-error-2 px-1.5 py-1 text-dns-14B-130 whitespace-nowrap text-white">
        <Icon name="alert" className="size-4" />
        期限切れ{overdue}
      </span>
    );
  }
  return open === 0 ? null : (
    <span className="numerals ml-auto rounded-4 border border-solid-gray-420 px-1.5 py-1 text-dns-14B-130 whitespace-nowrap text-solid-gray-800">
      未対応{open}
    </span>
  );
}

/** Tells screen readers when the number of overdue items changes. */
export function OverdueSpoken() {
  const overdue = useInboxCounts()?.overdue ?? 0;
  return (
    <p role="status" className="sr-only">
      {overdue === 0 ? '' : `受付箱に期限切れが${overdue}件あります。`}
    </p>
  );
}
