import type { Counts } from '@madoguchi/server/count-contract';
import type { VersionList } from '@madoguchi/server/publish-contract';
import { type FormEvent, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { ChoiceBar } from '../../design/choice-bar.tsx';
import { DateField } from '../../design/date-field.tsx';
import { Select } from '../../design/select.tsx';
import { dayShown } from '../../words/japanese-time.ts';
import type { CountsSearch } from './counts-search.ts';
import { monthsNow, type Period } from './periods.ts';

const ALL = 'all';
const PERIODS = [
  { id: 'thisMonth', word: '今月' },
  { id: 'lastMonth', word: '先月' },
  { id: 'own', word: '日を選ぶ' },
] as const;

/** Which version, days and number the counts are of. */
export function CountsForm({
  versions,
  bundleId,
  period,
  numbers,
  number,
  onChange,
}: {
  versions: VersionList['versions'];
  bundleId: string;
  period: Period;
  numbers: Counts['numbers'];
  number: string | undefined;
  onChange: (change: Partial<CountsSearch>) => void;
}) {
  const months = monthsNow();
  const isPeriod = ({ from, to }: Period) => from === period.from && to === period.to;
  const shown = isPeriod(months.thisMonth) ? 'thisMonth' : isPeriod(months.lastMonth) ? 'lastMonth' : 'own';
  const [choosesDays, setChoosesDays] = useState(shown === 'own');
  const isListed = number === undefined || numbers.some(({ phoneNumber }) => phoneNumber === number);
  return (
    <div className="mb-3 rounded-8 border border-solid-gray-300 bg-white px-4 py-3 print:hidden">
      <div className="flex flex-wrap items-end gap-x-5 gap-y-3">
        <div className="w-76">
          <Select
            label="版"
            value={bundleId}
            placeholder="選んでください"
            choices={versions.map(({ bundleId: id, versionNo, publishedAt, inForceFor }) => ({
              id,
              word: `第${versionNo}版（${dayShown(publishedAt)}公開）${inForceFor.length > 0 ? '使用中' : ''}`,
            }))}
            onChange={(version) => onChange({ version, number: undefined, flow: undefined })}
          />
        </div>
        <div className="w-76">
          <Select
            label="かかってきた番号"
            value={number ?? ALL}
            choices={[
              { id: ALL, word: 'すべて' },
              ...numbers.map(({ phoneNumber, shown: digits, name, calls }) => ({
                id: phoneNumber,
                word: `${name}（${digits}）${calls}件`,
              })),
              ...(isListed ? [] : [{ id: number, word: `${number} 0件` }]),
            ]}
            onChange={(id) => onChange({ number: id === ALL ? undefined : id })}
          />
        </div>
        <ChoiceBar
          label="期間"
          choices={PERIODS}
          value={choosesDays ? 'own' : shown}
          onChange={(id) => {
            setChoosesDays(id === 'own');
            if (id === 'thisMonth') onChange({ from: undefined, to: undefined });
            if (id === 'lastMonth') onChange(months.lastMonth);
          }}
        />
      </div>
      {choosesDays ? (
        <OwnDays key={`${period.from} ${period.to}`} period={period} onChange={onChange} />
      ) : null}
    </div>
  );
}

/** Days are asked for only once both are typed: half a date is a date of the year 2. */
function OwnDays({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const [from, setFrom] = useState<string | undefined>(period.from);
  const [to, setTo] = useState<string | undefined>(period.to);
  const [wasTried, setTried] = useState(false);
  const problem =
    from === undefined || to === undefined
      ? '両方の日を入力してください。'
      : from > to
        ? '「この日から」が「この日まで」より後の日になっています。'
        : null;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (problem === null && from !== undefined && to !== undefined) onChange({ from, to });
  };
  return (
    <form aria-label="期間の日" onSubmit={submit} className="mt-3 flex flex-wrap items-end gap-x-4 gap-y-2">
      <DateField label="この日から" value={from} onChange={setFrom} />
      <DateField label="この日まで" value={to} onChange={setTo} />
      <Button type="submit" size="small">
        この期間を表示する
      </Button>
      {wasTried && problem !== null ? (
        <p role="alert" className="w-full text-std-16N-170 text-error-2">
          ＊{problem}
        </p>
      ) : null}
    </form>
  );
}
