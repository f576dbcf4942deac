import type { CampaignList, ListPurpose } from '@madoguchi/server/campaign-list-contract';
import { type ReactNode, useEffect, useRef } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { FileDrop } from '../../design/file-drop.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { Progress } from '../../design/progress.tsx';
import { momentShown } from '../../words/japanese-time.ts';
import { counted } from '../campaign-words.ts';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { CheckedList } from './checked-list.tsx';
import { useLists, useSendList } from './list-queries.ts';
import { MappingForm } from './mapping-form.tsx';
import { ReadingList } from './reading-list.tsx';

const TYPES = [
  '.csv',
  '.xlsx',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

/** The way of a list from a file to the campaign: sent, its columns told, read, looked at, taken in. */
export function ListPart({
  campaignId,
  purpose,
  known,
  wanted = [],
}: {
  campaignId: string;
  purpose: ListPurpose;
  /** Recipients that the campaign has already. */
  known: number;
  /** Names of the values that the scenario says. */
  wanted?: readonly string[];
}) {
  const lists = useLists(campaignId);
  const send = useSendList(campaignId, purpose);
  const newest = lists.data?.lists.find((list) => list.purpose === purpose);
  if (lists.data === undefined)
    return lists.error === null ? (
      <Loading rows={3} />
    ) : (
      <ReadingTrouble what="名簿" error={lists.error} onAgain={() => void lists.refetch()} />
    );
  if (
    newest !== undefined &&
    (newest.state === 'uploaded' || newest.state === 'checked' || newest.state === 'reading')
  )
    return (
      <Stage name={`${newest.listId} ${newest.state}`}>
        <OpenList key={`${newest.listId} ${newest.state}`} list={newest} wanted={wanted} />
      </Stage>
    );
  return (
    <Stage name={newest === undefined ? '' : `${newest.listId} ${newest.state}`}>
      {newest?.state === 'accepted' ? (
        <Accepted list={newest} />
      ) : known > 0 && purpose === 'recipients' ? (
        <p className="numerals text-std-16B-170">いまの名簿：{counted(known, '人')}</p>
      ) : null}
      {newest?.state === 'failed' && send.error === null ? (
        <Notice kind="error" title={`「${newest.fileName}」を読み込めませんでした。何も取り込んでいません`}>
          {newest.problem}
        </Notice>
      ) : null}
      {send.error === null ? null : (
        <Notice kind="error" title="このファイルは使えません。何も取り込んでいません">
          {messageOf(send.error)}
        </Notice>
      )}
      {send.isPending ? (
        <Progress label="ファイルの送信" value={0} total={null} words="ファイルを送っています…" />
      ) : (
        <FileDrop
          label={purpose === 'paid' ? '納付済みの方のファイルを置く場所' : '名簿のファイルを置く場所'}
          word={known > 0 && purpose === 'recipients' ? '別のファイルを選ぶ' : 'ファイルを選ぶ'}
          types={TYPES}
          onFile={(file) => send.mutate(file)}
        >
          <p>ここにファイルを置くこともできます。CSVかExcel（.xlsx）のファイルです。</p>
          <p className="text-solid-gray-700">
            {purpose === 'paid'
              ? '宛名番号の列が要ります。期別や通知書番号の列があれば、その分だけを取りやめます。'
              : 'マイナンバーが入ったファイルは使えません。選んだだけでは、まだ取り込まれません。'}
          </p>
        </FileDrop>
      )}
    </Stage>
  );
}

/** Takes the focus where what had it went away with the stage before. */
function Stage({ name, children }: { name: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(name);
  useEffect(() => {
    if (before.current === name) return;
    before.current = name;
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  }, [name]);
  return (
    <div ref={box} tabIndex={-1} className="flex flex-col gap-5 shadow-none outline-none">
      {children}
    </div>
  );
}

function OpenList({ list, wanted }: { list: CampaignList; wanted: readonly string[] }) {
  if (list.state === 'reading') return <ReadingList list={list} />;
  return list.state === 'checked' ? (
    <CheckedList list={list} wanted={wanted} />
  ) : (
    <MappingForm list={list} wanted={wanted} />
  );
}

function Accepted({ list: { fileName, counts, acceptedAt, sentBy, purpose } }: { list: CampaignList }) {
  return (
    <Notice
      kind="success"
      title={
        purpose === 'paid'
          ? `納付済みの${counted(counts.usable, '人')}を取りやめました`
          : `${counted(counts.usable, '人')}の名簿を取り込みました`
      }
    >
      「{fileName}」　{acceptedAt === null ? '' : momentShown(acceptedAt)}　{sentBy}
      {counts.leftOut === 0 ? '' : `　除いた行：${counted(counts.leftOut, '行')}`}
    </Notice>
  );
}
