import type { CampaignProposal } from '@madoguchi/server/campaign-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { CheckBox } from '../../design/check-box.tsx';
import { Notice } from '../../design/notice.tsx';
import { Section } from '../../design/section.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useDecideCampaign } from '../campaign-deeds.ts';

/** For who may decide: approve, or send back with a reason; also in somebody's place. Personal values in SMS are allowed here alone. */
export function CampaignDecisionForm({ proposal }: { proposal: CampaignProposal }) {
  const decide = useDecideCampaign(proposal.proposalId);
  const [reason, setReason] = useState('');
  const [isForOther, setForOther] = useState(false);
  const [onBehalfOf, setOnBehalfOf] = useState('');
  const [mayTell, setMayTell] = useState(false);
  const [tried, setTried] = useState<'approved' | 'sentBack' | null>(null);
  const needsReason = tried === 'sentBack' || (tried !== null && isForOther);
  const needsAllowing = proposal.personalInSms.length > 0;
  const isAllowingMissing = needsAllowing && !mayTell;

  function send(decision: 'approved' | 'sentBack'): void {
    setTried(decision);
    const isIncomplete =
      ((decision === 'sentBack' || isForOther) && reason.trim() === '') ||
      (isForOther && onBehalfOf.trim() === '') ||
      (decision === 'approved' && isAllowingMissing);
    if (isIncomplete || decide.isPending) return;
    decide.mutate({
      decision,
      reason: reason.trim(),
      onBehalfOf: isForOther ? onBehalfOf.trim() : null,
      smsMayTellPersonal: mayTell,
      contentSha256: proposal.contentSha256,
    });
  }

  return (
    <div className="print:hidden">
      <Section title="決裁する">
        <div className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-4">
          {needsAllowing ? (
            <div className="flex flex-col">
              <CheckBox
                label={`SMSに、個人に関わる値（${proposal.personalInSms.join('、')}）を入れることを許可する`}
                isSelected={mayTell}
                onChange={setMayTell}
              />
              {tried === 'approved' && isAllowingMissing ? (
                <p role="alert" className="text-std-16N-170 text-error-2">
                  ＊許可しないときは、差し戻してSMSの文面を直してもらってください。
                </p>
              ) : null}
            </div>
          ) : null}
          <CheckBox
            label="代決（ほかの人に代わって決裁する）"
            isSelected={isForOther}
            onChange={setForOther}
          />
          {isForOther ? (
            <TextField
              label="どなたの代わりですか"
              description="例：収納課長"
              value={onBehalfOf}
              onChange={setOnBehalfOf}
              maxLength={60}
              errorMessage={
                tried !== null && onBehalfOf.trim() === '' ? 'お名前か役職を入力してください。' : undefined
              }
            />
          ) : null}
          <TextField
            label="理由・意見"
            description="差戻しと代決のときは、必ず入力してください。"
            rows={3}
            value={reason}
            onChange={setReason}
            maxLength={1_000}
            errorMessage={needsReason && reason.trim() === '' ? '理由を入力してください。' : undefined}
          />
          {decide.error === null ? null : (
            <Notice kind="error" title="決裁できませんでした">
              {messageOf(decide.error)}
            </Notice>
          )}
          <div className="flex flex-wrap gap-3">
            <Button isBusy={decide.isPending} onPress={() => send('approved')}>
              この内容で決裁する
            </Button>
            <Button look="outline" isBusy={decide.isPending} onPress={() => send('sentBack')}>
              差し戻す
            </Button>
          </div>
        </div>
      </Section>
    </div>
  );
}
