import type { CampaignList } from '@madoguchi/server/campaign-list-contract';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Notice } from '../../design/notice.tsx';
import { Select } from '../../design/select.tsx';
import { choicesOf, columnsOf, missingIn, valuesWithoutColumn } from './column-choices.ts';
import { ColumnTable } from './column-table.tsx';
import { KeepMapping } from './keep-mapping.tsx';
import { useListMappings, useReadList, useSettleList } from './list-queries.ts';

/** Tells what each column is: a proposal stands there, what was kept before can be taken. */
export function MappingForm({
  list,
  wanted,
  onBack,
}: {
  list: CampaignList;
  /** Names of the values that the scenario says. */
  wanted: readonly string[];
  onBack?: () => void;
}) {
  const { listId, headers, purpose, proposal, columns, fileName, encoding, kind } = list;
  const [choices, setChoices] = useState(() => choicesOf(headers, columns ?? proposal?.columns ?? []));
  const [mappingId, setMappingId] = useState(proposal?.mappingId ?? null);
  const [isTried, setTried] = useState(false);
  const mappings = useListMappings();
  const read = useReadList(listId);
  const settle = useSettleList(listId);
  const kept = (mappings.data?.mappings ?? []).filter((mapping) => mapping.purpose === purpose);
  const missing = missingIn(choices, purpose);
  const unbrought = valuesWithoutColumn(wanted, choices);
  const failure = read.error ?? settle.error;
  const go = () => {
    setTried(true);
    if (missing.length === 0 && !read.isPending) read.mutate(columnsOf(choices));
  };
  return (
    <div className="flex flex-col gap-4">
      <p className="text-std-16N-170">
        「{fileName}」（{kind === 'xlsx' ? 'Excel' : encoding === 'cp932' ? 'CSV、Shift_JIS' : 'CSV、UTF-8'}
        ）を受け取りました。
        {proposal === null
          ? '列の名前から分かりませんでした。どの列を何に使うかを選んでください。'
          : proposal.mappingId === null
            ? '列の名前から、使い道を選びました。合っているか確かめてください。'
            : '前に使った割り当てを当てはめました。合っているか確かめてください。'}
      </p>
      {kept.length === 0 ? null : (
        <div className="max-w-md">
          <Select
            label="保存してある割り当て"
            placeholder="選ぶと、下の表に入ります"
            choices={kept.map((mapping) => ({ id: mapping.mappingId, word: mapping.name }))}
            value={mappingId}
            onChange={(id) => {
              const mapping = kept.find((each) => each.mappingId === id);
              if (mapping === undefined) return;
              setMappingId(id);
              setChoices(choicesOf(headers, mapping.columns));
            }}
          />
        </div>
      )}
      <ColumnTable list={list} choices={choices} onChange={setChoices} />
      {unbrought.length === 0 ? null : (
        <Notice
          kind="warning"
          title={`シナリオが使う${unbrought.map((name) => `「${name}」`).join('')}の列が、まだ選ばれていません`}
        >
          その列の「何に使うか」を「案内に入れる値」にして、となりに「{unbrought[0]}」と入力してください。
        </Notice>
      )}
      {isTried && missing.length > 0 ? (
        <ul role="alert" className="list-disc pl-6 text-std-16N-170 text-error-2">
          {missing.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      ) : null}
      {failure === null ? null : (
        <Notice kind="error" title="読み込めませんでした">
          {messageOf(failure)}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button isBusy={read.isPending} onPress={go}>
          この割り当てで読み込んで確かめる
        </Button>
        {onBack === undefined ? null : (
          <Button look="outline" onPress={onBack}>
            割り当てを変えずに戻る
          </Button>
        )}
        <Button look="outline" isBusy={settle.isPending} onPress={() => settle.mutate('cancel')}>
          このファイルをやめる
        </Button>
      </div>
      <KeepMapping
        purpose={purpose}
        columns={columnsOf(choices)}
        mapping={kept.find((mapping) => mapping.mappingId === mappingId) ?? null}
      />
    </div>
  );
}
