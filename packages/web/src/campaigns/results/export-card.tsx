import type { ResultExport } from '@madoguchi/server/campaign-result-contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Notice } from '../../design/notice.tsx';
import { StateLabel } from '../../design/state-label.tsx';
import { TextField } from '../../design/text-field.tsx';
import { momentShown } from '../../words/japanese-time.ts';
import { counted } from '../campaign-words.ts';
import { ExportAgain } from './export-again.tsx';
import { DELIVERIES, FILES } from './file-words.ts';
import { useDeliverExport, useMakeFilesAgain } from './result-queries.ts';

/** One result file: fetched, laid into the folder, or handed over; what was done with it stays written. */
export function ExportCard({
  made,
  mayRun,
  dropFolder,
}: {
  made: ResultExport;
  mayRun: boolean;
  dropFolder: string;
}) {
  const deliver = useDeliverExport(made.exportId);
  const again = useMakeFilesAgain();
  const failure = deliver.error ?? again.error;
  const isThere = made.state === 'ready' && !made.filesAreGone;
  return (
    <li className="flex flex-col gap-3 rounded-8 border border-solid-gray-300 bg-white p-4">
      <p className="flex flex-wrap items-center gap-3 text-std-16B-170">
        第{made.exportNo}回
        <span className="numerals font-normal">
          {momentShown(made.madeAt)}　{made.madeBy.name}　{made.mappingName}　{counted(made.attempts, '件')}
        </span>
        {made.repeats === null ? null : (
          <StateLabel word={`第${made.repeats.exportNo}回の再出力`} icon="refresh" tone="warning" />
        )}
        {made.state === 'making' ? <StateLabel word="作成中" icon="wait" tone="plain" /> : null}
        {made.state === 'failed' ? <StateLabel word="作れませんでした" icon="alert" tone="bad" /> : null}
      </p>
      {made.repeatReason === null ? null : (
        <p className="text-std-16N-170">再出力の理由：{made.repeatReason}</p>
      )}
      {made.filesUntil === null ? null : (
        <p className="numerals text-std-16N-170">
          {made.filesAreGone
            ? `${momentShown(made.filesUntil)}に保管の期限が過ぎたため、ファイルは残っていません。記録だけを残しています。`
            : `${momentShown(made.filesUntil)}まで取り出せます。`}
        </p>
      )}
      {failure === null ? null : (
        <Notice kind="error" title="できませんでした">
          {messageOf(failure)}
        </Notice>
      )}
      {isThere ? (
        <div className="flex flex-wrap items-center gap-3">
          {mayRun
            ? made.files.map(({ kind, name, url }) => (
                <a
                  key={kind}
                  href={url}
                  download={name}
                  className="inline-flex min-h-10 items-center gap-2 rounded-8 border border-key-900 bg-white px-3 text-oln-14B-100 text-key-900 underline-offset-4 hover:bg-key-50 hover:underline"
                >
                  <Icon name="note" className="size-4" />
                  {FILES[kind]}を取り出す
                </a>
              ))
            : null}
          {mayRun ? (
            <Button
              look="outline"
              size="small"
              isPending={deliver.isPending}
              onPress={() => deliver.mutate({ kind: 'dropFolder' })}
            >
              受け渡しフォルダーに置く
            </Button>
          ) : null}
          {mayRun ? <ExportAgain made={made} /> : null}
          <Link
            to="/result-exports/$exportId"
            params={{ exportId: made.exportId }}
            className="text-std-16N-170 text-key-900 underline underline-offset-4"
          >
            送付票を開く
          </Link>
        </div>
      ) : null}
      {made.filesAreGone && mayRun ? (
        <div>
          <ExportAgain made={made} />
        </div>
      ) : null}
      {made.state === 'failed' && mayRun ? (
        <div>
          <Button
            look="outline"
            size="small"
            isBusy={again.isPending}
            onPress={() => again.mutate(made.exportId)}
          >
            もう一度作る
          </Button>
        </div>
      ) : null}
      {isThere && mayRun ? <HandOver deliver={deliver} /> : null}
      {made.deliveries.length === 0 ? null : (
        <ul aria-label="受け渡しの記録" className="numerals list-disc pl-6 text-std-16N-170">
          {made.deliveries.map(({ kind, at, by, note }) => (
            <li key={`${kind} ${at}`}>
              {momentShown(at)}　{by.name}　{DELIVERIES[kind]}
              {note === '' ? '' : `（${note}）`}
            </li>
          ))}
        </ul>
      )}
      <p className="text-dns-14N-130 text-solid-gray-700">受け渡しフォルダー：{dropFolder}</p>
    </li>
  );
}

function HandOver({ deliver }: { deliver: ReturnType<typeof useDeliverExport> }) {
  const [note, setNote] = useState('');
  return (
    <div className="flex flex-wrap items-end gap-3">
      <div className="w-112">
        <TextField
          label="手渡した相手"
          description="送付票を付けて媒体で渡したときに、記録します。"
          size="small"
          autoComplete="off"
          maxLength={200}
          value={note}
          onChange={setNote}
        />
      </div>
      <Button
        look="outline"
        size="small"
        isPending={deliver.isPending}
        isDisabled={note.trim() === ''}
        onPress={() =>
          deliver.mutate({ kind: 'handedOver', note: note.trim() }, { onSuccess: () => setNote('') })
        }
      >
        手渡したことを記録する
      </Button>
    </div>
  );
}
