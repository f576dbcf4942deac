import { Link, useParams } from '@tanstack/react-router';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { fullDayShown, timeShown } from '../../words/japanese-time.ts';
import { counted } from '../campaign-words.ts';
import { Facts } from '../facts.tsx';
import { ReadingTrouble } from '../reading-trouble.tsx';
import { FILES } from './file-words.ts';
import { useResultExport } from './result-queries.ts';

/** 送付票: goes along with the files on a medium, where a core network cannot be reached. */
export function SlipPage() {
  const { exportId } = useParams({ from: '/signedIn/result-exports/$exportId' });
  const { data, error, refetch } = useResultExport(exportId);
  return (
    <>
      {data === undefined ? null : (
        <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130 print:hidden">
          <Link
            to="/campaigns/$campaignId/results"
            params={{ campaignId: data.campaignId }}
            className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
          >
            <Icon name="chevronLeft" className="size-4" />
            結果
          </Link>
        </nav>
      )}
      <PageTitle
        title="送付票"
        aside={
          data === undefined ? undefined : (
            <Button look="outline" size="small" onPress={() => window.print()}>
              <Icon name="print" className="size-4" />
              送付票を印刷する
            </Button>
          )
        }
      />
      <ReadingTrouble what="送付票" error={error} onAgain={() => void refetch()} />
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : (
        <div className="flex flex-col gap-5">
          <Facts
            facts={[
              { name: '配信', value: data.campaignName },
              {
                name: '回',
                value: `第${data.exportNo}回${data.repeats === null ? '' : `（第${data.repeats.exportNo}回の再出力）`}`,
              },
              ...(data.repeatReason === null ? [] : [{ name: '再出力の理由', value: data.repeatReason }]),
              { name: '作った日時', value: `${fullDayShown(data.madeAt)} ${timeShown(data.madeAt)}` },
              { name: '作った人', value: data.madeBy.name },
              { name: '様式', value: data.mappingName },
              { name: '件数', value: counted(data.attempts, '件') },
            ]}
          />
          <table className="w-full border-collapse bg-white text-dns-16N-130">
            <caption className="mb-1 text-left text-std-16B-170">ファイル</caption>
            <thead>
              <tr className="text-left text-dns-14B-130">
                {['種類と名前', '行数', '大きさ', 'SHA-256'].map((title) => (
                  <th
                    key={title}
                    scope="col"
                    className="border border-solid-gray-420 bg-solid-gray-50 px-3 py-2"
                  >
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.files.map(({ kind, name, sha256, bytes, rows }) => (
                <tr key={kind}>
                  <th scope="row" className="border border-solid-gray-420 px-3 py-2 text-left font-normal">
                    {FILES[kind]}
                    <span className="block break-all">{name}</span>
                  </th>
                  <td className="numerals border border-solid-gray-420 px-3 py-2 whitespace-nowrap">
                    {rows === null ? '－' : counted(rows, '行')}
                  </td>
                  <td className="numerals border border-solid-gray-420 px-3 py-2 whitespace-nowrap">
                    {counted(bytes, 'バイト')}
                  </td>
                  <td className="numerals border border-solid-gray-420 px-3 py-2 break-all">{sha256}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <table className="w-full border-collapse bg-white text-dns-16N-130">
            <caption className="mb-1 text-left text-std-16B-170">受け渡し</caption>
            <tbody>
              {['渡した人', '受け取った人', '受け渡した日時', '照合（SHA-256）'].map((title) => (
                <tr key={title} className="h-12">
                  <th
                    scope="row"
                    className="w-52 border border-solid-gray-420 bg-solid-gray-50 px-3 py-2 text-left"
                  >
                    {title}
                  </th>
                  <td className="border border-solid-gray-420 px-3 py-2" />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
