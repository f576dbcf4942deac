import type { CallBackground } from '@madoguchi/server/inbox-contract';
import { Link } from '@tanstack/react-router';
import { StateLabel } from '../design/state-label.tsx';
import { ITEM_KINDS, ITEM_STATES } from '../inbox/item-words.ts';
import { momentShown } from '../words/japanese-time.ts';

/** What the inbox still holds for the same number. */
export function OpenItems({ items }: { items: CallBackground['inboxItems'] }) {
  if (items.length === 0) return null;
  return (
    <section aria-label="済んでいない受付">
      <h4 className="text-std-16B-170">済んでいない受付</h4>
      <ul>
        {items.map((item) => (
          <li key={item.itemId} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1 text-dns-14N-130">
            <StateLabel {...ITEM_STATES[item.state]} />
            <Link
              to="/inbox/$itemId"
              params={{ itemId: item.itemId }}
              className="rounded-4 text-key-900 underline underline-offset-4"
            >
              {ITEM_KINDS[item.kind].word}
            </Link>
            <span className="numerals">期限 {momentShown(item.dueAt)}</span>
            {item.isOverdue ? <span className="font-bold text-error-2">期限切れ</span> : null}
            <span>{item.assignee === null ? '担当なし' : `担当 ${item.assignee.name}さん`}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
