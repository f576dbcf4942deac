import type { CampaignProposal } from '@madoguchi/server/campaign-contract';
import { useState } from 'react';
import { CheckBox } from '../../design/check-box.tsx';
import { DecisionForm } from '../../publishing/decision-form.tsx';
import { useDecideCampaign } from '../campaign-deeds.ts';

/** Decides on a campaign. Personal values in SMS are allowed here alone. */
export function CampaignDecisionForm({
  proposal: { proposalId, contentSha256, personalInSms },
}: {
  proposal: CampaignProposal;
}) {
  const { mutate, isPending, error } = useDecideCampaign(proposalId);
  const [mayTell, setMayTell] = useState(false);
  return (
    <DecisionForm
      contentSha256={contentSha256}
      decide={{
        isPending,
        error,
        mutate: (made) => mutate({ ...made, smsMayTellPersonal: mayTell }),
      }}
      question={
        personalInSms.length === 0
          ? undefined
          : {
              isAnswered: mayTell,
              shown: (isMissed) => (
                <div className="flex flex-col">
                  <CheckBox
                    label={`SMSに、個人に関わる値（${personalInSms.join('、')}）を入れることを許可する`}
                    isSelected={mayTell}
                    onChange={setMayTell}
                  />
                  {isMissed ? (
                    <p role="alert" className="text-std-16N-170 text-error-2">
                      ＊許可しないときは、差し戻してSMSの文面を直してもらってください。
                    </p>
                  ) : null}
                </div>
              ),
            }
      }
    />
  );
}
