import { useMemo } from 'react';
import { CallsTable } from '../calls/calls-table.tsx';
import { Empty } from '../design/empty.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { Section } from '../design/section.tsx';
import { CallsInProgressTable } from './calls-in-progress-table.tsx';
import { LinesPicture } from './lines-picture.tsx';
import { LinkLabel } from './link-label.tsx';
import { callsInProgress, endedCalls } from './live-state.ts';
import { LiveSummary } from './live-summary.tsx';
import { ServerAhead } from './running-time.tsx';
import { StaffCalls } from './staff-calls.tsx';
import { useEndedLately } from './use-ended-lately.ts';
import { useLiveCalls } from './use-live-calls.ts';

/** Calls in progress and those that ended just now. */
export function LivePage() {
  const state = useLiveCalls();
  const inProgress = useMemo(() => callsInProgress(state), [state]);
  const endedLately = useEndedLately(state.snapshots);
  const ended = useMemo(() => endedCalls(state, endedLately), [state, endedLately]);
  const waiting = state.newsAt === null;
  return (
    <ServerAhead value={state.serverAheadMs}>
      <PageTitle title="ただいまの通話" aside={<LinkLabel link={state.link} newsAt={state.newsAt} />} />
      <LiveSummary inProgress={inProgress.length} ready={!waiting} />
      <StaffCalls calls={inProgress} />
      <Section title="使用中の回線">
        <LinesPicture calls={inProgress} />
      </Section>
      <Section title="通話中の電話" aside={waiting ? null : <Count count={inProgress.length} />}>
        {waiting && state.link === 'connecting' ? <Loading rows={4} /> : null}
        {waiting && state.link === 'reconnecting' ? (
          <Notice kind="error" title="通話の状況を受け取れません">
            自動でつなぎ直していますので、そのままお待ちください。
          </Notice>
        ) : null}
        {!waiting && inProgress.length === 0 ? (
          <Empty icon="phone" title="いま通話中の電話はありません">
            電話がかかってくると、ここに自動で表示されます。
          </Empty>
        ) : null}
        {inProgress.length > 0 ? <CallsInProgressTable calls={inProgress} /> : null}
      </Section>
      {ended.length > 0 ? (
        <Section title="終わったばかりの通話" aside={<Count count={ended.length} />}>
          <CallsTable label="終わったばかりの通話" calls={ended} />
        </Section>
      ) : null}
    </ServerAhead>
  );
}

function Count({ count }: { count: number }) {
  return <p className="numerals text-std-16N-170">{count}件</p>;
}
