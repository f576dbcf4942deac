import type { CampaignOutlook } from '@madoguchi/server/campaign-contract';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useProposeCampaign } from '../campaign-deeds.ts';
import { counted } from '../campaign-words.ts';
import { stepStateOf } from './step-states.ts';

/** The last step: who decides gets everything above as it stands saved. */
export function ProposePart({
  campaignId,
  version,
  outlook,
  isEdited,
}: {
  campaignId: string;
  version: number;
  outlook: CampaignOutlook | undefined;
  /** What is typed and not saved is not part of a proposal. */
  isEdited: boolean;
}) {
  const navigate = useNavigate();
  const propose = useProposeCampaign(campaignId, (proposalId) =>
    navigate({ to: '/campaign-proposals/$proposalId', params: { proposalId } }),
  );
  const [comment, setComment] = useState('');
  const [isTried, setTried] = useState(false);
  const state = stepStateOf('propose', outlook);
  const isReady = state?.type === 'ready' && !isEdited;
  const send = () => {
    setTried(true);
    if (comment.trim() === '' || !isReady || propose.isPending) return;
    propose.mutate({ version, comment: comment.trim() });
  };
  return (
    <>
      <TextField
        label="伺いの内容と理由"
        description="決裁する人のために書いてください。"
        rows={3}
        isRequired
        maxLength={1_000}
        value={comment}
        onChange={setComment}
        errorMessage={isTried && comment.trim() === '' ? '伺いの内容を入力してください。' : undefined}
      />
      {outlook === undefined ? null : (
        <p className="text-std-16N-170">
          {counted(outlook.recipients, '人')}の名簿、文面、時間、費用の見込みを、まとめて決裁にかけます。
          {outlook.steps}段の決裁が要ります。起案した人は決裁できません。
        </p>
      )}
      {propose.error === null ? null : (
        <Notice kind="error" title="決裁に出せませんでした">
          {messageOf(propose.error)}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button isBusy={propose.isPending} isDisabled={!isReady} onPress={send}>
          決裁に出す
        </Button>
        {isReady ? null : (
          <p className="text-std-16N-170 text-solid-gray-700">
            {isEdited
              ? '先に「下書きを保存する」を押してください。'
              : state?.type === 'later'
                ? `${state.after}がそろうと、決裁に出せます。`
                : ''}
          </p>
        )}
      </div>
    </>
  );
}
