import type { CallStory } from '@madoguchi/server/contract';
import { Link, useParams } from '@tanstack/react-router';
import { ApiError, messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { CallNotePart } from '../notes/call-note-part.tsx';
import { CallFacts } from './call-facts.tsx';
import { RecordingPlayer } from './recording-player.tsx';
import { SmsCards } from './sms-cards.tsx';
import { Timeline } from './timeline.tsx';
import { useStory } from './use-story.ts';

/** One call, step by step. */
export function StoryPage() {
  const { callId } = useParams({ from: '/signedIn/calls/$callId' });
  const { data, error, isPending, refetch } = useStory(callId);
  const isUnknown = error instanceof ApiError && error.status === 404;
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130 print:hidden">
        <Link
          to="/calls"
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          通話の記録
        </Link>
      </nav>
      <PageTitle
        title="通話の流れ"
        aside={
          data === undefined ? undefined : (
            <Button look="outline" size="small" onPress={() => window.print()}>
              <Icon name="print" className="size-4" />
              印刷する
            </Button>
          )
        }
      />
      {error === null ? null : (
        <div className="mb-4">
          <Notice
            kind="error"
            title={isUnknown ? 'この通話は見つかりません' : '通話の流れを読み込めませんでした'}
            action={
              isUnknown ? undefined : (
                <Button look="outline" size="small" onPress={() => void refetch()}>
                  もう一度読み込む
                </Button>
              )
            }
          >
            {isUnknown
              ? '保存期間が過ぎて削除されたか、アドレスが間違っている可能性があります。'
              : messageOf(error)}
          </Notice>
        </div>
      )}
      {isPending ? <Loading rows={8} /> : null}
      {data === undefined ? null : <Story story={data} />}
    </>
  );
}

function Story({ story: { call, steps, recordings, sms } }: { story: CallStory }) {
  return (
    <>
      <CallFacts call={call} />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)] gap-6 print:grid-cols-1">
        <div>
          <Section title="起きたこと" aside={<p className="numerals text-std-16N-170">{steps.length}件</p>}>
            <Timeline steps={steps} />
          </Section>
        </div>
        <div>
          <Section title="応対の記録">
            <CallNotePart callId={call.callId} />
          </Section>
          {recordings.length === 0 ? null : (
            <Section title="録音">
              {recordings.map((recording, at) => (
                <RecordingPlayer key={recording.recordingId} recording={recording} nth={at + 1} />
              ))}
            </Section>
          )}
          {sms.length === 0 ? null : (
            <Section title="送ったSMS">
              <SmsCards messages={sms} />
            </Section>
          )}
        </div>
      </div>
    </>
  );
}
