import { Button } from '../../design/button.tsx';
import { Loading } from '../../design/loading.tsx';
import { useRecipientSample } from '../campaign-queries.ts';
import { ReadingTrouble } from '../reading-trouble.tsx';

const COUNT = 20;

/** Twenty at random, one press each. */
export function SampleList({
  campaignId,
  round,
  chosen,
  onChoose,
}: {
  campaignId: string;
  round: number;
  chosen: number | null;
  onChoose: (recipientId: number) => void;
}) {
  const { data, error, refetch } = useRecipientSample(campaignId, COUNT, round);
  if (data === undefined)
    return error === null ? (
      <Loading rows={1} />
    ) : (
      <ReadingTrouble what="無作為に選んだ方" error={error} onAgain={() => void refetch()} />
    );
  if (data.recipients.length === 0) return <p className="text-std-16N-170">発信する方がいません。</p>;
  return (
    <ul aria-label="無作為に選んだ方" className="flex flex-wrap gap-2">
      {data.recipients.map(({ recipientId, addresseeNumber, rowNo }) => (
        <li key={recipientId}>
          <Button
            look={chosen === recipientId ? 'solid' : 'outline'}
            size="tight"
            aria-pressed={chosen === recipientId}
            onPress={() => onChoose(recipientId)}
          >
            {addresseeNumber}
            <span className="font-normal">（{rowNo}行目）</span>
          </Button>
        </li>
      ))}
    </ul>
  );
}
