import type { InboxItem } from '@madoguchi/server/inbox-contract';
import { Icon } from '../design/icon.tsx';
import { momentShown } from '../words/japanese-time.ts';

/** By when an item is to be dealt with; overdue in a word, with a picture and in red. */
export function Due({ item }: { item: InboxItem }) {
  return (
    <span className="numerals flex flex-col items-start gap-1 whitespace-nowrap">
      {momentShown(item.dueAt)}
      {item.isOverdue ? (
        <span className="inline-flex items-center gap-1 rounded-4 bg-error-2 px-2 py-0.5 text-dns-14B-130 text-white">
          <Icon name="alert" className="size-4" />
          期限切れ
        </span>
      ) : null}
    </span>
  );
}
