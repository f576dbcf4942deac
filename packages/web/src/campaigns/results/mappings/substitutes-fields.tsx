import { useRef } from 'react';
import { Button } from '../../../design/button.tsx';
import { TextField } from '../../../design/text-field.tsx';
import { type EditedSubstitute, nextKey } from './mapping-draft.ts';

/** What stands for characters that Shift_JIS does not have. */
export function SubstitutesFields({
  rows,
  problems,
  onChange,
}: {
  rows: readonly EditedSubstitute[];
  problems: ReadonlyMap<string, string>;
  onChange: (rows: readonly EditedSubstitute[]) => void;
}) {
  const add = useRef<HTMLButtonElement>(null);
  const change = (key: number, part: Partial<EditedSubstitute>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <div className="flex flex-col gap-3 rounded-8 border border-solid-gray-300 bg-white p-4">
      <p className="text-std-16N-170">
        Shift_JISで書けない文字は、ここで決めた文字に置き換えます。決めていない文字は「〓」になります。どこが置き換わるかは、ファイルを作る前に一覧で確かめられます。
      </p>
      {rows.map(({ key, character, text }, at) => (
        <div key={key} className="flex flex-wrap items-end gap-3">
          <div className="w-40">
            <TextField
              label="書けない文字"
              aria-label={`書けない文字（${at + 1}）`}
              size="small"
              autoComplete="off"
              maxLength={20}
              value={character}
              onChange={(next) => change(key, { character: next })}
              errorMessage={problems.get(`substitute ${key}`)}
            />
          </div>
          <div className="w-40">
            <TextField
              label="代わりの文字"
              aria-label={`代わりの文字（${at + 1}）`}
              size="small"
              autoComplete="off"
              maxLength={20}
              value={text}
              onChange={(next) => change(key, { text: next })}
            />
          </div>
          <Button
            look="quiet"
            size="small"
            aria-label={`代わりの文字（${at + 1}）を削除する`}
            onPress={() => {
              onChange(rows.filter((row) => row.key !== key));
              add.current?.focus();
            }}
          >
            削除する
          </Button>
        </div>
      ))}
      <div>
        <Button
          ref={add}
          look="outline"
          size="small"
          onPress={() => onChange([...rows, { key: nextKey(rows), character: '', text: '' }])}
        >
          代わりの文字を加える
        </Button>
      </div>
    </div>
  );
}
