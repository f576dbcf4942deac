import type { RecipientStory } from '@madoguchi/server/campaign-contract';
import { Link } from '@tanstack/react-router';
import { Icon } from '../../design/icon.tsx';
import { durationInWords, momentShown } from '../../words/japanese-time.ts';
import { ANSWERED_BY, dayWords, OUTCOMES, RESULTS } from '../campaign-words.ts';

type Attempt = RecipientStory['attempts'][number];

/** Calls and messages in their order, each with what came of it. */
export function AttemptList({ campaignId, attempts }: { campaignId: string; attempts: readonly Attempt[] }) {
  return (
    <ol className="flex flex-col gap-2">
      {attempts.map((attempt) => (
        <li
          key={attempt.attemptId}
          className="flex items-start gap-3 rounded-8 border border-solid-gray-300 bg-white px-4 py-3 text-std-16N-170"
        >
          <span className="pt-1 text-key-900">
            <Icon
              name={attempt.channel === 'sms' ? 'message' : attempt.isCallBack ? 'phoneIn' : 'phoneOut'}
            />
          </span>
          <div className="min-w-0 grow">
            <p>
              <span className="numerals mr-3">{momentShown(attempt.reservedAt)}</span>
              {attempt.channel === 'sms' ? 'SMS' : attempt.isCallBack ? '折り返しの電話' : '電話'}
              <span className="ml-3 font-bold">
                {attempt.outcome === null ? '続いています' : OUTCOMES[attempt.outcome]}
              </span>
            </p>
            <p className="text-solid-gray-700">{detailsOf(attempt).join('　')}</p>
            {attempt.smsText === null ? null : <p className="whitespace-pre-wrap">{attempt.smsText}</p>}
          </div>
          <Link
            to="/campaigns/$campaignId/attempts/$attemptId"
            params={{ campaignId, attemptId: attempt.attemptId }}
            aria-label={`${momentShown(attempt.reservedAt)}の発信をくわしく見る`}
            className="whitespace-nowrap text-key-900 underline underline-offset-4 print:hidden"
          >
            くわしく見る
          </Link>
        </li>
      ))}
    </ol>
  );
}

function detailsOf(attempt: Attempt): readonly string[] {
  const { answeredBy, answeredAt, endedAt, identity, result, promisedOn, countsAsTry, sipCode } = attempt;
  const talkMs =
    answeredAt === null || endedAt === null
      ? null
      : new Date(endedAt).getTime() - new Date(answeredAt).getTime();
  return [
    ...(answeredBy === null ? [] : [`出た相手：${ANSWERED_BY[answeredBy]}`]),
    ...(identity === null ? [] : [identity === 'matched' ? '本人確認：できた' : '本人確認：できず']),
    ...(result === null
      ? []
      : [`${RESULTS[result]}${promisedOn === null ? '' : `（${dayWords(promisedOn)}）`}`]),
    ...(talkMs === null ? [] : [`通話：${durationInWords(talkMs)}`]),
    ...(countsAsTry ? [] : ['回数には数えません']),
    ...(sipCode === null ? [] : [`回線の返事：${sipCode}`]),
  ];
}
