import type { ResultExport } from '@madoguchi/server/campaign-result-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { FormDialog } from '../../design/form-dialog.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { TextField } from '../../design/text-field.tsx';
import { counted } from '../campaign-words.ts';
import { mappingShown } from './file-words.ts';
import { useMakeExport, useResultMappings } from './result-queries.ts';

/** The results of a file leave the house once more: with a reason, and marked as 再出力 wherever the new file is named. */
export function ExportAgain({ made }: { made: ResultExport }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="outline" size="small" onPress={() => setOpen(true)}>
        <Icon name="refresh" className="size-4" />
        もう一度出す
      </Button>
      {isOpen ? <AgainDialog made={made} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function AgainDialog({ made, onClose }: { made: ResultExport; onClose: () => void }) {
  const { campaignId, exportId, exportNo, repeats, mappingName, attempts } = made;
  const mappings = useResultMappings();
  const make = useMakeExport(campaignId);
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const all = mappings.data?.mappings ?? [];
  const usual = all.find(({ draft }) => draft.name === mappingName) ?? all[0];
  const mappingId = chosen ?? usual?.mappingId ?? null;
  const failure = make.error ?? mappings.error;
  const submit = () => {
    setTried(true);
    if (reason.trim() === '' || mappingId === null) return;
    const of = { type: 'again', exportId, reason: reason.trim() } as const;
    make.mutate({ mappingId, of }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={`第${exportNo}回の結果をもう一度出しますか`}
      yes="もう一度出す"
      isPending={make.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className="text-std-16N-170">
        {`すでに一度出した${counted(attempts, '件')}の結果を、新しいファイルにします。二重に取り込まれないように、ファイルの名前、目録、一覧に「第${repeats?.exportNo ?? exportNo}回の再出力」と記します。`}
      </p>
      <Select
        label="様式"
        choices={all.map(({ mappingId: id, draft }) => ({ id, word: mappingShown(draft) }))}
        value={mappingId}
        onChange={setChosen}
      />
      <TextField
        label="もう一度出す理由"
        description="例：基幹システムで取り込みに失敗したため"
        isRequired
        validationBehavior="aria"
        autoComplete="off"
        maxLength={200}
        value={reason}
        onChange={setReason}
        errorMessage={isTried && reason.trim() === '' ? '理由を入力してください。' : undefined}
      />
      {failure === null ? null : (
        <Notice kind="error" title="出せませんでした">
          {messageOf(failure)}
        </Notice>
      )}
    </FormDialog>
  );
}
