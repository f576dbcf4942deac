import type { CallSummary } from '@madoguchi/server/contract';
import { useId } from 'react';
import { messageOf } from '../api/api-error.ts';
import { CitizenLink } from '../citizen/citizen-link.tsx';
import { ComplaintMark } from '../citizen/complaint-mark.tsx';
import { Button } from '../design/button.tsx';
import { KeyCaps } from '../design/key-caps.tsx';
import { Notice } from '../design/notice.tsx';
import { Path } from '../design/path.tsx';
import { CallNotePart } from '../notes/call-note-part.tsx';
import { useBackground } from '../notes/use-notes.ts';
import { EarlierCalls } from './earlier-calls.tsx';
import { OpenItems } from './open-items.tsx';

/** Who calls, by which way, what was before; and the note. `onClose` is null while nobody has begun to work in it. */
export function StaffCallPanel({
  call,
  isOver,
  onWorkBegins,
  onClose,
}: {
  call: CallSummary;
  isOver: boolean;
  /** The focus has come into the panel. */
  onWorkBegins: () => void;
  onClose: (() => void) | null;
}) {
  const titleId = useId();
  const { data, error } = useBackground(call.callId);
  return (
    <article
      aria-labelledby={titleId}
      onFocus={onWorkBegins}
      className="rounded-8 border-2 border-key-900 bg-white px-5 py-4"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 id={titleId} className="numerals text-std-24B-150 text-solid-gray-900">
          {call.callerShown}
        </h3>
        <span className="text-std-16N-170 text-solid-gray-700">{data?.numberKind ?? ''}</span>
        <ComplaintMark number={call.callerNumber} />
        <CitizenLink number={call.callerNumber} />
        {onClose === null ? null : (
          <span className="ml-auto">
            <Button look="outline" size="small" onPress={onClose}>
              この電話を閉じる
            </Button>
          </span>
        )}
      </header>
      {isOver ? <p className="text-std-16B-170">この通話は終わりました。記録は続けて入力できます。</p> : null}
      {data?.complaint ? (
        <p className="text-std-16N-170 text-error-2">苦情の内容：{data.complaint.reason}</p>
      ) : null}
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-dns-16N-130">
        <span>
          {call.phoneNumberName ?? '登録のない番号'}（{call.phoneNumberShown}）
        </span>
        <span className="inline-flex items-center gap-1">
          押されたキー <KeyCaps keys={call.keys} />
        </span>
      </p>
      <p className="mt-1">
        <Path titles={call.path} limit={6} />
      </p>
      <div className="mt-3 grid grid-cols-2 items-start gap-5">
        <div className="flex flex-col gap-3">
          {error === null ? null : (
            <Notice kind="error" title="これまでの記録を読み込めませんでした">
              {messageOf(error)}
            </Notice>
          )}
          {data === undefined ? null : (
            <>
              <OpenItems items={data.inboxItems} />
              <EarlierCalls earlier={data.earlier} hasNumber={call.callerNumber !== null} />
            </>
          )}
        </div>
        <CallNotePart callId={call.callId} />
      </div>
    </article>
  );
}
