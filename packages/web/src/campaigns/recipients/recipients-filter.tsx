import { type FormEvent, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { ChoiceBar } from '../../design/choice-bar.tsx';
import { Icon } from '../../design/icon.tsx';
import { Select } from '../../design/select.tsx';
import { TextField } from '../../design/text-field.tsx';
import { oneOf, RECIPIENT_STATE_ORDER, RECIPIENT_STATES, RESULT_ORDER, RESULTS } from '../campaign-words.ts';
import type { RecipientsSearch } from './recipients-search.ts';

const ANY = 'any';
const STATES = [
  { id: ANY, word: 'すべて' },
  ...RECIPIENT_STATE_ORDER.map((id) => ({ id, word: RECIPIENT_STATES[id].word })),
];
const RESULT_CHOICES = [
  { id: ANY, word: 'すべて' },
  ...RESULT_ORDER.map((id) => ({ id, word: RESULTS[id] })),
];

/** State, result, 宛名番号 or telephone: choices take effect at once, what is typed by Enter. */
export function RecipientsFilter({
  search,
  onSearch,
}: {
  search: RecipientsSearch;
  onSearch: (search: RecipientsSearch) => void;
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
      aria-label="配信先の絞り込み"
      onSubmit={submit}
      className="flex flex-wrap items-end gap-x-6 gap-y-3 rounded-8 border border-solid-gray-300 bg-white p-4 print:hidden"
    >
      <ChoiceBar
        label="状態"
        choices={STATES}
        value={search.state ?? ANY}
        onChange={(id) => onSearch({ ...search, state: oneOf(RECIPIENT_STATE_ORDER, id) })}
      />
      <div className="w-48">
        <Select
          label="お話の結果"
          choices={RESULT_CHOICES}
          value={search.result ?? ANY}
          onChange={(id) => onSearch({ ...search, result: oneOf(RESULT_ORDER, id) })}
        />
      </div>
      <div className="flex items-end gap-2">
        <TextField
          label="宛名番号か電話番号の一部"
          size="small"
          autoComplete="off"
          maxLength={40}
          value={typed}
          onChange={setTyped}
        />
        <Button type="submit" size="small">
          <Icon name="search" className="size-4" />
          探す
        </Button>
      </div>
    </form>
  );
}
