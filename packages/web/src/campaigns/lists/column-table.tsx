import { ReadAsSchema } from '@madoguchi/flow';
import type { CampaignList } from '@madoguchi/server/campaign-list-contract';
import { CheckBox } from '../../design/check-box.tsx';
import { Select } from '../../design/select.tsx';
import { TextField } from '../../design/text-field.tsx';
import { oneOf } from '../campaign-words.ts';
import { type ColumnChoice, READ_AS, USES, usesFor } from './column-choices.ts';

const READ_AS_CHOICES = ReadAsSchema.options.map((id) => ({ id, word: READ_AS[id] }));

/** A row for every column of the file: what stands in it, and what it is used as. */
export function ColumnTable({
  list: { headers, samples, purpose },
  choices,
  onChange,
}: {
  list: CampaignList;
  choices: readonly ColumnChoice[];
  onChange: (choices: readonly ColumnChoice[]) => void;
}) {
  const uses = usesFor(purpose);
  const change = (at: number, part: Partial<ColumnChoice>) =>
    onChange(choices.map((choice, index) => (index === at ? { ...choice, ...part } : choice)));
  return (
    <div className="overflow-x-auto rounded-8 border border-solid-gray-300">
      <table className="w-full border-collapse text-dns-16N-130">
        <caption className="sr-only">列の割り当て</caption>
        <thead>
          <tr className="border-b border-solid-gray-420 bg-solid-gray-50 text-left text-dns-14B-130">
            <th scope="col" className="px-3 py-2 whitespace-nowrap">
              ファイルの列
            </th>
            <th scope="col" className="px-3 py-2">
              中身の例
            </th>
            <th scope="col" className="w-72 px-3 py-2">
              何に使うか
            </th>
            <th scope="col" className="px-3 py-2">
              値の名前と読み方
            </th>
          </tr>
        </thead>
        <tbody>
          {choices.map((choice, at) => (
            <tr key={headers[at]} className="border-b border-solid-gray-200 align-middle last:border-b-0">
              <th scope="row" className="px-3 py-1.5 text-left font-bold whitespace-nowrap">
                {choice.header}
              </th>
              <td className="max-w-40 px-3 py-1.5 text-solid-gray-700 2xl:max-w-80">
                {samples.slice(0, 2).map((row, nth) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the first rows of a file never change places
                  <span key={nth} className="block truncate">
                    {row[at] ?? ''}
                  </span>
                ))}
              </td>
              <td className="px-3 py-1.5">
                <Select
                  label={`「${choice.header}」の使い道`}
                  isLabelShown={false}
                  choices={uses.map((use) => ({ id: use, word: USES[use] }))}
                  value={choice.use}
                  onChange={(id) => change(at, { use: oneOf(uses, id) ?? 'none' })}
                />
              </td>
              <td className="px-3 py-1.5">
                <Details choice={choice} onChange={(part) => change(at, part)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Details({
  choice,
  onChange,
}: {
  choice: ColumnChoice;
  onChange: (part: Partial<ColumnChoice>) => void;
}) {
  const { use, header, name, readAs, required } = choice;
  if (use !== 'value' && use !== 'nameKana' && use !== 'birthDate') return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      {use === 'value' ? (
        <>
          <div className="w-32 [&_label]:sr-only">
            <TextField
              label={`「${header}」の値の名前`}
              size="small"
              autoComplete="off"
              maxLength={40}
              value={name}
              onChange={(next) => onChange({ name: next })}
            />
          </div>
          <div className="w-44">
            <Select
              label={`「${header}」の読み方`}
              isLabelShown={false}
              choices={READ_AS_CHOICES}
              value={readAs}
              onChange={(id) => onChange({ readAs: ReadAsSchema.parse(id) })}
            />
          </div>
        </>
      ) : null}
      <CheckBox
        label="空の行は除く"
        name={`空の行は除く：${header}`}
        isSelected={required}
        onChange={(next) => onChange({ required: next })}
      />
    </div>
  );
}
