import type { ResultMappingList } from '@madoguchi/server/campaign-result-contract';
import { useState } from 'react';
import { Fold } from '../../../design/fold.tsx';
import { TextField } from '../../../design/text-field.tsx';

const KINDS = { means: '手段', result: '結果' } as const;

/** The codes of a core system in the place of ours. */
export function CodesFields({
  codes,
  own,
  onChange,
}: {
  codes: ResultMappingList['codes'];
  /** By our code. */
  own: Readonly<Record<string, string>>;
  onChange: (own: Record<string, string>) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const changed = codes.filter(({ code }) => (own[code] ?? '') !== '' && own[code] !== code).length;
  return (
    <Fold
      title="コード表"
      explanation={changed === 0 ? 'すべて、標準のコードのままです' : `${changed}個のコードを変えています`}
      isOpen={isOpen}
      onOpenChange={setOpen}
    >
      <p className="mb-3 text-std-16N-170">
        基幹システムのコードが決まっているときに入力してください。空の欄は、標準のコードのまま書きます。コード表のファイルにも、ここで決めたコードが載ります。
      </p>
      <table className="w-full max-w-3xl border-collapse text-dns-16N-130">
        <caption className="sr-only">コード表</caption>
        <thead>
          <tr className="border-b border-solid-gray-420 bg-solid-gray-50 text-left text-dns-14B-130">
            {['区分', '内容', '標準のコード', '基幹システムのコード'].map((title) => (
              <th key={title} scope="col" className="px-3 py-2">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {codes.map(({ kind, code, label }) => (
            <tr key={`${kind} ${code}`} className="border-b border-solid-gray-200">
              <td className="px-3 py-1">{KINDS[kind]}</td>
              <th scope="row" className="px-3 py-1 text-left font-normal">
                {label}
              </th>
              <td className="numerals px-3 py-1">{code}</td>
              <td className="w-64 px-3 py-1 [&_label]:sr-only">
                <TextField
                  label={`${KINDS[kind]}「${label}」の基幹システムのコード`}
                  size="small"
                  autoComplete="off"
                  maxLength={20}
                  value={own[code] ?? ''}
                  onChange={(text) => onChange({ ...own, [code]: text })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Fold>
  );
}
