import type { FlowDraft } from '@madoguchi/flow';
import type { FlowDetail } from '@madoguchi/server/flow-contract';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo, useReducer } from 'react';
import { meQuery } from '../account-queries.ts';
import { SpokenIn } from '../announcements/spoken-voice.tsx';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Loading } from '../design/loading.tsx';
import { Notice } from '../design/notice.tsx';
import { PageTitle } from '../design/page-title.tsx';
import { BackToFlows } from './back-to-flows.tsx';
import { StudioProvider } from './studio-context.tsx';
import { StudioHeader } from './studio-header.tsx';
import { beginStudio, problemsOf, reduceStudio } from './studio-state.ts';
import { StudioViews } from './studio-views.tsx';
import { useFlow } from './use-flow.ts';
import { useSaving } from './use-saving.ts';
import { useSettled } from './use-settled.ts';

/** From the last change to the check: longer than between two keys of somebody who types. */
const CHECKED_AFTER_MS = 300;

/** One flow, to be shaped. */
export function StudioPage() {
  const { flowId } = useParams({ from: '/signedIn/flows/$flowId' });
  const { data, error, refetch } = useFlow(flowId);
  const { data: me } = useQuery(meQuery);
  if (error !== null) {
    return (
      <>
        <BackToFlows />
        <PageTitle title="フロー" />
        <Notice
          kind="error"
          title="フローを読み込めませんでした"
          action={
            <Button look="outline" size="small" onPress={() => void refetch()}>
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      </>
    );
  }
  if (data === undefined || me === undefined) {
    return (
      <>
        <BackToFlows />
        <PageTitle title="フロー" />
        <Loading />
      </>
    );
  }
  return <OpenFlow key={flowId} detail={data} mayEdit={me.rights.includes('editFlows')} />;
}

function OpenFlow({ detail, mayEdit }: { detail: FlowDetail; mayEdit: boolean }) {
  const [state, dispatch] = useReducer(reduceStudio, null, () => beginStudio(detail, mayEdit));
  const others = useSaving(state, dispatch);
  const flow = state.history.present;
  // Checking every path may wait for a moment; typing may not, so that no key is followed by a check.
  const checked = useSettled(flow, CHECKED_AFTER_MS);
  const problems = useMemo(() => problemsOf({ detail }, checked), [detail, checked]);
  const acts = useMemo(
    () => ({
      edit: (edited: FlowDraft, step?: string) =>
        dispatch({ type: 'edit', flow: edited, step: step ?? null }),
      select: (...nodeIds: readonly string[]) => dispatch({ type: 'select', nodeIds }),
    }),
    [],
  );
  const studio = useMemo(() => ({ state, flow, problems, dispatch, ...acts }), [state, flow, problems, acts]);
  return (
    <StudioProvider studio={studio}>
      {/* The canvas takes what the shell and its notices leave of the window's height. */}
      <div className="flex min-h-120 grow flex-col gap-2">
        <StudioHeader others={others} />
        <SpokenIn voice={flow.voice}>
          <StudioViews />
        </SpokenIn>
      </div>
    </StudioProvider>
  );
}
