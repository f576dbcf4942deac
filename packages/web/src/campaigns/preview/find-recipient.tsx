import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { TextField } from '../../design/text-field.tsx';
import { useRecipients } from '../campaign-queries.ts';

/** Looks for a recipient by 宛名番号 or telephone; those that are found stand below, to be chosen. */
export function FindRecipient({
  campaignId,
  onFound,
}: {
  campaignId: string;
  onFound: (recipientId: number) => void;
}) {
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState<string | null>(null);
  return (
    <div className="flex flex-col gap-2">
      {/* biome-ignore lint/a11y/useSemanticElements: <search> is not yet known to every Edge in town halls */}
      <form
        role="search"
        aria-label="内容を確かめる方を探す"
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          setSearch(typed.trim());
        }}
      >
        <TextField
          label="宛名番号か電話番号の一部"
          size="small"
          autoComplete="off"
          maxLength={40}
          value={typed}
          onChange={setTyped}
        />
        <Button type="submit" look="outline" size="small">
          <Icon name="search" className="size-4" />
          探す
        </Button>
      </form>
      {search === null || search === '' ? null : (
        <Found campaignId={campaignId} search={search} onFound={onFound} />
      )}
    </div>
  );
}

const MOST_SHOWN = 8;

function Found({
  campaignId,
  search,
  onFound,
}: {
  campaignId: string;
  search: string;
  onFound: (recipientId: number) => void;
}) {
  const { data } = useRecipients(campaignId, { search });
  const [page] = data?.pages ?? [];
  if (page === undefined) return null;
  if (page.recipients.length === 0)
    return (
      <p role="status" className="text-std-16N-170">
        見つかりませんでした。
      </p>
    );
  return (
    <ul aria-label="見つかった方" className="flex flex-wrap gap-2">
      {page.recipients.slice(0, MOST_SHOWN).map(({ recipientId, addresseeNumber, telephoneShown }) => (
        <li key={recipientId}>
          <Button look="outline" size="tight" onPress={() => onFound(recipientId)}>
            {addresseeNumber}（{telephoneShown}）
          </Button>
        </li>
      ))}
      {page.total > MOST_SHOWN ? (
        <li className="self-center text-std-16N-170">ほか{page.total - MOST_SHOWN}人</li>
      ) : null}
    </ul>
  );
}
