import type { CampaignSummary } from '@madoguchi/server/campaign-contract';
import { Shares } from '../design/progress.tsx';
import { RECIPIENT_STATES } from './campaign-words.ts';

/** How many recipients are done, under way, still to come and taken off. */
export function RecipientShares({
  recipients,
  label,
}: {
  recipients: CampaignSummary['recipients'];
  label: string;
}) {
  return (
    <Shares
      label={label}
      unit="人"
      shares={[
        { id: 'done', word: RECIPIENT_STATES.done.word, count: recipients.done, look: 'done' },
        ...(recipients.inProgress === 0
          ? []
          : ([
              {
                id: 'inProgress',
                word: RECIPIENT_STATES.inProgress.word,
                count: recipients.inProgress,
                look: 'underWay',
              },
            ] as const)),
        { id: 'waiting', word: RECIPIENT_STATES.waiting.word, count: recipients.waiting, look: 'rest' },
        { id: 'removed', word: RECIPIENT_STATES.removed.word, count: recipients.removed, look: 'off' },
      ]}
    />
  );
}
