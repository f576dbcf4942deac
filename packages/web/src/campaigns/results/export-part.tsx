import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { meQuery } from '../../account-queries.ts';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Empty } from '../../design/empty.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { Section } from '../../design/section.tsx';
import { Select } from '../../design/select.tsx';
import { counted } from '../campaign-words.ts';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { ExportCard } from './export-card.tsx';
import { mappingShown } from './file-words.ts';
import { PreviewOfFile } from './preview-of-file.tsx';
import { useMakeExport, usePreviewResults, useResultExports, useResultMappings } from './result-queries.ts';

const NEW = { type: 'new' } as const;

/** A file is looked at, then made, then fetched; each attempt is in one file, unless it is asked for again. */
export function ExportPart({ campaignId, notExported }: { campaignId: string; notExported: number }) {
  const { data: me } = useQuery(meQuery);
  const mayRun = me?.rights.includes('runCampaigns') ?? false;
  const exports = useResultExports(campaignId);
  return (
    <>
      {mayRun ? (
        <Section
          title="結果をファイルで取り出す"
          aside={
            <Link
              to="/campaigns/$campaignId/results/mappings"
              params={{ campaignId }}
              className="text-std-16N-170 text-key-900 underline underline-offset-4"
            >
              様式を作る・変える
            </Link>
          }
        >
          <NewFile campaignId={campaignId} notExported={notExported} />
        </Section>
      ) : null}
      <Section
        title="これまでの結果ファイル"
        aside={
          me?.rights.includes('manageResultTokens') ? (
            <Link to="/result-tokens" className="text-std-16N-170 text-key-900 underline underline-offset-4">
              基幹システムの鍵
            </Link>
          ) : undefined
        }
      >
        <ReadingTrouble what="結果ファイル" error={exports.error} onAgain={() => void exports.refetch()} />
        {exports.data === undefined ? (
          exports.error === null ? (
            <Loading rows={2} />
          ) : null
        ) : exports.data.exports.length === 0 ? (
          <Empty icon="note" title="結果ファイルはまだありません" />
        ) : (
          <ol className="flex flex-col gap-3">
            {exports.data.exports.map((made) => (
              <ExportCard
                key={made.exportId}
                made={made}
                mayRun={mayRun}
                dropFolder={exports.data.dropFolder}
              />
            ))}
          </ol>
        )}
      </Section>
    </>
  );
}

function NewFile({ campaignId, notExported }: { campaignId: string; notExported: number }) {
  const mappings = useResultMappings();
  const [chosen, setChosen] = useState<string | null>(null);
  const preview = usePreviewResults(campaignId);
  const make = useMakeExport(campaignId);
  const mappingId = chosen ?? mappings.data?.mappings[0]?.mappingId ?? null;
  const failure = preview.error ?? make.error;
  if (mappings.data === undefined)
    return mappings.error === null ? (
      <Loading rows={2} />
    ) : (
      <ReadingTrouble what="様式" error={mappings.error} onAgain={() => void mappings.refetch()} />
    );
  return (
    <div className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-4">
      <p className="text-std-16N-170">
        {notExported === 0
          ? 'まだファイルに入っていない結果はありません。新しい結果が出ると、取り出せます。'
          : `まだファイルに入っていない結果が${counted(notExported, '件')}あります。`}
      </p>
      <div className="flex flex-wrap items-end gap-3">
        <div className="min-w-72">
          <Select
            label="様式"
            choices={mappings.data.mappings.map(({ mappingId: id, draft }) => ({
              id,
              word: mappingShown(draft),
            }))}
            value={mappingId}
            onChange={(id) => {
              setChosen(id);
              preview.reset();
            }}
          />
        </div>
        <Button
          look="outline"
          size="small"
          isPending={preview.isPending}
          isDisabled={mappingId === null || notExported === 0}
          onPress={() => {
            if (mappingId !== null) preview.mutate({ mappingId, of: NEW });
          }}
        >
          ファイルの中身を確かめる
        </Button>
      </div>
      {failure === null ? null : (
        <Notice kind="error" title="取り出せませんでした">
          {messageOf(failure)}
        </Notice>
      )}
      {preview.data === undefined || mappingId === null ? null : (
        <>
          <PreviewOfFile preview={preview.data} />
          <div>
            <Button
              isBusy={make.isPending}
              onPress={() => make.mutate({ mappingId, of: NEW }, { onSuccess: () => preview.reset() })}
            >
              この内容で結果ファイルを作る
            </Button>
          </div>
        </>
      )}
      <p role="status" className="text-std-16N-170 empty:hidden">
        {make.isSuccess && preview.data === undefined
          ? '結果ファイルを作りました。下の一覧から取り出せます。'
          : ''}
      </p>
    </div>
  );
}
