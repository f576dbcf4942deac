import type { OutcomeRule } from '@madoguchi/server/campaign-cost-contract';
import { OUTCOMES } from '../../campaigns/campaign-words.ts';
import { type PlainColumn, PlainTable } from '../../campaigns/plain-table.tsx';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { conditionWords } from './rule-words.ts';

/** A rule with a name of its own, by which its row stays the same wherever it is moved. */
export type RuleRow = { readonly key: string; readonly rule: OutcomeRule };
type Numbered = RuleRow & { readonly at: number };

/** The rules in the order in which they are looked at. */
export function RuleTable({
  rows,
  onChange,
  onEdit,
}: {
  rows: readonly RuleRow[];
  onChange: (rows: readonly RuleRow[]) => void;
  onEdit: (row: RuleRow) => void;
}) {
  const columns: readonly PlainColumn<Numbered>[] = [
    { id: 'order', title: '順', cell: ({ at }) => <span className="numerals">{at + 1}</span> },
    {
      id: 'when',
      title: '電話会社の応答（すべて当てはまるとき）',
      cell: ({ rule }) => (
        <ul className="numerals">
          {conditionWords(rule).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      ),
    },
    {
      id: 'outcome',
      title: '結果',
      isRowHeader: true,
      cell: ({ rule }) => <span className="font-bold whitespace-nowrap">{OUTCOMES[rule.outcome]}</span>,
    },
    {
      id: 'because',
      title: '理由',
      cell: ({ rule }) => <span className="text-dns-14N-130 text-solid-gray-800">{rule.because}</span>,
    },
    {
      id: 'deeds',
      title: '変更',
      cell: (row) => <RowDeeds row={row} rows={rows} onChange={onChange} onEdit={onEdit} />,
    },
  ];
  return (
    <PlainTable
      label="応答の読み替えの表"
      columns={columns}
      rows={rows.map((row, at) => ({ ...row, at }))}
      idOf={({ key }) => key}
    />
  );
}

function RowDeeds({
  row,
  rows,
  onChange,
  onEdit,
}: {
  row: Numbered;
  rows: readonly RuleRow[];
  onChange: (rows: readonly RuleRow[]) => void;
  onEdit: (row: RuleRow) => void;
}) {
  const { at, key } = row;
  const name = `${at + 1}行目`;
  const others = rows.filter((each) => each.key !== key);
  const moveTo = (place: number) => onChange(others.toSpliced(place, 0, { key, rule: row.rule }));
  return (
    <span className="flex gap-1">
      <Button look="outline" size="tight" aria-label={`${name}を直す`} onPress={() => onEdit(row)}>
        直す
      </Button>
      <Button
        look="quiet"
        size="tight"
        aria-label={`${name}を一つ上へ`}
        isDisabled={at === 0}
        onPress={() => moveTo(at - 1)}
      >
        <Icon name="chevronUp" className="size-4" />
      </Button>
      <Button
        look="quiet"
        size="tight"
        aria-label={`${name}を一つ下へ`}
        isDisabled={at === rows.length - 1}
        onPress={() => moveTo(at + 1)}
      >
        <Icon name="chevronDown" className="size-4" />
      </Button>
      <Button look="quiet" size="tight" aria-label={`${name}を消す`} onPress={() => onChange(others)}>
        <Icon name="cross" className="size-4" />
      </Button>
    </span>
  );
}
