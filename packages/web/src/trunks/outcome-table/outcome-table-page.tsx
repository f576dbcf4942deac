import { Link, useParams } from '@tanstack/react-router';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { useTrunks } from '../use-trunks.ts';
import { OutcomeTableEditor } from './outcome-table-editor.tsx';
import { useOutcomeTable } from './use-outcome-table.ts';

/** How the answers of one trunk's network are read. */
export function OutcomeTablePage() {
  const { trunkId } = useParams({ from: '/signedIn/trunks/$trunkId/outcome-table' });
  const { data, error, isPending, refetch } = useOutcomeTable(trunkId);
  const trunks = useTrunks();
  const name = trunks.data?.trunks.find((each) => each.trunkId === trunkId)?.draft.name;
  return (
    <>
      <PageTitle
        title="回線の応答の読み替え"
        {...(name === undefined ? {} : { lead: name })}
        aside={
          <Link
            to="/trunks/$trunkId"
            params={{ trunkId }}
            className="inline-flex items-center gap-1 rounded-4 text-std-16N-170 text-key-900 underline"
          >
            <Icon name="chevronLeft" className="size-4" />
            回線の設定へ戻る
          </Link>
        }
      />
      {isPending ? <Loading rows={8} /> : null}
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
      {data === undefined ? null : <OutcomeTableEditor key={trunkId} trunkId={trunkId} now={data} />}
    </>
  );
}
