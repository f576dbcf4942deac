import type { ResultMappingList, ResultSources } from '@madoguchi/server/campaign-result-contract';
import { useRef } from 'react';
import { Button } from '../../../design/button.tsx';
import type { ColumnOffer } from './column-content.tsx';
import { ColumnRow } from './column-row.tsx';
import { type EditedColumn, type EditedMapping, moved, nextKey } from './mapping-draft.ts';

const MOST_COLUMNS = 200;

/** The columns in the order in which the file has them: named, filled, moved and taken away by keyboard. */
export function ColumnsFields({
  edited: { columns, hasHeader },
  list,
  sources,
  problems,
  onChange,
}: {
  edited: EditedMapping;
  list: ResultMappingList;
  sources: ResultSources;
  problems: ReadonlyMap<string, string>;
  onChange: (columns: readonly EditedColumn[]) => void;
}) {
  const add = useRef<HTMLButtonElement>(null);
  const offer = offerOf(list, sources);
  const change = (key: number, part: Partial<EditedColumn>) =>
    onChange(columns.map((column) => (column.key === key ? { ...column, ...part } : column)));
  const remove = (key: number) => {
    onChange(columns.filter((column) => column.key !== key));
    // The button that had the focus is gone.
    add.current?.focus();
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="overflow-x-auto rounded-8 border border-solid-gray-300 bg-white">
        <table className="w-full border-collapse text-dns-16N-130">
          <caption className="sr-only">列の並び</caption>
          <thead>
            <tr className="border-b border-solid-gray-420 bg-solid-gray-50 text-left text-dns-14B-130">
              {['順', '見出し', '何を書くか', '中身', '並べ替え・削除'].map((title) => (
                <th key={title} scope="col" className="px-3 py-2 whitespace-nowrap">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map((column, at) => (
              <ColumnRow
                key={column.key}
                column={column}
                place={at + 1}
                isFirst={at === 0}
                isLast={at === columns.length - 1}
                hasHeader={hasHeader}
                offer={offer}
                headerProblem={problems.get(`header ${column.key}`)}
                sourceProblem={problems.get(`source ${column.key}`)}
                onChange={(part) => change(column.key, part)}
                onMove={(by) => onChange(moved(columns, column.key, by))}
                onRemove={() => remove(column.key)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {problems.has('columns') ? (
        <p className="text-std-16N-170 text-error-2">＊{problems.get('columns')}</p>
      ) : null}
      <div>
        <Button
          ref={add}
          look="outline"
          size="small"
          isDisabled={columns.length >= MOST_COLUMNS}
          onPress={() =>
            onChange([
              ...columns,
              { key: nextKey(columns), header: '', source: { type: 'field', field: 'addresseeNumber' } },
            ])
          }
        >
          列を加える
        </Button>
      </div>
    </div>
  );
}

/** What columns may hold: also the values that other mappings name, since a file may be for lists that this campaign has not. */
function offerOf({ fields, mappings }: ResultMappingList, { values, columns }: ResultSources): ColumnOffer {
  const named = mappings.flatMap(({ draft }) =>
    draft.columns.flatMap(({ source }) => (source.type === 'value' ? [source.name] : [])),
  );
  return {
    fields: fields.map(({ field, label }) => ({ id: field, word: label })),
    values: [...new Set([...values, ...named])],
    listColumns: columns,
  };
}
