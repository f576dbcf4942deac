import type { AttemptStory } from '@madoguchi/server/campaign-result-contract';
import { Link, useParams } from '@tanstack/react-router';
import { Empty } from '../../design/empty.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { Section } from '../../design/section.tsx';
import { durationShown, momentShown } from '../../words/japanese-time.ts';
import { useCampaign } from '../campaign-queries.ts';
import { counted } from '../campaign-words.ts';
import { Facts } from '../facts.tsx';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { attemptFacts } from './attempt-facts.tsx';
import { useAttemptStory } from './attempt-queries.ts';
import { meansWords, playedWords } from './attempt-words.ts';

/** One call or message: what was said in it word for word, how far it was heard, what came of it. */
export function AttemptPage() {
  const { campaignId, attemptId } = useParams({
    from: '/signedIn/campaigns/$campaignId/attempts/$attemptId',
  });
  const { data, error, refetch } = useAttemptStory(attemptId);
  const campaign = useCampaign(campaignId);
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130 print:hidden">
        <Link
          to="/campaigns/$campaignId/attempts"
          params={{ campaignId }}
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          発信の記録
        </Link>
      </nav>
      <PageTitle
        title={
          data === undefined ? '発信' : `${momentShown(data.attempt.reservedAt)}の${meansWords(data.attempt)}`
        }
        lead={campaign.data?.name}
      />
      <ReadingTrouble what="発信の記録" error={error} onAgain={() => void refetch()} />
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : (
        <Story campaignId={campaignId} story={data} />
      )}
    </>
  );
}

function Story({ campaignId, story }: { campaignId: string; story: AttemptStory }) {
  const { attempt, heard, texts, callId } = story;
  return (
    <div className="flex flex-col gap-5">
      <Facts facts={attemptFacts(campaignId, story)} />
      {attempt.channel === 'sms' ? null : (
        <Section
          title="電話で流れた文章"
          aside={
            callId === null ? undefined : (
              <Link
                to="/calls/$callId"
                params={{ callId }}
                className="text-std-16N-170 text-key-900 underline underline-offset-4 print:hidden"
              >
                通話の流れを見る
              </Link>
            )
          }
        >
          {heard.length === 0 ? <Empty icon="voice" title="何も流れていません" /> : <Heard heard={heard} />}
        </Section>
      )}
      {texts.length === 0 ? null : (
        <Section title="送ったSMS">
          <Texts texts={texts} />
        </Section>
      )}
    </div>
  );
}

function Heard({ heard }: { heard: AttemptStory['heard'] }) {
  return (
    <ol className="flex flex-col gap-2">
      {heard.map((each) => (
        <li
          key={`${each.atMs} ${each.text}`}
          className="rounded-8 border border-solid-gray-300 bg-white px-4 py-3 text-std-16N-170"
        >
          <p className="numerals text-solid-gray-700">
            {[
              durationShown(each.atMs),
              ...(each.nodeTitle === null ? [] : [`「${each.nodeTitle}」`]),
              playedWords(each),
              ...(each.slower ? ['ゆっくり'] : []),
            ].join('　')}
          </p>
          <p className="whitespace-pre-wrap">{each.text}</p>
        </li>
      ))}
    </ol>
  );
}

function Texts({ texts }: { texts: AttemptStory['texts'] }) {
  return (
    <ol className="flex flex-col gap-2">
      {texts.map(({ text, stateLabel, parts, createdAt, settledAt }) => (
        <li
          key={`${createdAt} ${text}`}
          className="rounded-8 border border-solid-gray-300 bg-white px-4 py-3 text-std-16N-170"
        >
          <p className="numerals text-solid-gray-700">
            {[
              momentShown(createdAt),
              `${stateLabel}${settledAt === null ? '' : `（${momentShown(settledAt)}）`}`,
              counted(parts, '通分'),
            ].join('　')}
          </p>
          <p className="whitespace-pre-wrap">{text}</p>
        </li>
      ))}
    </ol>
  );
}
