import type { CampaignList, ListPreview, RowProblemCode } from '@madoguchi/server/campaign-list-contract';
import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { counted } from '../campaign-words.ts';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { leftOutAddress, useListRows } from './list-queries.ts';

type Looking = {
  readonly which: 'leftOut' | 'warned';
  readonly code: RowProblemCode;
  readonly label: string;
};

/** Why rows are left out, and what should be known of others; each reason opens its rows. */
export function LeftOutPart({ list, preview }: { list: CampaignList; preview: ListPreview }) {
  const [looking, setLooking] = useState<Looking | null>(null);
  const reasons = (which: 'leftOut' | 'warned', found: ListPreview['leftOut']) =>
    found.map(({ code, label, rows }) => (
      <li key={code}>
        <Button
          look="outline"
          size="small"
          aria-expanded={looking?.which === which && looking.code === code}
          onPress={() =>
            setLooking((before) =>
              before?.which === which && before.code === code ? null : { which, code, label },
            )
          }
        >
          {label}
          <span className="numerals">{counted(rows, '行')}</span>
        </Button>
      </li>
    ));
  if (preview.leftOut.length === 0 && preview.warnings.length === 0)
    return <p className="text-std-16N-170">除く行も、注意のある行もありません。</p>;
  return (
    <div className="flex flex-col gap-3">
      {preview.leftOut.length === 0 ? null : (
        <div className="flex flex-col gap-1">
          <p className="text-std-16B-170">除く行と、そのわけ</p>
          <ul aria-label="除く行" className="flex flex-wrap gap-2">
            {reasons('leftOut', preview.leftOut)}
          </ul>
          <p className="text-std-16N-170">
            <a
              href={leftOutAddress(list.listId)}
              download
              className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
            >
              <Icon name="note" className="size-4" />
              除く行を、わけを付けて取り出す（CSV）
            </a>
            <span className="ml-3">Excelで直して、もう一度読み込めます。</span>
          </p>
        </div>
      )}
      {preview.warnings.length === 0 ? null : (
        <div className="flex flex-col gap-1">
          <p className="text-std-16B-170">取り込むが、注意のある行</p>
          <ul aria-label="注意のある行" className="flex flex-wrap gap-2">
            {reasons('warned', preview.warnings)}
          </ul>
        </div>
      )}
      {looking === null ? null : (
        <Rows key={`${looking.which} ${looking.code}`} list={list} looking={looking} />
      )}
    </div>
  );
}

function Rows({
  list: { listId },
  looking: { which, code, label },
}: {
  list: CampaignList;
  looking: Looking;
}) {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useListRows(
    listId,
    which,
    code,
  );
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  if (data === undefined)
    return error === null ? (
      <Loading rows={2} />
    ) : (
      <ReadingTrouble what="行" error={error} onAgain={() => void refetch()} />
    );
  return (
    <section aria-label={label} className="flex flex-col gap-2">
      <ul className="max-h-60 list-none overflow-auto rounded-8 border border-solid-gray-300 text-std-16N-170">
        {rows.map(({ rowNo, addresseeNumber, problems }) => (
          <li key={rowNo} className="numerals border-b border-solid-gray-200 px-3 py-1.5 last:border-b-0">
            <span className="font-bold">{rowNo}行目</span>
            {addresseeNumber === '' ? '' : `　宛名番号 ${addresseeNumber}`}
            {problems.map(({ column, message }) => (
              <span key={message} className="block">
                {column === null ? '' : `「${column}」：`}
                {message}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {hasNextPage ? (
        <div>
          <Button
            look="outline"
            size="small"
            isBusy={isFetchingNextPage}
            onPress={() => void fetchNextPage()}
          >
            続きの行を表示する
          </Button>
        </div>
      ) : null}
    </section>
  );
}
