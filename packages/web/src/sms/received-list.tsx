import { messageOf } from '../api/api-error.ts';
import { Empty } from '../design/empty.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { dayShown, timeShown } from '../words/japanese-time.ts';
import { numberShown } from '../words/number-shown.ts';
import { useSmsReceived } from './use-sms.ts';

/** The texts as the local SMSC simulator put them together again: what a telephone would have shown. */
export function ReceivedList() {
  const { data, error, isPending } = useSmsReceived();
  if (isPending) return <Loading rows={3} />;
  if (data === undefined) {
    return (
      <Notice kind="error" title="受け取った文を読み込めませんでした">
        {messageOf(error)}
      </Notice>
    );
  }
  if (!data.available) {
    return (
      <Empty icon="info" title="実際のSMS事業者につながっています">
        届いた文は、送り先の電話機でお確かめください。
      </Empty>
    );
  }
  if (data.messages.length === 0) {
    return (
      <Empty icon="message" title="受け取った文はまだありません">
        送信すると、ここに届いた文が表示されます。
      </Empty>
    );
  }
  return (
    <section
      aria-label="受け取った文の一覧"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-128 overflow-y-auto rounded-8 border border-solid-gray-300 bg-white print:max-h-none"
    >
      <ul>
        {data.messages.map((sms) => (
          <li
            key={`${sms.receivedAt} ${sms.to} ${sms.text}`}
            className="border-b border-solid-gray-200 p-4 last:border-b-0"
          >
            <p className="numerals flex flex-wrap justify-between gap-2 text-dns-14N-130 text-solid-gray-700">
              <span className="text-dns-16B-130 text-solid-gray-900">{numberShown(sms.to)} あて</span>
              <span>
                {dayShown(sms.receivedAt)}　{timeShown(sms.receivedAt)}　{sms.text.length}文字・{sms.parts}
                通分
              </span>
            </p>
            <p className="mt-2 w-fit max-w-full rounded-12 bg-green-50 px-4 py-2 text-std-16N-170 break-words whitespace-pre-wrap">
              {sms.text}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
