import { Link } from '@tanstack/react-router';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { Section } from '../../design/section.tsx';
import { TableState } from './table-state.tsx';
import { useOutcomeTable } from './use-outcome-table.ts';

/** On a trunk's page: whether its answers are read in the usual way, and the way to the table. */
export function OutcomeTablePart({ trunkId }: { trunkId: string }) {
  const { data, error, isPending, refetch } = useOutcomeTable(trunkId);
  return (
    <Section title="回線の応答の読み替え">
      <p className="text-std-16N-170">
        配信で電話をかけたとき、電話会社の応答を「話し中」「欠番」などの結果に読み替える表です。
      </p>
      {isPending ? <Loading rows={1} /> : null}
      {error === null ? null : (
        <Notice
          kind="error"
          title="読み替えの表を読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {data === undefined ? null : (
        <div className="mt-2 flex flex-wrap items-center gap-4">
          <TableState changed={data.changed} />
          <Link
            to="/trunks/$trunkId/outcome-table"
            params={{ trunkId }}
            className="inline-flex items-center gap-1 rounded-4 text-std-16N-170 text-key-900 underline"
          >
            読み替えの表を開く
            <Icon name="chevronRight" className="size-4" />
          </Link>
        </div>
      )}
    </Section>
  );
}
