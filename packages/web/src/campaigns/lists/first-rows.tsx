import { readableTextOf } from '@madoguchi/flow';
import type { ListPreview, ListPurpose } from '@madoguchi/server/campaign-list-contract';

/** The first usable rows as they will be. */
export function FirstRows({ purpose, rows }: { purpose: ListPurpose; rows: ListPreview['first'] }) {
  const names = [...new Set(rows.flatMap(({ values }) => values.map(({ name }) => name)))];
  if (rows.length === 0) return null;
  return (
    <div className="flex flex-col gap-1">
      <p className="text-std-16B-170">取り込む内容（はじめの{rows.length}行）</p>
      {/* Scrolls by keyboard too. */}
      <section
        aria-label="取り込む内容の表"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable (axe: scrollable-region-focusable)
        tabIndex={0}
        className="max-h-80 overflow-auto rounded-8 border border-solid-gray-300"
      >
        <table className="numerals w-full border-collapse text-dns-16N-130">
          <thead>
            <tr className="border-b border-solid-gray-420 bg-solid-gray-50 text-left text-dns-14B-130 whitespace-nowrap">
              {[
                '行',
                '宛名番号',
                ...(purpose === 'paid' ? [] : ['電話番号', 'フリガナ', '生年月日']),
                ...names,
                '注意',
              ].map((title) => (
                <th key={title} scope="col" className="px-3 py-2">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.rowNo} className="border-b border-solid-gray-200 last:border-b-0">
                <td className="px-3 py-1.5">{row.rowNo}</td>
                <th scope="row" className="px-3 py-1.5 text-left font-normal">
                  {row.addresseeNumber}
                </th>
                {purpose === 'paid' ? null : (
                  <>
                    <td className="px-3 py-1.5 whitespace-nowrap">
                      {row.telephone}
                      <span className="block text-dns-14N-130 text-solid-gray-700">{row.telephoneKind}</span>
                    </td>
                    <td className="px-3 py-1.5">{row.nameKana === '' ? 'なし' : row.nameKana}</td>
                    <td className="px-3 py-1.5 whitespace-nowrap">{row.hasBirthDate ? 'あり' : 'なし'}</td>
                  </>
                )}
                {names.map((name) => {
                  const value = row.values.find((each) => each.name === name);
                  return (
                    <td key={name} className="px-3 py-1.5 whitespace-nowrap">
                      {value === undefined ? '' : readableTextOf(`{{${name}}}`, () => value)}
                    </td>
                  );
                })}
                <td className="px-3 py-1.5">{row.warnings.map(({ message }) => message).join('')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
