import { Link, useParams } from '@tanstack/react-router';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { Loading } from '../../design/loading.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { useCampaignNotice } from '../campaign-queries.ts';
import { Facts } from '../facts.tsx';
import { ReadingTrouble } from '../reading-trouble.tsx';

/** The notice for 広報 and the home page: which number calls when, and what is never asked. */
export function NoticePage() {
  const { campaignId } = useParams({ from: '/signedIn/campaigns/$campaignId/notice' });
  const { data, error, refetch } = useCampaignNotice(campaignId);
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130 print:hidden">
        <Link
          to="/campaigns/$campaignId"
          params={{ campaignId }}
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          この配信に戻る
        </Link>
      </nav>
      <PageTitle
        title={data?.title ?? '広報・ホームページ用のお知らせ'}
        aside={
          data === undefined ? undefined : (
            <Button look="outline" size="small" onPress={() => window.print()}>
              <Icon name="print" className="size-4" />
              お知らせを印刷する
            </Button>
          )
        }
      />
      <ReadingTrouble what="お知らせ" error={error} onAgain={() => void refetch()} />
      {data === undefined ? (
        error === null ? (
          <Loading />
        ) : null
      ) : (
        <article className="flex flex-col gap-4 text-std-16N-170">
          <p>{data.lead}</p>
          <Facts facts={data.facts.map(({ label, text }) => ({ name: label, value: text }))} />
          <section
            aria-label={data.neverAskedTitle}
            className="rounded-8 border-2 border-solid-gray-800 bg-white p-4"
          >
            <h2 className="text-std-20B-150">{data.neverAskedTitle}</h2>
            <ul className="list-disc pl-6">
              {data.neverAsked.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </section>
          <p>{data.closing}</p>
        </article>
      )}
    </>
  );
}
