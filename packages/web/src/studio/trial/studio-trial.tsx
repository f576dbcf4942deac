import type { PathStep, SayPart, Speed } from '@madoguchi/flow';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { usePreview } from '../../announcements/use-preview.ts';
import { messageOf } from '../../api/api-error.ts';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { NO_MARKS, wayKey } from '../canvas/marks.ts';
import { useStudio } from '../studio-context.tsx';
import { useTools } from '../tools.tsx';
import { bundleOf } from './bundle-of.ts';
import { TelephoneTrial } from './by-telephone/telephone-trial.tsx';
import { TrialPanel } from './trial-panel.tsx';
import { wordsOfParts } from './trial-words.ts';
import { useFlowTests, useTrialHouse } from './use-trial.ts';

/** A call through the flow as it is on the screen, saved or not; its way lights up on the canvas. */
export function StudioTrial() {
  const { flow, state } = useStudio();
  const { setMarks } = useTools();
  const house = useTrialHouse();
  const tests = useFlowTests(flow.id);
  const preview = usePreview();
  const [now] = useState(() => Date.now());
  const bundle = useMemo(() => bundleOf(flow, state.detail.others), [flow, state.detail.others]);
  const onPath = useCallback(
    (path: readonly PathStep[], at: { flowId: string; nodeId: string } | null) => {
      const own = path.filter((step) => step.flowId === flow.id);
      const here = at?.flowId === flow.id ? [at.nodeId] : [];
      setMarks({
        ...NO_MARKS,
        litNodes: new Set([...own.map(({ nodeId }) => nodeId), ...here]),
        litWays: new Set(own.map(({ nodeId, branch }) => wayKey(nodeId, branch))),
      });
    },
    [flow.id, setMarks],
  );
  useEffect(() => () => setMarks(NO_MARKS), [setMarks]);
  const onListen = (parts: readonly SayPart[], speed: Speed) => {
    const [only, ...rest] = parts;
    const content =
      only?.type === 'audio' && rest.length === 0
        ? ({ type: 'audio', audioId: only.audioId } as const)
        : ({ type: 'text', text: wordsOfParts(parts) } as const);
    preview.play({ content, speed, examples: {} });
  };
  const error = house.error ?? tests.error;
  if (error !== null) {
    return (
      <Notice kind="error" title="お試しの用意ができませんでした">
        {messageOf(error)}
      </Notice>
    );
  }
  if (house.data === undefined || tests.data === undefined) return <Loading />;
  return (
    <>
      <TelephoneTrial />
      <TrialPanel
        bundle={bundle}
        house={house.data}
        tests={tests.data.tests}
        mayEdit={state.mayEdit}
        now={now}
        onListen={onListen}
        onPath={onPath}
      />
    </>
  );
}
