import type { ProposalDetail } from '@madoguchi/server/publish-contract';
import { useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useSettle } from './use-publishing.ts';

/** Publishing by hand, and taking the proposal back. */
export function SettleButtons({ proposal }: { proposal: ProposalDetail }) {
  const settle = useSettle(proposal.proposalId);
  const [asking, setAsking] = useState<'publication' | 'withdrawal' | null>(null);
  const { may } = proposal;
  if (!may.publish && !may.withdraw) return null;
  return (
    <div className="flex flex-wrap gap-3 print:hidden">
      {may.publish ? <Button onPress={() => setAsking('publication')}>いま公開する</Button> : null}
      {may.withdraw ? (
        <Button look="outline" onPress={() => setAsking('withdrawal')}>
          伺いを取り下げる
        </Button>
      ) : null}
      {settle.error === null ? null : (
        <Notice kind="error" title="できませんでした">
          {messageOf(settle.error)}
        </Notice>
      )}
      <ConfirmDialog
        title={asking === 'publication' ? 'いま公開しますか' : '伺いを取り下げますか'}
        yes={asking === 'publication' ? '公開する' : '取り下げる'}
        isOpen={asking !== null}
        onAnswer={(go) => {
          if (go && asking !== null) settle.mutate(asking);
          setAsking(null);
        }}
      >
        <p className="text-std-16N-170">
          {asking === 'publication'
            ? '次にかかってくる電話から、新しい案内になります。いま話し中の電話は、そのままの案内で続きます。'
            : '公開はされません。下書きはそのまま残ります。'}
        </p>
      </ConfirmDialog>
    </div>
  );
}
