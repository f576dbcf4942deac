import type { InboxItem } from '@madoguchi/server/inbox-contract';
import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Select } from '../design/select.tsx';
import { usePeople } from './use-inbox.ts';

/** Chooses a colleague and hands the item over. */
export function HandOver({ item, onHandOver }: { item: InboxItem; onHandOver: (personId: string) => void }) {
  const { data: people } = usePeople();
  const others = (people ?? []).filter(({ personId }) => personId !== item.assignee?.personId);
  const [chosen, setChosen] = useState('');
  const isChosen = others.some(({ personId }) => personId === chosen);
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Select
        label="引き継ぐ相手"
        placeholder="選んでください"
        value={isChosen ? chosen : null}
        onChange={setChosen}
        choices={others.map(({ personId, name }) => ({ id: personId, word: name }))}
      />
      <Button look="outline" size="small" isDisabled={!isChosen} onPress={() => onHandOver(chosen)}>
        引き継ぐ
      </Button>
    </div>
  );
}
