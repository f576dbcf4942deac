import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { FindRecipient } from './find-recipient.tsx';
import { RecipientPreviewShown } from './recipient-preview-shown.tsx';
import { SampleList } from './sample-list.tsx';

/** 「この方に流れる内容」: of somebody who is looked for, or of twenty at random. */
export function PreviewPart({
  campaignId,
  isEdited,
  unheard,
}: {
  campaignId: string;
  isEdited: boolean;
  /** Texts of the scenario that nobody has listened to. */
  unheard?: ReadonlySet<string> | undefined;
}) {
  const [recipientId, setRecipientId] = useState<number | null>(null);
  /** Each round draws others; 0: none yet. */
  const [round, setRound] = useState(0);
  return (
    <div className="flex flex-col gap-4">
      {isEdited ? (
        <Notice kind="info" title="保存していない変更は、まだここに出ません">
          「下書きを保存する」を押すと、新しい内容になります。
        </Notice>
      ) : null}
      <div className="flex flex-wrap items-end gap-4 print:hidden">
        <FindRecipient campaignId={campaignId} onFound={setRecipientId} />
        <Button look="outline" size="small" onPress={() => setRound((before) => before + 1)}>
          <Icon name="refresh" className="size-4" />
          {round === 0 ? '無作為に20人を選ぶ' : '別の20人を選ぶ'}
        </Button>
      </div>
      {round === 0 ? null : (
        <SampleList campaignId={campaignId} round={round} chosen={recipientId} onChoose={setRecipientId} />
      )}
      {recipientId === null ? (
        <p className="text-std-16N-170 text-solid-gray-700">
          確かめたい方を選ぶと、その方に流れる内容がそのまま出ます。
        </p>
      ) : (
        <RecipientPreviewShown
          key={recipientId}
          campaignId={campaignId}
          recipientId={recipientId}
          unheard={unheard}
        />
      )}
    </div>
  );
}
