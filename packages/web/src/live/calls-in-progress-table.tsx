import type { CallSummary } from '@madoguchi/server/contract';
import { CalledNumber } from '../calls/called-number.tsx';
import { CallerNumber } from '../calls/caller-number.tsx';
import { Icon } from '../design/icon.tsx';
import { KeyCaps } from '../design/key-caps.tsx';
import { Path } from '../design/path.tsx';
import { type Column, Table } from '../design/table.tsx';
import { timeShown } from '../words/japanese-time.ts';
import { RunningTime } from './running-time.tsx';

const COLUMNS: readonly Column<CallSummary>[] = [
  {
    id: 'phoneNumber',
    title: 'かかってきた番号',
    isRowHeader: true,
    cell: (call) => <CalledNumber call={call} />,
  },
  {
    id: 'caller',
    title: '発信元番号',
    cell: (call) => <CallerNumber call={call} />,
  },
  {
    id: 'since',
    title: '通話時間',
    cell: (call) => (
      <span className="flex flex-col whitespace-nowrap">
        <span className="font-bold">
          <RunningTime since={call.beganAt} />
        </span>
        <span className="numerals text-dns-14N-130 text-solid-gray-700">{timeShown(call.beganAt)} から</span>
      </span>
    ),
  },
  {
    id: 'node',
    title: 'いまの場所と、ここまでの道すじ',
    width: 'w-full',
    cell: (call) => (
      <span className="flex flex-col gap-0.5">
        <span className="font-bold">
          {call.node?.title ?? (call.staff === null ? '応答の準備中' : '応答せずに転送（停止中）')}
        </span>
        {call.path.length < 2 ? null : <Path titles={call.path.slice(0, -1)} />}
      </span>
    ),
  },
  { id: 'keys', title: '押されたキー', cell: (call) => <KeyCaps keys={call.keys} /> },
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

export function CallsInProgressTable({ calls }: { calls: readonly CallSummary[] }) {
  return (
    <Table
      label="通話中の電話"
      columns={COLUMNS}
      rows={calls}
      idOf={(call) => call.callId}
      hrefOf={(call) => `/calls/${encodeURIComponent(call.callId)}`}
      textOf={(call) => `${call.phoneNumberName ?? ''} ${call.callerShown}`}
    />
  );
}
