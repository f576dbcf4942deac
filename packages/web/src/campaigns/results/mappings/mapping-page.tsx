import type { ResultMapping, ResultMappingList } from '@madoguchi/server/campaign-result-contract';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Empty } from '../../../design/empty.tsx';
import { Icon } from '../../../design/icon.tsx';
import { Loading } from '../../../design/loading.tsx';
import { PageTitle } from '../../../design/page-title.tsx';
import { ReadingTrouble } from '../../reading-trouble.tsx';
import { useResultMappings } from '../result-queries.ts';
import { NEW_MAPPING } from './mapping-draft.ts';
import { MappingForm } from './mapping-form.tsx';
import { useResultSources } from './mapping-queries.ts';

const ADDRESS = '/signedIn/campaigns/$campaignId/results/mappings/$mappingId';

/** One mapping: new, a copy of another, or one that is changed. */
export function MappingPage() {
  const { campaignId, mappingId } = useParams({ from: ADDRESS });
  const { copy = false } = useSearch({ from: ADDRESS });
  return (
    <OneMapping key={`${mappingId} ${copy}`} campaignId={campaignId} mappingId={mappingId} isCopy={copy} />
  );
}

function OneMapping({
  campaignId,
  mappingId,
  isCopy,
}: {
  campaignId: string;
  mappingId: string;
  isCopy: boolean;
}) {
  const mappings = useResultMappings();
  const sources = useResultSources(campaignId);
  const error = mappings.error ?? sources.error;
  const again = () => void Promise.all([mappings.refetch(), sources.refetch()]);
  // What a colleague stores or removes meanwhile does not take away what was typed.
  const [begun, setBegun] = useState<Beginning | null>(null);
  const now = mappings.data === undefined ? null : beginning(mappings.data, mappingId, isCopy);
  if (begun === null && now !== null) setBegun(now);
  return (
    <>
      <nav aria-label="現在の場所" className="mb-1 text-dns-16N-130">
        <Link
          to="/campaigns/$campaignId/results/mappings"
          params={{ campaignId }}
          className="inline-flex items-center gap-1 rounded-4 text-key-900 underline underline-offset-4"
        >
          <Icon name="chevronLeft" className="size-4" />
          結果ファイルの様式
        </Link>
      </nav>
      <PageTitle title={begun?.title ?? '様式'} />
      <ReadingTrouble what="様式" error={error} onAgain={again} />
      {mappings.data === undefined || sources.data === undefined ? (
        error === null ? (
          <Loading rows={8} />
        ) : null
      ) : begun === null ? (
        <Empty icon="note" title="この様式は見つかりません">
          すでに削除されています。
        </Empty>
      ) : (
        <MappingForm
          campaignId={campaignId}
          begun={begun}
          newest={begun.stored === null ? null : (find(mappings.data, mappingId) ?? null)}
          list={mappings.data}
          sources={sources.data}
        />
      )}
    </>
  );
}

/** From what somebody begins to work; `stored` null: it becomes a new one. */
export type Beginning = {
  readonly title: string;
  readonly draft: ResultMapping['draft'];
  readonly stored: { readonly mappingId: string; readonly version: number } | null;
};

function beginning(list: ResultMappingList, mappingId: string, isCopy: boolean): Beginning | null {
  if (mappingId === 'new') return { title: '新しい様式', draft: NEW_MAPPING, stored: null };
  const found = find(list, mappingId);
  if (found === undefined) return null;
  // Nobody changes the ready one: whoever opens it works on a copy.
  if (isCopy || found.isReady)
    return {
      title: `「${found.draft.name}」の写し`,
      draft: { ...found.draft, name: `${found.draft.name}の写し` },
      stored: null,
    };
  return { title: '様式を変える', draft: found.draft, stored: { mappingId, version: found.version } };
}

function find(list: ResultMappingList, mappingId: string): ResultMapping | undefined {
  return list.mappings.find((each) => each.mappingId === mappingId);
}
