import type { SmsShown } from '@madoguchi/server/contract';
import { StateLabel } from '../design/state-label.tsx';
import { type Column, Table } from '../design/table.tsx';
import { dayShown, timeShown } from '../words/japanese-time.ts';
import { SMS_STATES } from '../words/sms-state.ts';
import { yenShown } from './sms-price.ts';

const COLUMNS: readonly Column<SmsShown>[] = [
  {
    id: 'createdAt',
    title: '受け付けた日時',
    cell: (sms) => (
      <span className="numerals whitespace-nowrap">
        {dayShown(sms.createdAt)}　{timeShown(sms.createdAt)}
      </span>
    ),
  },
  {
    id: 'to',
    title: '送り先',
    isRowHeader: true,
    cell: (sms) => <span className="numerals whitespace-nowrap">{sms.toShown}</span>,
  },
  { id: 'state', title: '状態', cell: (sms) => <StateLabel {...SMS_STATES[sms.state]} /> },
  {
    id: 'text',
    title: '本文',
    width: 'w-full',
    cell: (sms) => <span className="line-clamp-2 text-dns-16N-130 print:line-clamp-none">{sms.text}</span>,
  },
  {
    id: 'parts',
    title: '通数',
    cell: (sms) => (
      <span className="numerals whitespace-nowrap">{sms.parts === null ? '－' : `${sms.parts}通分`}</span>
    ),
  },
  {
    id: 'cost',
    title: '料金',
    cell: (sms) => (
      <span className="numerals whitespace-nowrap">
        {sms.costYen === null ? '－' : yenShown(sms.costYen)}
      </span>
    ),
  },
];

export function SentTable({ messages }: { messages: readonly SmsShown[] }) {
  return (
    <Table
      label="送ったSMS"
      columns={COLUMNS}
      rows={messages}
      idOf={(sms) => sms.id}
      textOf={(sms) => sms.toShown}
    />
  );
}
