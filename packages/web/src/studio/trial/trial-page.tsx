import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { meQuery } from '../../account-queries.ts';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { useFlow } from '../use-flow.ts';
import { BackToFlow } from './back-to-flow.tsx';
import { bundleOf } from './bundle-of.ts';
import { TrialPanel } from './trial-panel.tsx';
import { useFlowTests, useTrialHouse } from './use-trial.ts';

/** お試し: a call through the draft as it is stored. */
export function TrialPage() {
  const { flowId } = useParams({ from: '/signedIn/flows/$flowId/trial' });
  const flow = useFlow(flowId);
  const house = useTrialHouse();
  const tests = useFlowTests(flowId);
  const { data: me } = useQuery(meQuery);
  const [now] = useState(() => Date.now());
  const bundle = useMemo(() => (flow.data === undefined ? null : bundleOf(flow.data)), [flow.data]);
  const error = flow.error ?? house.error ?? tests.error;
  const isReady = bundle !== null && house.data !== undefined && tests.data !== undefined;
  return (
    <>
      <BackToFlow flowId={flowId} />
      <PageTitle
        title={`お試し${flow.data === undefined ? '' : `：${flow.data.flow.draft.name}`}`}
        lead="下書きのとおりに電話に出ます。実際には、だれにも電話がかからず、SMSも送られません。"
      />
      {error === null ? null : (
        <Notice
          kind="error"
          title="読み込めませんでした"
          action={
            <Button
              look="outline"
              size="small"
              onPress={() => {
                for (const each of [flow, house, tests]) if (each.error !== null) void each.refetch();
              }}
            >
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {isReady ? (
        <TrialPanel
          key={flowId}
          bundle={bundle}
          house={house.data}
          tests={tests.data.tests}
          mayEdit={me?.rights.includes('editFlows') ?? false}
          now={now}
        />
      ) : error === null ? (
        <Loading />
      ) : null}
    </>
  );
}
