import type { CampaignProposal } from '@madoguchi/server/campaign-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Notice } from '../../design/notice.tsx';
import { useWithdrawCampaign } from '../campaign-deeds.ts';

/** Takes the proposal back, after asking. */
export function WithdrawButton({ proposal }: { proposal: CampaignProposal }) {
  const withdraw = useWithdrawCampaign(proposal.proposalId);
  const [isAsking, setAsking] = useState(false);
  return (
    <div className="flex flex-wrap gap-3 print:hidden">
      <Button look="outline" isBusy={withdraw.isPending} onPress={() => setAsking(true)}>
        伺いを取り下げる
      </Button>
      {withdraw.error === null ? null : (
        <Notice kind="error" title="取り下げられませんでした">
          {messageOf(withdraw.error)}
        </Notice>
      )}
      <ConfirmDialog
        title="伺いを取り下げますか"
        yes="取り下げる"
        isOpen={isAsking}
        onAnswer={(go) => {
          setAsking(false);
          if (go) withdraw.mutate();
        }}
      >
        <p className="text-std-16N-170">下書きに戻り、直せるようになります。発信はされません。</p>
      </ConfirmDialog>
    </div>
  );
}
