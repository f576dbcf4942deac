import type { CampaignDetail } from '@madoguchi/server/campaign-contract';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { useCopyCampaign, useMayEditCampaigns, useRemoveCampaign } from '../campaign-deeds.ts';

/** Copying, removing, and the notice for 広報. */
export function DraftDeeds({ campaign }: { campaign: CampaignDetail }) {
  const { campaignId, name, version, may } = campaign;
  const navigate = useNavigate();
  const mayEdit = useMayEditCampaigns();
  const copy = useCopyCampaign(campaignId);
  const remove = useRemoveCampaign(campaignId);
  const [isAsking, setAsking] = useState(false);
  const failure = copy.error ?? remove.error;
  return (
    <div className="flex flex-wrap items-center gap-3 print:hidden">
      <Link
        to="/campaigns/$campaignId/notice"
        params={{ campaignId }}
        className="inline-flex min-h-10 items-center gap-2 rounded-8 border border-key-900 bg-white px-3 text-oln-14B-100 text-key-900 underline-offset-4 hover:bg-key-50 hover:underline"
      >
        <Icon name="print" className="size-4" />
        広報・ホームページ用のお知らせ
      </Link>
      {mayEdit ? (
        <Button
          look="outline"
          size="small"
          isBusy={copy.isPending}
          onPress={() =>
            copy.mutate(`${name}の写し`.slice(0, 200), {
              onSuccess: (saved) =>
                navigate({ to: '/campaigns/$campaignId', params: { campaignId: saved.campaignId } }),
            })
          }
        >
          この内容を写して新しく作る
        </Button>
      ) : null}
      {may.includes('remove') ? (
        <Button look="outline" size="small" isBusy={remove.isPending} onPress={() => setAsking(true)}>
          下書きを削除する
        </Button>
      ) : null}
      {failure === null ? null : (
        <Notice kind="error" title="できませんでした">
          {messageOf(failure)}
        </Notice>
      )}
      <ConfirmDialog
        title="下書きを削除しますか"
        yes="削除する"
        isOpen={isAsking}
        onAnswer={(go) => {
          setAsking(false);
          if (go) remove.mutate(version, { onSuccess: () => navigate({ to: '/campaigns' }) });
        }}
      >
        <p className="text-std-16N-170">「{name}」と、取り込んだ名簿を消します。元には戻せません。</p>
      </ConfirmDialog>
    </div>
  );
}
