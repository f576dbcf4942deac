import type { Recipient } from '@madoguchi/server/campaign-contract';
import { StateLabel } from '../../design/state-label.tsx';
import { type Column, Table } from '../../design/table.tsx';
import { momentShown } from '../../words/japanese-time.ts';
import { RECIPIENT_STATES } from '../campaign-words.ts';
import { nextWords, resultWords } from './recipient-words.ts';

const COLUMNS: readonly Column<Recipient>[] = [
  {
    id: 'addresseeNumber',
    title: '宛名番号とフリガナ',
    isRowHeader: true,
    cell: ({ addresseeNumber, nameKana }) => (
      <span className="flex flex-col">
        <span className="numerals font-bold text-key-900 underline underline-offset-4">
          {addresseeNumber}
        </span>
        <span className="font-normal whitespace-nowrap">{nameKana === '' ? 'フリガナなし' : nameKana}</span>
      </span>
    ),
  },
  {
    id: 'telephone',
    title: '電話番号',
    cell: ({ telephoneShown }) => <span className="numerals whitespace-nowrap">{telephoneShown}</span>,
  },
  { id: 'state', title: '状態', cell: ({ state }) => <StateLabel {...RECIPIENT_STATES[state]} /> },
  {
    id: 'tries',
    title: '回数',
    cell: ({ tries, smsTries }) => (
      <span className="numerals whitespace-nowrap">
        電話{tries}回{smsTries === 0 ? '' : `　SMS${smsTries}通`}
      </span>
    ),
  },
  {
    id: 'next',
    title: '次の発信',
    cell: (recipient) => <span className="numerals inline-block min-w-36">{nextWords(recipient)}</span>,
  },
  {
    id: 'result',
    title: 'お話の結果と、済んだ日時',
    width: 'w-full',
    cell: (recipient) => (
      <span className="flex min-w-52 flex-col">
        {resultWords(recipient)}
        <span className="numerals text-dns-14N-130 text-solid-gray-700">
          {recipient.settledAt === null ? '' : momentShown(recipient.settledAt)}
        </span>
      </span>
    ),
  },
];

/** Recipients, one a row; a row opens the person's story. */
export function RecipientsTable({
  campaignId,
  recipients,
}: {
  campaignId: string;
  recipients: readonly Recipient[];
}) {
  return (
    <Table
      label="配信先"
      columns={COLUMNS}
      rows={recipients}
      idOf={({ recipientId }) => String(recipientId)}
      hrefOf={({ recipientId }) => `/campaigns/${encodeURIComponent(campaignId)}/recipients/${recipientId}`}
      textOf={({ addresseeNumber }) => addresseeNumber}
    />
  );
}
