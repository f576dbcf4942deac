import { useParams } from '@tanstack/react-router';
import { CampaignFrame } from '../campaign-frame.tsx';
import { DraftForm } from './draft-form.tsx';
import { PlanShown } from './plan-shown.tsx';

/** What a campaign is to do: to be made while it is a draft, to be read from then on. */
export function DraftPage() {
  const { campaignId } = useParams({ from: '/signedIn/campaigns/$campaignId' });
  return (
    <CampaignFrame campaignId={campaignId}>
      {(campaign) =>
        campaign.state === 'draft' && campaign.may.includes('change') ? (
          <DraftForm key={campaignId} campaign={campaign} />
        ) : (
          <PlanShown campaign={campaign} />
        )
      }
    </CampaignFrame>
  );
}
