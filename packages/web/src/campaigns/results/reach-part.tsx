import { Loading } from '../../design/loading.tsx';
import { Section } from '../../design/section.tsx';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { ReachChart } from '../running/reach-chart.tsx';
import { reachSoFar } from '../running/reach-so-far.ts';
import { useReach } from './result-queries.ts';

/** How the reached people grew with time; printed with the figures. */
export function ReachPart({ campaignId }: { campaignId: string }) {
  const { data, error, refetch } = useReach(campaignId);
  const points = reachSoFar(
    (data?.points ?? []).map(({ from, calls, texts, reached }) => ({
      hour: from,
      tried: calls + texts,
      reached,
    })),
  );
  return (
    <Section title="連絡がついた人の移り変わり">
      <ReadingTrouble what="移り変わり" error={error} onAgain={() => void refetch()} />
      {data === undefined ? (
        error === null ? (
          <Loading rows={3} />
        ) : null
      ) : (
        <div className="rounded-8 border border-solid-gray-300 bg-white p-4">
          {points.length === 0 ? (
            <p className="text-std-16N-170">まだありません。</p>
          ) : (
            <ReachChart points={points} />
          )}
        </div>
      )}
    </Section>
  );
}
