import type { CitizenEntry } from '@madoguchi/server/inbox-contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { resultOf } from '../call-out/placed-call-words.ts';
import { OutcomeLabel } from '../calls/outcome-label.tsx';
import { Icon, type IconName } from '../design/icon.tsx';
import { KeyCaps } from '../design/key-caps.tsx';
import { Path } from '../design/path.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { ITEM_KINDS, ITEM_STATES } from '../inbox/item-words.ts';
import { NoteShown } from '../notes/note-shown.tsx';
import { RecordingPlayer } from '../story/recording-player.tsx';
import { fullDayShown, timeShown } from '../words/japanese-time.ts';
import { SMS_STATES } from '../words/sms-state.ts';

const LINK = 'rounded-4 text-key-900 underline underline-offset-4';
type Of<T extends CitizenEntry['type']> = Extract<CitizenEntry, { type: T }>;

/** One thing that happened with a number. */
export function EntryLine({ entry }: { entry: CitizenEntry }) {
  switch (entry.type) {
    case 'call':
      return <CallEntry entry={entry} />;
    case 'sms':
      return <SmsEntry entry={entry} />;
    case 'inbox':
      return <InboxEntry entry={entry} />;
    case 'placedCall':
      return (
        <Line
          at={entry.at}
          icon="phone"
          title="市からかけた電話"
          aside={<StateLabel {...resultOf(entry.placedCall)} />}
        >
          <p className="text-std-16N-170">{entry.placedCall.person.name}さんがかけました</p>
        </Line>
      );
    case 'complaint':
      return (
        <Line
          at={entry.at}
          icon="flag"
          title={entry.flagged ? '苦情の印を付けました' : '苦情の印を外しました'}
        >
          <p className="text-std-16N-170 break-words whitespace-pre-wrap">
            理由：{entry.reason}（{entry.person.name}さん）
          </p>
        </Line>
      );
  }
}

function CallEntry({ entry: { at, call, note, recordings } }: { entry: Of<'call'> }) {
  return (
    <Line
      at={at}
      icon="phone"
      title={`${call.isPlaced ? '架電' : '電話'}：${call.phoneNumberName ?? '登録のない番号'}（${call.phoneNumberShown}）`}
      aside={<OutcomeLabel call={call} />}
    >
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-dns-14N-130">
        {call.keys === '' ? null : (
          <span className="inline-flex items-center gap-1">
            押されたキー <KeyCaps keys={call.keys} />
          </span>
        )}
        <Path titles={call.path} limit={6} />
        <Link to="/calls/$callId" params={{ callId: call.callId }} className={LINK}>
          通話の流れを見る
        </Link>
      </p>
      {note === null ? null : <NoteShown note={note} />}
      {recordings.length === 0 ? null : (
        <div className="mt-2 max-w-xl">
          {recordings.map((recording, nth) => (
            <RecordingPlayer key={recording.recordingId} recording={recording} nth={nth + 1} />
          ))}
        </div>
      )}
    </Line>
  );
}

function SmsEntry({ entry: { at, sms } }: { entry: Of<'sms'> }) {
  return (
    <Line at={at} icon="message" title="送ったSMS" aside={<StateLabel {...SMS_STATES[sms.state]} />}>
      <p className="rounded-8 bg-solid-gray-50 px-3 py-2 text-std-16N-170 break-words whitespace-pre-wrap">
        {sms.text}
      </p>
    </Line>
  );
}

function InboxEntry({ entry: { at, item } }: { entry: Of<'inbox'> }) {
  return (
    <Line
      at={at}
      icon="inbox"
      title={`受付箱：${ITEM_KINDS[item.kind].word}`}
      aside={<StateLabel {...ITEM_STATES[item.state]} />}
    >
      <p className="flex flex-wrap gap-x-4 text-std-16N-170">
        <span>担当：{item.assignee?.name ?? '決まっていません'}</span>
        {item.isOverdue ? <span className="font-bold text-error-2">期限切れ</span> : null}
        <Link to="/inbox/$itemId" params={{ itemId: item.itemId }} className={LINK}>
          受付の内容を見る
        </Link>
      </p>
      {item.memo === '' ? null : (
        <p className="text-std-16N-170 break-words whitespace-pre-wrap">メモ：{item.memo}</p>
      )}
      {item.resultMemo === '' ? null : (
        <p className="text-std-16N-170 break-words whitespace-pre-wrap">結果：{item.resultMemo}</p>
      )}
    </Line>
  );
}

function Line({
  at,
  icon,
  title,
  aside,
  children,
}: {
  at: string;
  icon: IconName;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <li className="grid grid-cols-[9.5rem_minmax(0,1fr)] gap-4 border-b border-solid-gray-200 py-3 last:border-b-0">
      <p className="numerals text-dns-14N-130 text-solid-gray-700">
        <time dateTime={at}>
          {fullDayShown(at)}
          <span className="block text-dns-16B-130 text-solid-gray-900">{timeShown(at)}</span>
        </time>
      </p>
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h3 className="flex items-center gap-2 text-std-16B-170 text-solid-gray-900">
            <Icon name={icon} />
            {title}
          </h3>
          {aside}
        </div>
        {children}
      </div>
    </li>
  );
}
