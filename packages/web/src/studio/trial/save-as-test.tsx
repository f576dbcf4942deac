import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/text-field.tsx';

/** Keeps the run that is on the screen under a name. */
export function SaveAsTest({
  isPending,
  errorMessage,
  onSave,
}: {
  isPending: boolean;
  errorMessage?: string | undefined;
  onSave: (name: string) => void;
}) {
  const [name, setName] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  return (
    <form
      noValidate
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setIsMissing(name.trim() === '');
        if (name.trim() === '') return;
        onSave(name.trim());
        setName('');
      }}
    >
      <div className="min-w-0 grow basis-60">
        <TextField
          label="この通話を確認として保存する"
          description="フローを変えたあとも同じ結果になるか、公開の前に自動で確かめます。"
          size="small"
          maxLength={60}
          value={name}
          onChange={setName}
          errorMessage={isMissing ? '「祝日の昼」のように、名前を入力してください。' : errorMessage}
        />
      </div>
      <Button type="submit" look="outline" isPending={isPending}>
        保存する
      </Button>
    </form>
  );
}
