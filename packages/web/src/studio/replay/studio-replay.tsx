import type { ReplayTotalsShown } from '@madoguchi/server/trial-contract';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { messageOf } from '../../api/api-error.ts';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { numbersQuery } from '../../number-queries.ts';
import { dayAndTime } from '../../words/japanese-time.ts';
import { NO_MARKS, wayKey } from '../canvas/marks.ts';
import { useStudio } from '../studio-context.tsx';
import { useTools } from '../tools.tsx';
import { bundleOf } from '../trial/bundle-of.ts';
import { ReplayPanel } from './replay-panel.tsx';

const shown = (calls: number) => calls.toLocaleString('ja-JP');
const WEEK_MS = 7 * 86_400_000;

/** 過去の通話での試算: what past calls would have come to with the flow on the screen; the figures stand on the canvas, too. */
export function StudioReplay() {
  const { flow, state } = useStudio();
  const { setMarks } = useTools();
  const numbers = useQuery(numbersQuery);
  const [now] = useState(() => Date.now());
  const bundle = useMemo(() => bundleOf(flow, state.detail.others), [flow, state.detail.others]);
  const onBranches = useCallback(
    (branches: ReplayTotalsShown['branches']) =>
      setMarks({
        ...NO_MARKS,
        onWays: new Map(
          branches
            .filter(({ flowId }) => flowId === flow.id)
            .map(({ nodeId, branch, before, after }) => [
              wayKey(nodeId, branch),
              before === after ? `${shown(after)}件` : `${shown(before)}→${shown(after)}件`,
            ]),
        ),
      }),
    [flow.id, setMarks],
  );
  useEffect(() => () => setMarks(NO_MARKS), [setMarks]);
  if (numbers.error !== null) {
    return (
      <Notice kind="error" title="試算の用意ができませんでした">
        {messageOf(numbers.error)}
      </Notice>
    );
  }
  if (numbers.data === undefined) return <Loading />;
  const all = numbers.data.numbers;
  const own = all.filter(({ flowName }) => flowName === flow.name);
  return (
    <ReplayPanel
      bundle={bundle}
      numbers={all}
      first={{
        from: dayAndTime(new Date(now - WEEK_MS).toISOString()).day,
        to: dayAndTime(new Date(now).toISOString()).day,
        phoneNumbers: (own.length > 0 ? own : all).map(({ phoneNumber }) => phoneNumber),
      }}
      onBranches={onBranches}
    />
  );
}
