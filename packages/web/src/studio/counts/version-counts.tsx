import { useMemo } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { ChoiceBar } from '../../design/choice-bar.tsx';
import { Empty } from '../../design/empty.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { Section } from '../../design/section.tsx';
import type { CountsSearch } from './counts-search.ts';
import { CountsTable } from './counts-table.tsx';
import { figuresOf } from './figures.ts';
import { dayInWords, type Period } from './periods.ts';
import { rowsOf } from './rows.ts';
import { type useCounts, useVersion } from './use-counts.ts';
import { VersionPicture } from './version-picture.tsx';

/** A version's flow with the figures of its calls, as a picture and as a table. */
export function VersionCounts({
  flowId,
  bundleId,
  period,
  counts,
  search,
  onChange,
}: {
  flowId: string;
  bundleId: string;
  period: Period;
  counts: ReturnType<typeof useCounts>;
  search: CountsSearch;
  onChange: (change: Partial<CountsSearch>) => void;
}) {
  const version = useVersion(flowId, bundleId);
  const flows = version.data?.flows ?? [];
  const flow = flows.find(({ id }) => id === search.flow) ?? flows[0];
  const rows = useMemo(
    () => (flow === undefined || counts.data === undefined ? [] : rowsOf(figuresOf(flow, counts.data))),
    [flow, counts.data],
  );
  const error = version.error ?? counts.error;
  if (error !== null) {
    return (
      <Notice
        kind="error"
        title="件数を読み込めませんでした"
        action={
          <Button
            look="outline"
            size="small"
            onPress={() => {
              void version.refetch();
              void counts.refetch();
            }}
          >
            もう一度読み込む
          </Button>
        }
      >
        {messageOf(error)}
      </Notice>
    );
  }
  if (version.data === undefined || flow === undefined) return <Loading rows={8} />;
  const { calls = 0, unanswered = 0 } = counts.data ?? {};
  return (
    <>
      <p role="status" className="numerals mb-2 text-std-16N-170">
        {counts.data === undefined
          ? '件数を数えています…'
          : `第${version.data.versionNo}版、${dayInWords(period.from)}から${dayInWords(period.to)}まで：電話 ${calls}件${unanswered === 0 ? '' : `（うち、つながる前に切れた電話 ${unanswered}件）`}`}
      </p>
      {counts.data !== undefined && calls === 0 ? (
        <Empty icon="phoneIn" title="この期間に、この版で受けた電話はありません">
          期間や版を変えてお試しください。
        </Empty>
      ) : (
        <>
          {flows.length > 1 ? (
            <div className="mb-3 print:hidden">
              <ChoiceBar
                label="フロー"
                choices={flows.map(({ id, name }) => ({ id, word: name }))}
                value={flow.id}
                onChange={(id) => onChange({ flow: id })}
              />
            </div>
          ) : null}
          <VersionPicture
            key={`${bundleId} ${flow.id}`}
            version={version.data}
            flow={flow}
            counts={counts.data}
            view={search.view ?? 'canvas'}
            onView={(view) => onChange({ view })}
          />
          <Section title={flows.length > 1 ? `件数の表：${flow.name}` : '件数の表'}>
            {counts.data === undefined ? <Loading /> : <CountsTable rows={rows} />}
          </Section>
        </>
      )}
    </>
  );
}
