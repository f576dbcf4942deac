import type { CampaignDetail } from '@madoguchi/server/campaign-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { useSetCampaignState } from '../campaign-deeds.ts';

type Deed = 'pause' | 'resume' | 'stop';

const QUESTIONS: Readonly<
  Record<Deed, { readonly title: string; readonly yes: string; readonly words: string }>
> = {
  pause: {
    title: '一時停止しますか',
    yes: '一時停止する',
    words: '新しい発信を数秒で止めます。いま話し中の電話は、最後まで続きます。後で再開できます。',
  },
  resume: {
    title: '再開しますか',
    yes: '再開する',
    words: '決めた曜日と時間の中で、残りの方への発信を続けます。',
  },
  stop: {
    title: '配信を中止しますか',
    yes: '中止する',
    words:
      '残りの方には、もう電話もSMSも届きません。いま話し中の電話は、最後まで続きます。中止した配信は再開できません。',
  },
};
const TO = { pause: 'paused', resume: 'running', stop: 'ended' } as const;

/** Pausing, going on, stopping for good: each asks first. */
export function StateButtons({ campaign }: { campaign: CampaignDetail }) {
  const { campaignId, may, version } = campaign;
  const change = useSetCampaignState(campaignId);
  const [asked, setAsked] = useState<Deed | null>(null);
  /** Kept while the dialog goes away. */
  const [shown, setShown] = useState<Deed>('pause');
  const ask = (deed: Deed) => {
    setShown(deed);
    setAsked(deed);
  };
  if (!may.includes('pause') && !may.includes('resume') && !may.includes('stop')) return null;
  return (
    <div className="flex flex-wrap items-center gap-3 print:hidden">
      {may.includes('pause') ? (
        <Button isBusy={change.isPending} onPress={() => ask('pause')}>
          <Icon name="wait" />
          一時停止する
        </Button>
      ) : null}
      {may.includes('resume') ? (
        <Button isBusy={change.isPending} onPress={() => ask('resume')}>
          <Icon name="phoneOut" />
          再開する
        </Button>
      ) : null}
      {may.includes('stop') ? (
        <Button look="outline" isBusy={change.isPending} onPress={() => ask('stop')}>
          <Icon name="cross" />
          中止する
        </Button>
      ) : null}
      {change.error === null ? null : (
        <div className="basis-full">
          <Notice kind="error" title="できませんでした">
            {messageOf(change.error)}
          </Notice>
        </div>
      )}
      <ConfirmDialog
        title={QUESTIONS[shown].title}
        yes={QUESTIONS[shown].yes}
        no="戻る"
        isOpen={asked !== null}
        onAnswer={(go) => {
          setAsked(null);
          if (go && asked !== null) change.mutate({ to: TO[asked], version });
        }}
      >
        <p className="text-std-16N-170">{QUESTIONS[shown].words}</p>
      </ConfirmDialog>
    </div>
  );
}
