import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useRemoveRecipient } from '../campaign-deeds.ts';

/** Takes one person off, with a reason that stays. */
export function RemovalForm({ campaignId, recipientId }: { campaignId: string; recipientId: number }) {
  const remove = useRemoveRecipient(campaignId, recipientId);
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  if (!isOpen)
    return (
      <div className="print:hidden">
        <Button look="outline" onPress={() => setOpen(true)}>
          この方への発信を取りやめる
        </Button>
      </div>
    );
  return (
    <section
      aria-label="発信の取りやめ"
      className="flex flex-col gap-3 rounded-8 border border-solid-gray-300 bg-white p-4 print:hidden"
    >
      <TextField
        label="取りやめる理由"
        description="この方には、この配信の電話もSMSも、もう届きません。元には戻せません。"
        autoFocus
        isRequired
        maxLength={500}
        value={reason}
        onChange={setReason}
        errorMessage={isTried && reason.trim() === '' ? '理由を入力してください。' : undefined}
      />
      {remove.error === null ? null : (
        <Notice kind="error" title="取りやめられませんでした">
          {messageOf(remove.error)}
        </Notice>
      )}
      <div className="flex flex-wrap gap-3">
        <Button
          isBusy={remove.isPending}
          onPress={() => {
            setTried(true);
            if (reason.trim() !== '' && !remove.isPending) remove.mutate(reason.trim());
          }}
        >
          発信を取りやめる
        </Button>
        <Button look="outline" onPress={() => setOpen(false)}>
          戻る
        </Button>
      </div>
    </section>
  );
}
