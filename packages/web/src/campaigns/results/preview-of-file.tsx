import type { ResultPreview } from '@madoguchi/server/campaign-result-contract';
import { Notice } from '../../design/notice.tsx';
import { counted } from '../campaign-words.ts';
import { RowsOfFile } from './rows-of-file.tsx';

/** What a file would hold, and what there is to know before it is taken. */
export function PreviewOfFile({ preview: { headers, firstRows, notes } }: { preview: ResultPreview }) {
  return (
    <div className="flex flex-col gap-3">
      <p className="text-std-16B-170">{counted(notes.rows, '行')}のファイルになります</p>
      {notes.substitutionCount === 0 ? null : (
        <Notice
          kind="warning"
          title={`このファイルの文字コードで書けない文字が${counted(notes.substitutionCount, 'か所')}あります`}
        >
          <ul className="numerals max-h-40 list-disc overflow-auto pl-5">
            {notes.substitutions.map(({ row, column, character, code, substitute }) => (
              <li key={`${row} ${column} ${code}`}>
                {row}行目「{column}」の「{character}」（{code}）は「{substitute}」と書きます
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {notes.formulaLikeCount === 0 ? null : (
        <Notice kind="info" title={`「=」などで始まる値が${counted(notes.formulaLikeCount, 'か所')}あります`}>
          基幹システム用の書き方では、値をそのまま書きます。Excelで開くと、計算されることがあります。表計算ソフト用の書き方では、計算されないように、前に「'」を付けます。
        </Notice>
      )}
      {notes.emptyColumns.length === 0 ? null : (
        <Notice kind="info" title={`名簿にない列は空になります：${notes.emptyColumns.join('、')}`} />
      )}
      <RowsOfFile label="ファイルの中身の表" headers={headers} rows={firstRows} />
    </div>
  );
}
