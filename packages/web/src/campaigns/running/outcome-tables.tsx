import type { CampaignProgress } from '@madoguchi/server/campaign-contract';
import { Section } from '../../design/section.tsx';
import { ANSWERED_BY, OUTCOMES, RESULT_ORDER, RESULTS, SETTLED } from '../campaign-words.ts';
import { CountTable } from '../count-table.tsx';

/** What came of calls and messages, who answered, what people said, and why nobody calls them any more. */
export function OutcomeTables({ progress }: { progress: CampaignProgress }) {
  const { outcomes, answeredBy, results, settled } = progress;
  const of = (channel: 'call' | 'sms') =>
    outcomes
      .filter((each) => each.channel === channel)
      .map(({ outcome, count }) => ({ id: outcome, word: OUTCOMES[outcome], count }));
  const sms = of('sms');
  return (
    <Section title="くわしい数">
      <div className="grid grid-cols-2 items-start gap-x-6 gap-y-5">
        <CountTable caption="電話の結果" unit="回" rows={of('call')} empty="まだありません。" />
        <CountTable
          caption="お話の結果"
          unit="人"
          rows={RESULT_ORDER.flatMap((result) => {
            const found = results.find((each) => each.result === result);
            return found === undefined ? [] : [{ id: result, word: RESULTS[result], count: found.count }];
          })}
          empty="まだありません。"
        />
        {sms.length === 0 ? null : <CountTable caption="SMSの結果" unit="通" rows={sms} empty="" />}
        <CountTable
          caption="電話に出た相手"
          unit="回"
          rows={answeredBy.map((each) => ({
            id: each.answeredBy,
            word: ANSWERED_BY[each.answeredBy],
            count: each.count,
          }))}
          empty="まだありません。"
        />
        <CountTable
          caption="もうかけない方と、そのわけ"
          unit="人"
          rows={settled.map(({ reason, count }) => ({ id: reason, word: SETTLED[reason], count }))}
          empty="まだいません。"
        />
      </div>
    </Section>
  );
}
