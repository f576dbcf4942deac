import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { digitsOf } from '../calls/calls-search.ts';
import { Button } from '../design/button.tsx';
import { CheckBox } from '../design/check-box.tsx';
import { ChoiceBar } from '../design/choice-bar.tsx';
import { Icon } from '../design/icon.tsx';
import { Select } from '../design/select.tsx';
import { TextField } from '../design/text-field.tsx';
import { numbersQuery } from '../number-queries.ts';
import { useInboxCounts } from '../shell/use-inbox-counts.ts';
import { type InboxSearch, InboxSearchSchema } from './inbox-search.ts';

const ANY = 'any';

/** State, who has it, overdue, number: each choice takes effect at once, a typed number by Enter. */
export function InboxFilter({
  search,
  onSearch,
}: {
  search: InboxSearch;
  onSearch: (search: InboxSearch) => void;
}) {
  const { data } = useQuery(numbersQuery);
  const counts = useInboxCounts();
  const [number, setNumber] = useState(search.number ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const digits = digitsOf(number);
    onSearch({ ...search, number: digits === '' ? undefined : digits });
  };
  const counted = (word: string, count: number | undefined) =>
    count === undefined ? word : `${word} ${count}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not yet known to every Edge in town halls
    <form
      role="search"
      aria-label="受付箱の絞り込み"
      onSubmit={submit}
      className="mb-4 flex flex-wrap items-end gap-x-6 gap-y-3 rounded-8 border border-solid-gray-300 bg-white p-4 print:hidden"
    >
      <ChoiceBar
        label="状態"
        value={search.state ?? ANY}
        onChange={(state) =>
          onSearch({
            ...search,
            state: InboxSearchSchema.shape.state.parse(state === ANY ? undefined : state),
          })
        }
        choices={[
          { id: ANY, word: '未対応と対応中' },
          { id: 'open', word: counted('未対応', counts?.open) },
          { id: 'inProgress', word: counted('対応中', counts?.inProgress) },
          { id: 'done', word: '済' },
        ]}
      />
      <Select
        label="かかってきた番号"
        value={search.phoneNumber ?? ANY}
        onChange={(id) => onSearch({ ...search, phoneNumber: id === ANY ? undefined : id })}
        choices={[
          { id: ANY, word: 'すべて' },
          ...(data?.numbers ?? []).map((each) => ({
            id: each.phoneNumber,
            word: `${each.name}（${each.shown}）`,
          })),
        ]}
      />
      <div className="flex items-end gap-2">
        <TextField
          label="相手の番号の一部"
          size="small"
          inputMode="tel"
          value={number}
          onChange={setNumber}
        />
        <Button type="submit" size="small">
          <Icon name="search" className="size-4" />
          探す
        </Button>
      </div>
      <fieldset className="flex gap-4">
        <legend className="sr-only">さらに絞る</legend>
        <CheckBox
          label="自分の担当だけ"
          isSelected={search.mine === true}
          onChange={(mine) => onSearch({ ...search, mine: mine ? true : undefined })}
        />
        <CheckBox
          label="期限切れだけ"
          isSelected={search.overdue === true}
          onChange={(overdue) => onSearch({ ...search, overdue: overdue ? true : undefined })}
        />
      </fieldset>
    </form>
  );
}
