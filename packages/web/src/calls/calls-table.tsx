import type { CallSummary } from '@madoguchi/server/contract';
import { Icon } from '../design/icon.tsx';
import { KeyCaps } from '../design/key-caps.tsx';
import { type Column, Table } from '../design/table.tsx';
import { dayShown, durationShown, timeShown } from '../words/japanese-time.ts';
import { CalledNumber } from './called-number.tsx';
import { CallerNumber } from './caller-number.tsx';
import { OutcomeLabel } from './outcome-label.tsx';

const COLUMNS: readonly Column<CallSummary>[] = [
  {
    id: 'beganAt',
    title: '受けた日時',
    isRowHeader: true,
    cell: (call) => (
      <span className="numerals flex flex-col whitespace-nowrap">
        {timeShown(call.beganAt)}
        <span className="text-dns-14N-130 text-solid-gray-700">{dayShown(call.beganAt)}</span>
      </span>
    ),
  },
  { id: 'phoneNumber', title: 'かかってきた番号', cell: (call) => <CalledNumber call={call} /> },
  {
    id: 'caller',
    title: '発信元番号',
    cell: (call) => <CallerNumber call={call} />,
  },
  {
    id: 'duration',
    title: '通話時間',
    cell: (call) => (
      <span className="numerals">
        {call.endedAt === null ? '－' : durationShown(Date.parse(call.endedAt) - Date.parse(call.beganAt))}
      </span>
    ),
  },
  { id: 'outcome', title: '結果', cell: (call) => <OutcomeLabel call={call} /> },
  { id: 'node', title: '最後の場所', width: 'w-full', cell: (call) => call.node?.title ?? '－' },
  { id: 'keys', title: '押されたキー', cell: (call) => <KeyCaps keys={call.keys} /> },
  {
    id: 'recording',
    title: '録音',
    cell: (call) =>
      call.hasRecording ? (
        <span className="flex items-center gap-1 whitespace-nowrap">
          <Icon name="microphone" className="size-4" />
          あり
        </span>
      ) : (
        <span className="text-solid-gray-700">なし</span>
      ),
  },
  {
    id: 'open',
    title: '流れ',
    cell: () => (
      <span className="flex items-center gap-0.5 text-key-900 whitespace-nowrap group-hover:underline">
        見る
        <Icon name="chevronRight" className="size-4" />
      </span>
    ),
  },
];

/** Calls, one a row; a row opens the call's story. */
export function CallsTable({ label, calls }: { label: string; calls: readonly CallSummary[] }) {
  return (
    <Table
      label={label}
      columns={COLUMNS}
      rows={calls}
      idOf={(call) => call.callId}
      hrefOf={(call) => `/calls/${encodeURIComponent(call.callId)}`}
      textOf={(call) => `${call.phoneNumberName ?? ''} ${call.callerShown}`}
    />
  );
}
