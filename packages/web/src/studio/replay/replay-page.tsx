import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { PageTitle } from '../../design/page-title.tsx';
import { numbersQuery } from '../../number-queries.ts';
import { dayAndTime } from '../../words/japanese-time.ts';
import { BackToFlow } from '../trial/back-to-flow.tsx';
import { bundleOf } from '../trial/bundle-of.ts';
import { useFlow } from '../use-flow.ts';
import { ReplayPanel } from './replay-panel.tsx';

const WEEK_MS = 7 * 86_400_000;

/** 過去の通話での試算: what past calls would have come to with the draft as it is stored. */
export function ReplayPage() {
  const { flowId } = useParams({ from: '/signedIn/flows/$flowId/replay' });
  const flow = useFlow(flowId);
  const numbers = useQuery(numbersQuery);
  const [now] = useState(() => Date.now());
  const bundle = useMemo(() => (flow.data === undefined ? null : bundleOf(flow.data)), [flow.data]);
  const error = flow.error ?? numbers.error;
  return (
    <>
      <BackToFlow flowId={flowId} />
      <PageTitle
        title={`過去の通話での試算${flow.data === undefined ? '' : `：${flow.data.flow.draft.name}`}`}
        lead="過去にかかってきた電話が、この下書きではどうなったかを計算します。実際の通話や記録は変わりません。"
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
                void flow.refetch();
                void numbers.refetch();
              }}
            >
              もう一度読み込む
            </Button>
          }
        >
          {messageOf(error)}
        </Notice>
      )}
      {bundle !== null && numbers.data !== undefined ? (
        <ReplayPanel
          key={flowId}
          bundle={bundle}
          numbers={numbers.data.numbers}
          first={{
            from: dayAndTime(new Date(now - WEEK_MS).toISOString()).day,
            to: dayAndTime(new Date(now).toISOString()).day,
            phoneNumbers: numbers.data.numbers.map(({ phoneNumber }) => phoneNumber),
          }}
        />
      ) : error === null ? (
        <Loading />
      ) : null}
    </>
  );
}
