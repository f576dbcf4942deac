import type { OutcomeRule, OutcomeTableShown } from '@madoguchi/server/campaign-cost-contract';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { ConfirmDialog } from '../../design/confirm-dialog.tsx';
import { Empty } from '../../design/empty.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { RuleDialog } from './rule-dialog.tsx';
import { type RuleRow, RuleTable } from './rule-table.tsx';
import { SaveTrouble } from './save-trouble.tsx';
import { TableState } from './table-state.tsx';
import { type OutcomeTableOrder, useOutcomeTable, useSaveOutcomeTable } from './use-outcome-table.ts';

/** Of what the server takes. */
const MOST_RULES = 100;
const DONE = {
  saved: '保存しました。数秒後から、この表で読み替えます。',
  reset: '初期値に戻しました。数秒後から、初期値で読み替えます。',
} as const;

/** The table, changed row by row and stored as a whole. */
export function OutcomeTableEditor({ trunkId, now }: { trunkId: string; now: OutcomeTableShown }) {
  // What is read anew meanwhile takes neither the place of what is changed here, nor passes for the version that it began with.
  const [begun, setBegun] = useState(now);
  const [rows, setRows] = useState(() => rowsOf(now.rules));
  const [edited, setEdited] = useState<RuleRow | 'new' | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [done, setDone] = useState<keyof typeof DONE | null>(null);
  const { refetch } = useOutcomeTable(trunkId);
  const save = useSaveOutcomeTable(trunkId);
  const rules = rows.map(({ rule }) => rule);
  const isChanged = JSON.stringify(rules) !== JSON.stringify(begun.rules);
  const version = begun.changed?.version ?? null;

  const change = (changed: readonly RuleRow[]) => {
    setRows(changed);
    setDone(null);
    save.reset();
  };
  const beginAnew = async () => {
    const { data } = await refetch();
    if (data === undefined) return;
    setBegun(data);
    change(rowsOf(data.rules));
  };
  const store = (order: OutcomeTableOrder) => {
    if (save.isPending) return;
    save.mutate(order, {
      onSuccess: () => void beginAnew().then(() => setDone(order.rules === null ? 'reset' : 'saved')),
    });
  };
  /** What was typed here, in the place of what somebody else stored. */
  const overwrite = async () => {
    const { data } = await refetch();
    if (data !== undefined) store({ rules, version: data.changed?.version ?? null });
  };
  const reset = (go: boolean) => {
    setAsking(false);
    if (!go) return;
    if (version === null) change(rowsOf(begun.rules));
    else store({ rules: null, version });
  };
  const keep = (rule: OutcomeRule) => {
    if (edited === 'new') change([...rows, { key: crypto.randomUUID(), rule }]);
    else change(rows.map((row) => (row.key === edited?.key ? { ...row, rule } : row)));
    setEdited(null);
  };

  return (
    <div className="flex flex-col gap-4">
      <p className="max-w-240 text-std-16N-170">
        配信で電話をかけたとき、電話会社の応答をどの結果として記録するかの表です。上の行から順に見て、条件がすべて当てはまった最初の行の結果になります。どの行にも当てはまらないときは「不明」です。ふつうは初期値のままで使えます。番号の意味が違うと電話会社から聞いたときだけ、直してください。
      </p>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <TableState changed={begun.changed} />
        <div className="flex flex-wrap gap-3">
          <Button
            look="outline"
            size="small"
            isDisabled={version === null && !isChanged}
            onPress={() => setAsking(true)}
          >
            初期値に戻す
          </Button>
          <Button
            look="outline"
            size="small"
            isDisabled={rows.length >= MOST_RULES}
            onPress={() => setEdited('new')}
          >
            行を追加する
          </Button>
        </div>
      </div>
      {rows.length === 0 ? (
        <Empty icon="list" title="行がありません">
          どの応答も「不明」として記録されます。
        </Empty>
      ) : (
        <RuleTable rows={rows} onChange={change} onEdit={setEdited} />
      )}
      <div className="sticky bottom-0 -mx-6 flex flex-col gap-3 border-t border-solid-gray-300 bg-white px-6 py-3">
        <SaveTrouble
          error={save.error}
          onReload={() => void beginAnew()}
          onOverwrite={() => void overwrite()}
        />
        {done === null ? null : <Notice kind="success" title={DONE[done]} />}
        <div className="flex flex-wrap items-center gap-3">
          <Button
            isPending={save.isPending}
            isDisabled={!isChanged}
            onPress={() => store({ rules, version })}
          >
            <Icon name="check" />
            {save.isPending ? '保存しています…' : '保存する'}
          </Button>
          <p className="text-std-16N-170 text-solid-gray-700">
            {isChanged
              ? 'まだ保存していません。保存すると、数秒後から新しくかける電話に使います。'
              : '変更はありません。これまでの記録は変わりません。'}
          </p>
        </div>
      </div>
      {edited === null ? null : (
        <RuleDialog
          key={edited === 'new' ? 'new' : edited.key}
          rule={edited === 'new' ? null : edited.rule}
          onKeep={keep}
          onClose={() => setEdited(null)}
        />
      )}
      <ConfirmDialog title="この表を初期値に戻しますか" yes="初期値に戻す" isOpen={isAsking} onAnswer={reset}>
        <p className="text-std-16N-170">
          この回線だけの行は消え、元に戻せません。これまでの配信の記録は変わりません。
        </p>
      </ConfirmDialog>
    </div>
  );
}

function rowsOf(rules: readonly OutcomeRule[]): readonly RuleRow[] {
  return rules.map((rule) => ({ key: crypto.randomUUID(), rule }));
}
