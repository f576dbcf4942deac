import type { ColumnMapping, ListMapping, ListPurpose } from '@madoguchi/server/campaign-list-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useKeepMapping } from './list-queries.ts';

/** Keeps the mapping for the next file of the same core system. */
export function KeepMapping({
  purpose,
  columns,
  mapping,
}: {
  purpose: ListPurpose;
  columns: readonly ColumnMapping[];
  /** The one that was taken; keeping it under its own name renews it. */
  mapping: ListMapping | null;
}) {
  const keep = useKeepMapping();
  const [typed, setTyped] = useState<string | null>(null);
  const name = (typed ?? mapping?.name ?? '').trim();
  const isRenewed = mapping !== null && mapping.name === name;
  return (
    <div className="flex flex-wrap items-end gap-3 rounded-8 bg-solid-gray-50 px-4 py-3">
      <div className="w-72">
        <TextField
          label="この割り当てを保存する名前"
          description="例：国保システム 未納者一覧"
          size="small"
          autoComplete="off"
          maxLength={60}
          value={typed ?? mapping?.name ?? ''}
          onChange={setTyped}
        />
      </div>
      <Button
        look="outline"
        size="small"
        isBusy={keep.isPending}
        isDisabled={name === '' || columns.length === 0}
        onPress={() => keep.mutate({ mapping: isRenewed ? mapping : null, name, purpose, columns })}
      >
        {isRenewed ? '割り当てを上書きする' : '割り当てを保存する'}
      </Button>
      <p role="status" className="text-std-16N-170 empty:hidden">
        {keep.isSuccess ? '保存しました。次のファイルから選べます。' : ''}
      </p>
      {keep.error === null ? null : (
        <p role="alert" className="basis-full text-std-16N-170 text-error-2">
          ＊{messageOf(keep.error)}
        </p>
      )}
    </div>
  );
}
