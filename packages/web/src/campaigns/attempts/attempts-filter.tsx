import { type FormEvent, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { DateField } from '../../design/date-field.tsx';
import { Icon } from '../../design/icon.tsx';
import { Select } from '../../design/select.tsx';
import { TextField } from '../../design/text-field.tsx';
import { OUTCOME_ORDER, OUTCOMES, oneOf, RESULT_ORDER, RESULTS } from '../campaign-words.ts';
import type { AttemptsSearch } from './attempts-search.ts';

const ANY = 'any';
const CHANNELS = ['call', 'sms'] as const;
const CHANNEL_CHOICES = [
  { id: ANY, word: 'すべて' },
  { id: 'call', word: '電話' },
  { id: 'sms', word: 'SMS' },
];
const OUTCOME_CHOICES = [
  { id: ANY, word: 'すべて' },
  ...OUTCOME_ORDER.map((id) => ({ id, word: OUTCOMES[id] })),
];
const RESULT_CHOICES = [
  { id: ANY, word: 'すべて' },
  ...RESULT_ORDER.map((id) => ({ id, word: RESULTS[id] })),
];

/** Means, outcome, what was said, day, 宛名番号: choices take effect at once, what is typed by Enter. */
export function AttemptsFilter({
  search,
  onSearch,
}: {
  search: AttemptsSearch;
  onSearch: (search: AttemptsSearch) => void;
}) {
  const [typed, setTyped] = useState(search.search ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = typed.trim();
    onSearch({ ...search, search: wanted === '' ? undefined : wanted });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is not yet known to every Edge in town halls
    <form
      role="search"
      aria-label="発信の記録の絞り込み"
      onSubmit={submit}
      className="flex flex-wrap items-end gap-x-4 gap-y-3 rounded-8 border border-solid-gray-300 bg-white p-4 print:hidden"
    >
      <div className="w-28">
        <Select
          label="手段"
          choices={CHANNEL_CHOICES}
          value={search.channel ?? ANY}
          onChange={(id) => onSearch({ ...search, channel: oneOf(CHANNELS, id) })}
        />
      </div>
      <div className="w-44">
        <Select
          label="発信の結果"
          choices={OUTCOME_CHOICES}
          value={search.outcome ?? ANY}
          onChange={(id) => onSearch({ ...search, outcome: oneOf(OUTCOME_ORDER, id) })}
        />
      </div>
      <div className="w-44">
        <Select
          label="お話の結果"
          choices={RESULT_CHOICES}
          value={search.result ?? ANY}
          onChange={(id) => onSearch({ ...search, result: oneOf(RESULT_ORDER, id) })}
        />
      </div>
      <div className="flex items-end gap-1">
        <div className="w-44">
          <DateField label="日" value={search.day} onChange={(day) => onSearch({ ...search, day })} />
        </div>
        {search.day === undefined ? null : (
          <Button look="quiet" size="small" onPress={() => onSearch({ ...search, day: undefined })}>
            日を消す
          </Button>
        )}
      </div>
      <div className="flex items-end gap-2">
        <div className="w-36">
          <TextField
            label="宛名番号の初め"
            size="small"
            autoComplete="off"
            maxLength={40}
            value={typed}
            onChange={setTyped}
          />
        </div>
        <Button type="submit" size="small">
          <Icon name="search" className="size-4" />
          探す
        </Button>
      </div>
    </form>
  );
}
