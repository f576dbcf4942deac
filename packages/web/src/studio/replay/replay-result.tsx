import type { BundleDraft } from '@madoguchi/flow';
import type { ReplayTotalsShown } from '@madoguchi/server/trial-contract';
import { Link } from '@tanstack/react-router';
import { Empty } from '../../design/empty.tsx';
import { Section } from '../../design/section.tsx';
import { type Column, Table } from '../../design/table.tsx';
import { OUTCOMES } from '../../words/outcome.ts';
import { placeWords } from './place-words.ts';
import { DOUBTS, differenceShown } from './replay-words.ts';

type OutcomeRow = {
  readonly id: string;
  readonly word: string;
  /** Null: nothing that happened. */
  readonly before: number | null;
  readonly after: number;
  readonly difference: string;
};
const count = (calls: number | null) => (
  <span className="numerals">{calls === null ? '－' : calls.toLocaleString('ja-JP')}</span>
);
const OUTCOME_COLUMNS: readonly Column<OutcomeRow>[] = [
  { id: 'word', title: '通話の結果', isRowHeader: true, cell: ({ word }) => word },
  { id: 'before', title: '実際', cell: ({ before }) => count(before) },
  { id: 'after', title: 'この下書き', cell: ({ after }) => count(after) },
  { id: 'difference', title: '差', cell: ({ difference }) => <span className="numerals">{difference}</span> },
];
type Doubted = ReplayTotalsShown['doubts'][number];
type Changed = ReplayTotalsShown['changed'][number];

/** What past calls came to, and what they would have come to with the draft. */
export function ReplayResult({ totals, bundle }: { totals: ReplayTotalsShown; bundle: BundleDraft }) {
  if (totals.calls === 0) {
    return (
      <Empty icon="phone" title="この期間に、対象の通話はありません">
        期間か電話番号を変えて、もう一度お試しください。
      </Empty>
    );
  }
  const rows: readonly OutcomeRow[] = [
    ...totals.outcomes
      .filter(({ before, after }) => before + after > 0)
      .map(({ outcome, before, after }) => ({
        id: outcome,
        word: OUTCOMES[outcome].word,
        before,
        after,
        difference: differenceShown(before, after),
      })),
    { id: 'inDoubt', word: 'わからない', before: null, after: totals.inDoubt, difference: '' },
    { id: 'all', word: '合計', before: totals.calls, after: totals.calls, difference: '' },
  ];
  return (
    <>
      <Section title="結果の比較">
        <Table
          label="結果の比較"
          columns={OUTCOME_COLUMNS}
          rows={rows}
          idOf={({ id }) => id}
          textOf={({ word }) => word}
        />
        <p className="mt-2 text-std-16N-170">
          「わからない」は、下書きの質問にだれも答えたことがないなど、過去の通話からは決められないものです。ほかの行の「この下書き」には含まれません。
          {totals.assumedSms === 0
            ? ''
            : `新しくSMSを送ることになる${totals.assumedSms.toLocaleString('ja-JP')}件は、送信できたものとして数えています。`}
        </p>
      </Section>
      {totals.doubts.length === 0 ? null : (
        <Section title="わからない通話の理由">
          <Table
            label="わからない通話の理由"
            columns={[
              {
                id: 'place',
                title: 'ノード',
                isRowHeader: true,
                cell: (row: Doubted) => placeWords(bundle, row),
              },
              { id: 'reason', title: '理由', cell: ({ reason }) => DOUBTS[reason] },
              { id: 'calls', title: '通話数', cell: ({ calls }) => count(calls) },
            ]}
            rows={totals.doubts}
            idOf={({ flowId, nodeId, reason }) => `${flowId} ${nodeId} ${reason}`}
            textOf={(row) => placeWords(bundle, row)}
          />
        </Section>
      )}
      <Section title={`結果が変わる通話（${totals.changedCalls.toLocaleString('ja-JP')}件）`}>
        {totals.changed.length === 0 ? (
          <Empty icon="check" title="結果が変わる通話はありません" />
        ) : (
          <ChangedCalls changed={totals.changed} all={totals.changedCalls} />
        )}
      </Section>
    </>
  );
}

/** So many rows are looked through by nobody. */
const SHOWN_CALLS = 100;

function ChangedCalls({ changed, all }: { changed: readonly Changed[]; all: number }) {
  const shown = changed.slice(0, SHOWN_CALLS);
  return (
    <>
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1">
        {shown.map(({ callId, before, after, doubt }, at) => (
          <li key={callId} className="text-std-16N-170">
            <Link
              to="/calls/$callId"
              params={{ callId }}
              className="rounded-4 text-key-900 underline underline-offset-4"
            >
              通話{at + 1}
            </Link>
            ：{OUTCOMES[before].word} →{' '}
            {after === null
              ? `わからない（${doubt === null ? '' : DOUBTS[doubt.reason]}）`
              : OUTCOMES[after].word}
          </li>
        ))}
      </ul>
      {all > shown.length ? (
        <p className="mt-2 text-std-16N-170">
          ほかに{(all - shown.length).toLocaleString('ja-JP')}件あります。
        </p>
      ) : null}
    </>
  );
}
