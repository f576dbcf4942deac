import type { AttemptOutcome, CampaignProgress } from '@madoguchi/server/campaign-contract';

const ANSWERED: readonly AttemptOutcome[] = ['answered', 'smsDelivered'];

/** What one wants to know first. */
export function BigFigures({ progress }: { progress: CampaignProgress }) {
  const { attempts, outcomes, results, recipients } = progress;
  const answered = outcomes
    .filter(({ outcome }) => ANSWERED.includes(outcome))
    .reduce((sum, { count }) => sum + count, 0);
  const promised = results.find(({ result }) => result === 'promised')?.count ?? 0;
  const figures = [
    { name: 'かけた・送った', count: attempts.tried, unit: '回' },
    { name: 'つながった', count: answered, unit: '回' },
    { name: '納付約束', count: promised, unit: '人' },
    { name: '残り', count: recipients.waiting + recipients.inProgress, unit: '人' },
    { name: 'いま発信中', count: attempts.open, unit: '件' },
  ];
  return (
    <dl className="grid grid-cols-5 gap-3">
      {figures.map(({ name, count, unit }) => (
        <div key={name} className="rounded-8 border border-solid-gray-300 bg-white px-4 py-3">
          <dt className="text-std-16N-170 text-solid-gray-700">{name}</dt>
          <dd className="numerals text-std-32B-150 text-solid-gray-900">
            {count.toLocaleString('ja-JP')}
            <span className="ml-1 text-std-16N-170">{unit}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
