import { TRUNK_PROFILES, trunkDraftOfProfile } from '@madoguchi/server/trunk-contract';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { PageTitle } from '../design/page-title.tsx';
import { BackToTrunks } from './back-link.tsx';
import { KindChoice } from './kind-choice.tsx';
import { TrunkForm } from './trunk-form.tsx';

/** First the kind, then the fields of that kind. */
export function NewTrunkPage() {
  const navigate = useNavigate();
  const [profileId, setProfileId] = useState<string | null>(null);
  const profile = TRUNK_PROFILES.find(({ id }) => id === profileId);
  return (
    <>
      <PageTitle
        title="回線を追加する"
        lead="電話会社の書類をお手元にご用意ください。"
        aside={<BackToTrunks />}
      />
      <KindChoice profileId={profileId} onChange={setProfileId} />
      {profile === undefined ? null : (
        <div className="mt-6">
          <TrunkForm
            key={profile.id}
            initial={trunkDraftOfProfile(profile)}
            storedAs={null}
            onSaved={() => void navigate({ to: '/trunks', search: { done: 'saved' } })}
            onReload={() => setProfileId(null)}
          />
        </div>
      )}
    </>
  );
}
