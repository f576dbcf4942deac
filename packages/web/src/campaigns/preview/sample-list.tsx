import { Button } from '../../design/button.tsx';
import { Loading } from '../../design/loading.tsx';
import { useRecipientSample } from '../campaign-queries.ts';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { ListenRow } from './listen-row.tsx';

const COUNT = 20;

/** Twenty at random, to be heard in a row, or looked at by one press each. */
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
    <>
      <ListenRow key={round} campaignId={campaignId} people={data.recipients} />
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
    </>
  );
}
