import type { AttemptStory } from '@madoguchi/server/campaign-result-contract';
import { Link } from '@tanstack/react-router';
import { durationInWords, fullDayShown, timeShown } from '../../words/japanese-time.ts';
import { dayWords } from '../campaign-words.ts';
import type { Fact } from '../facts.tsx';

const exactly = (at: string) => `${fullDayShown(at)} ${timeShown(at)}`;

/** All that is known of an attempt beside its texts; what has not happened is left out. */
export function attemptFacts(campaignId: string, story: AttemptStory): readonly Fact[] {
  const { attempt, identity, talkMs, scenario, keys, spokenAnswer, q850Cause } = story;
  const isCall = attempt.channel === 'call';
  return [
    {
      name: '宛名番号',
      value: (
        <Link
          to="/campaigns/$campaignId/recipients/$recipientId"
          params={{ campaignId, recipientId: String(attempt.recipientId) }}
          className="numerals text-key-900 underline underline-offset-4"
        >
          {attempt.addresseeNumber}
        </Link>
      ),
    },
    { name: 'フリガナ', value: attempt.nameKana === '' ? 'なし' : attempt.nameKana },
    { name: '電話番号', value: <span className="numerals">{attempt.telephoneShown}</span> },
    {
      name: '発信の結果',
      value: `${attempt.outcomeLabel}${attempt.countsAsTry ? '' : '（回数には数えません）'}`,
    },
    ...known('出た相手', attempt.answeredByLabel),
    ...known('本人確認', identity === null ? null : identity === 'matched' ? 'できた' : 'できず'),
    ...(isCall
      ? [
          {
            name: 'お話の結果',
            value:
              attempt.resultLabel === null
                ? 'なし'
                : `${attempt.resultLabel}${attempt.promisedOn === null ? '' : `（${dayWords(attempt.promisedOn)}）`}`,
          },
          { name: '押されたキー', value: keys === '' ? 'なし' : <span className="numerals">{keys}</span> },
          { name: '話された答え', value: spokenAnswer ?? 'なし' },
        ]
      : []),
    ...(isCall || scenario !== null
      ? [
          {
            name: 'シナリオの版',
            value:
              scenario === null ? (
                '分かりません'
              ) : (
                <>
                  {scenario.name}
                  <span className="numerals block text-dns-14N-130 break-all">{scenario.versionId}</span>
                </>
              ),
          },
        ]
      : []),
    { name: isCall ? '発信を決めた日時' : '送ると決めた日時', value: exactly(attempt.reservedAt) },
    ...known(isCall ? 'かけ始めた日時' : '送り始めた日時', moment(story.dialledAt)),
    ...known('呼び出した日時', moment(story.ringingAt)),
    ...known('応答した日時', moment(attempt.answeredAt)),
    ...known('終わった日時', moment(attempt.endedAt)),
    ...known('通話の長さ', talkMs === null ? null : durationInWords(talkMs)),
    ...known(
      '回線の返事',
      attempt.sipCode === null
        ? null
        : `${attempt.sipCode}${q850Cause === null ? '' : `（理由番号 ${q850Cause}）`}`,
    ),
    { name: '結果ファイル', value: attempt.exportId === null ? 'まだ入っていません' : '入っています' },
  ];
}

function moment(at: string | null): string | null {
  return at === null ? null : exactly(at);
}

function known(name: string, value: string | null): readonly Fact[] {
  return value === null ? [] : [{ name, value: <span className="numerals">{value}</span> }];
}
