import { messageOf } from '../api/api-error.ts';
import { Empty } from '../design/empty.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { ReceivedList } from './received-list.tsx';
import { SentTable } from './sent-table.tsx';
import { SmsForm } from './sms-form.tsx';
import { useSmsRecent } from './use-sms.ts';

/** Sends a text message by hand and shows what became of it. */
export function SmsPage() {
  return (
    <>
      <PageTitle title="SMSの試し送信" lead="SMSが正しく送れることを確かめる画面です。" />
      <div className="grid grid-cols-2 items-start gap-6">
        <Section title="送る">
          <SmsForm />
        </Section>
        <Section title="模擬SMSセンターで受け取った文">
          <ReceivedList />
        </Section>
      </div>
      <Section title="送ったSMS">
        <Sent />
      </Section>
    </>
  );
}

function Sent() {
  const { data, error, isPending } = useSmsRecent();
  if (isPending) return <Loading rows={3} />;
  return (
    <>
      {error === null ? null : (
        <div className="mb-3">
          <Notice kind="error" title="送ったSMSの最新の状態を読み込めませんでした">
            {messageOf(error)}
          </Notice>
        </div>
      )}
      {data === undefined ? null : data.messages.length === 0 ? (
        <Empty icon="message" title="送ったSMSはまだありません" />
      ) : (
        <SentTable messages={data.messages} />
      )}
    </>
  );
}
