import type { InboxItem } from '@madoguchi/server/inbox-contract';
import { ComplaintMark } from '../citizen/complaint-mark.tsx';
import { Icon } from '../design/icon.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { type Column, Table } from '../design/table.tsx';
import { momentShown } from '../words/japanese-time.ts';
import { Due } from './due.tsx';
import { ITEM_KINDS, ITEM_STATES } from './item-words.ts';

const COLUMNS: readonly Column<InboxItem>[] = [
  { id: 'dueAt', title: '期限', isRowHeader: true, cell: (item) => <Due item={item} /> },
  {
    id: 'state',
    title: '状態と種類',
    cell: (item) => (
      <span className="flex flex-col items-start gap-1">
        <StateLabel {...ITEM_STATES[item.state]} />
        <span className="flex items-center gap-1.5 text-dns-14N-130 whitespace-nowrap">
          <Icon name={ITEM_KINDS[item.kind].icon} className="size-4" />
          {ITEM_KINDS[item.kind].word}
        </span>
      </span>
    ),
  },
  {
    id: 'callBack',
    title: '電話をかける相手',
    cell: (item) => (
      <span className="flex flex-col items-start gap-0.5">
        <span className="numerals font-bold whitespace-nowrap">{item.callBackShown}</span>
        <ComplaintMark number={item.callBackNumber} />
        {item.wishedTime === null ? null : (
          <span className="text-dns-14N-130 text-solid-gray-700">希望：{item.wishedTime}</span>
        )}
      </span>
    ),
  },
  {
    id: 'phoneNumber',
    title: 'かかってきた番号',
    cell: (item) => (
      <span className="flex flex-col whitespace-nowrap">
        <span>{item.phoneNumberName ?? '登録のない番号'}</span>
        <span className="numerals text-dns-14N-130 text-solid-gray-700">{item.phoneNumberShown}</span>
      </span>
    ),
  },
  {
    id: 'assignee',
    title: '担当',
    cell: (item) => <span className="whitespace-nowrap">{item.assignee?.name ?? 'なし'}</span>,
  },
  {
    id: 'memo',
    title: 'メモ',
    width: 'w-full',
    cell: (item) => (
      <span className="line-clamp-3 min-w-40 text-dns-14N-130 break-words">
        {item.state === 'done' ? item.resultMemo : item.memo}
      </span>
    ),
  },
  {
    id: 'createdAt',
    title: '受けた日時',
    cell: (item) => <span className="numerals">{momentShown(item.createdAt)}</span>,
  },
  {
    id: 'open',
    title: '内容',
    cell: () => (
      <span className="flex items-center gap-0.5 whitespace-nowrap text-key-900 group-hover:underline">
        開く
        <Icon name="chevronRight" className="size-4" />
      </span>
    ),
  },
];

/** Inbox items, one a row; a row opens the item. */
export function InboxTable({ items }: { items: readonly InboxItem[] }) {
  return (
    <Table
      label="受付箱"
      columns={COLUMNS}
      rows={items}
      idOf={(item) => item.itemId}
      hrefOf={(item) => `/inbox/${encodeURIComponent(item.itemId)}`}
      textOf={(item) => `${ITEM_KINDS[item.kind].word} ${item.callBackShown}`}
    />
  );
}
