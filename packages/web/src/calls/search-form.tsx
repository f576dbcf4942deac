import { today } from '@internationalized/date';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../design/button.tsx';
import { DateField } from '../design/date-field.tsx';
import { Icon } from '../design/icon.tsx';
import { Select } from '../design/select.tsx';
import { TextField } from '../design/text-field.tsx';
import { numbersQuery } from '../number-queries.ts';
import { OUTCOME_ORDER, OUTCOMES } from '../words/outcome.ts';
import { type CallsSearch, digitsOf } from './calls-search.ts';

const ANY = 'any';

/** Days back from today in Japan, whatever the computer's zone. */
function lastDays(count: number): { from: string; to: string } {
  const last = today('Asia/Tokyo');
  return { from: last.subtract({ days: count - 1 }).toString(), to: last.toString() };
}

const PERIODS = [
  { word: '今日', days: 1 },
  { word: 'この7日間', days: 7 },
  { word: 'この30日間', days: 30 },
] as const;

/** Starts from what the address says; give it a new `key` when that changes. */
export function SearchForm({
  search,
  onSearch,
}: {
  search: CallsSearch;
  onSearch: (search: CallsSearch) => void;
}) {
  const [draft, setDraft] = useState(search);
  const { data } = useQuery(numbersQuery);
  const isBackwards = draft.from !== undefined && draft.to !== undefined && draft.from > draft.to;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBackwards) return;
    const number = digitsOf(draft.number ?? '');
    onSearch({ ...draft, number: number === '' ? undefined : number });
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not yet known to every Edge in town halls
    <form
      role="search"
      aria-label="通話の検索"
      onSubmit={submit}
      className="mb-4 rounded-8 border border-solid-gray-300 bg-white p-4 print:hidden"
    >
      <div className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] items-end gap-x-4 gap-y-3">
        <TextField
          label="発信元番号の一部"
          size="small"
          inputMode="tel"
          value={draft.number ?? ''}
          onChange={(number) => setDraft({ ...draft, number })}
        />
        <Select
          label="かかってきた番号"
          value={draft.phoneNumber ?? ANY}
          onChange={(id) => setDraft({ ...draft, phoneNumber: id === ANY ? undefined : id })}
          choices={[
            { id: ANY, word: 'すべて' },
            ...(data?.numbers ?? []).map((number) => ({
              id: number.phoneNumber,
              word: `${number.name}（${number.shown}）`,
            })),
          ]}
        />
        <Select
          label="結果"
          value={draft.outcome ?? ANY}
          onChange={(id) => setDraft({ ...draft, outcome: id === ANY ? undefined : id })}
          choices={[
            { id: ANY, word: 'すべて' },
            ...OUTCOME_ORDER.map((id) => ({ id, word: OUTCOMES[id].word })),
          ]}
        />
        <DateField label="この日から" value={draft.from} onChange={(from) => setDraft({ ...draft, from })} />
        <DateField label="この日まで" value={draft.to} onChange={(to) => setDraft({ ...draft, to })} />
      </div>
      {isBackwards ? (
        <p role="alert" className="mt-2 text-std-16N-170 text-error-2">
          ＊「この日から」が「この日まで」より後の日になっています。
        </p>
      ) : null}
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <fieldset className="flex flex-wrap items-center gap-1">
          <legend className="sr-only">期間をまとめて選ぶ</legend>
          {PERIODS.map(({ word, days }) => (
            <Button
              key={days}
              look="quiet"
              size="small"
              onPress={() => setDraft({ ...draft, ...lastDays(days) })}
            >
              {word}
            </Button>
          ))}
        </fieldset>
        <div className="flex gap-3">
          <Button look="outline" size="small" onPress={() => onSearch({})}>
            条件を消す
          </Button>
          <Button type="submit" size="small">
            <Icon name="search" className="size-4" />
            検索する
          </Button>
        </div>
      </div>
    </form>
  );
}
