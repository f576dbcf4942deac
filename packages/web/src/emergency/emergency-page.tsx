import { useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Empty } from '../design/empty.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { HistoryTable } from './history-table.tsx';
import { MessageCard } from './message-card.tsx';
import { MessageForm } from './message-form.tsx';
import { TelephonePart } from './telephone-part.tsx';
import { useEmergency, useMaySwitch } from './use-emergency.ts';

/** Prepared announcements, switched on and off by one click each. */
export function EmergencyPage() {
  const { data, error, isPending, refetch } = useEmergency();
  const maySwitch = useMaySwitch();
  const [isAdding, setAdding] = useState(false);
  return (
    <>
      <PageTitle
        title="緊急アナウンス"
        lead="大雨や停電のときに、電話に出たら最初に流す案内です。公開や決裁なしに、次の電話から流れます。"
        aside={
          maySwitch && !isAdding ? (
            <Button look="outline" onPress={() => setAdding(true)}>
              <Icon name="speaker" />
              案内を用意する
            </Button>
          ) : null
        }
      />
      {error === null ? null : (
        <Notice
          kind="error"
          title="緊急アナウンスを読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {isPending ? <Loading rows={6} /> : null}
      {data === undefined ? null : (
        <div className="flex flex-col gap-4">
          {isAdding ? (
            <Section title="新しい案内">
              <MessageForm message={null} numbers={data.numbers} onClose={() => setAdding(false)} />
            </Section>
          ) : null}
          {data.messages.length === 0 && !isAdding ? (
            <Empty icon="speaker" title="用意した案内はまだありません">
              落ち着いているときに用意しておくと、いざというとき一度押すだけで流せます。
            </Empty>
          ) : null}
          <ul className="flex flex-col gap-4">
            {data.messages.map((message) => (
              <li key={message.messageId}>
                <MessageCard message={message} numbers={data.numbers} maySwitch={maySwitch} />
              </li>
            ))}
          </ul>
          {maySwitch ? <TelephonePart numbers={data.numbers} /> : null}
          {data.history.length === 0 ? null : (
            <Section title="これまでに流した案内">
              <HistoryTable periods={data.history} />
            </Section>
          )}
        </div>
      )}
    </>
  );
}
