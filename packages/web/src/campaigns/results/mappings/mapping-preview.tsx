import { useMemo } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { Loading } from '../../../design/loading.tsx';
import { Notice } from '../../../design/notice.tsx';
import { useSettled } from '../../../studio/use-settled.ts';
import { RowsOfFile } from '../rows-of-file.tsx';
import { type EditedMapping, previewableOf } from './mapping-draft.ts';
import { useMappingPreview } from './mapping-queries.ts';

const QUIET_MS = 600;

/** The first rows of a file after the mapping as it stands on the screen, from this campaign's last results. */
export function MappingPreview({ campaignId, edited }: { campaignId: string; edited: EditedMapping }) {
  const settled = useSettled(edited, QUIET_MS);
  const draft = useMemo(() => previewableOf(settled), [settled]);
  const { data, error, isFetching } = useMappingPreview(campaignId, draft);
  if (error !== null)
    return (
      <Notice kind="error" title="見本を作れませんでした">
        {messageOf(error)}
      </Notice>
    );
  if (draft === null) return <p className="text-std-16N-170">列を入れると、ここに最初の行の見本が出ます。</p>;
  if (data === undefined) return <Loading rows={3} />;
  return (
    <div className="flex flex-col gap-2" aria-busy={isFetching}>
      <p className="text-std-16N-170">
        {data.firstRows.length === 0
          ? 'この配信にはまだ結果がないため、見出しだけを表示しています。'
          : `この配信の新しい結果${data.firstRows.length}件を、この様式で書いたものです。保存する前に確かめられます。`}
        {settled.hasHeader ? '' : '　見出しの行は、ファイルには書きません。'}
      </p>
      <RowsOfFile label="見本の表" headers={data.headers} rows={data.firstRows} />
    </div>
  );
}
