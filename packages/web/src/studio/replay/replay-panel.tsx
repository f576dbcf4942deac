import type { BundleDraft } from '@madoguchi/flow';
import { MOST_REPLAYED_CALLS, type ReplayTotalsShown } from '@madoguchi/server/trial-contract';
import { useEffect, useState } from 'react';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { messageOf } from '../../api/api-error.ts';
import { Button } from '../../design/button.tsx';
import { Loading } from '../../design/loading.tsx';
import { Notice } from '../../design/notice.tsx';
import { StateLabel } from '../../design/state-label.tsx';
import { fullDayShown, instantOf } from '../../words/japanese-time.ts';
import { ReplayForm, type ReplayNumber } from './replay-form.tsx';
import { ReplayResult } from './replay-result.tsx';
import { REPLAY_STATES } from './replay-words.ts';
import { type ReplayWish, useAskForReplay, useCancelReplay, useReplay, useReplays } from './use-replay.ts';

export type ReplayPanelProps = {
  /** The draft as it is on the screen, with the flows that it leads to. */
  bundle: BundleDraft;
  numbers: readonly ReplayNumber[];
  first: ReplayWish;
  /** How many calls took each branch, then and with the draft, for whoever draws the flow. */
  onBranches?: ((branches: ReplayTotalsShown['branches']) => void) | undefined;
};

/** Past calls through a draft: chosen, watched, compared. */
export function ReplayPanel({ bundle, numbers, first, onBranches }: ReplayPanelProps) {
  const flowId = bundle.entryFlowId;
  const replays = useReplays(flowId);
  const ask = useAskForReplay(flowId);
  const cancel = useCancelReplay(flowId);
  const [asked, setAsked] = useState<string | null>(null);
  const shownId = asked ?? replays.data?.replays[0]?.replayId ?? null;
  const replay = useReplay(flowId, shownId);
  const error = ask.error ?? replays.error ?? replay.error;
  const totals = replay.data?.totals ?? null;
  useEffect(() => {
    if (totals !== null) onBranches?.(totals.branches);
  }, [totals, onBranches]);
  return (
    <div className="flex flex-col gap-4">
      <ReplayForm
        numbers={numbers}
        first={first}
        isPending={ask.isPending}
        onAsk={(wish) => ask.mutate({ wish, bundle }, { onSuccess: ({ replayId }) => setAsked(replayId) })}
      />
      {error === null ? null : (
        <Notice
          kind="error"
          title={ask.error === null ? '読み込めませんでした' : '試算を始められませんでした'}
        >
          {messageOf(error)}
        </Notice>
      )}
      {replays.isPending ? <Loading /> : null}
      {replay.data === undefined ? null : (
        <>
          <ReplayProgress
            replay={replay.data}
            isCancelling={cancel.isPending}
            onCancel={() => cancel.mutate(replay.data.replayId)}
          />
          {totals === null ? null : <ReplayResult totals={totals} bundle={bundle} />}
        </>
      )}
    </div>
  );
}

function ReplayProgress({
  replay,
  isCancelling,
  onCancel,
}: {
  replay: NonNullable<ReturnType<typeof useReplay>['data']>;
  isCancelling: boolean;
  onCancel: () => void;
}) {
  const { state, done, total, from, to, isCut, askedBy } = replay;
  const isOpen = state === 'waiting' || state === 'running';
  return (
    <section aria-label="試算の状況" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <StateLabel {...REPLAY_STATES[state]} />
        <p role="status" className="numerals text-std-16N-170">
          {fullDayShown(instantOf({ day: from, time: '00:00' }))}から
          {fullDayShown(instantOf({ day: to, time: '00:00' }))}まで、{done.toLocaleString('ja-JP')}件
          {total === null ? '' : `（全${total.toLocaleString('ja-JP')}件）`}／{askedBy.name} さん
        </p>
        {isOpen ? (
          <Button look="outline" size="small" isPending={isCancelling} onPress={onCancel}>
            中止する
          </Button>
        ) : null}
      </div>
      {isOpen && total !== null && total > 0 ? (
        <ProgressBar
          aria-label="試算の進み具合"
          value={done}
          maxValue={total}
          valueLabel={`${done.toLocaleString('ja-JP')}件`}
        >
          {({ percentage = 0 }) => (
            <svg
              aria-hidden="true"
              viewBox="0 0 100 2"
              preserveAspectRatio="none"
              className="h-2 w-full rounded-full bg-solid-gray-200"
            >
              <rect width={percentage} height="2" className="fill-key-900" />
            </svg>
          )}
        </ProgressBar>
      ) : null}
      {isCut ? (
        <Notice
          kind="info"
          title={`期間の通話が多いため、新しいほうから${MOST_REPLAYED_CALLS.toLocaleString('ja-JP')}件だけで試算しました`}
        />
      ) : null}
      {state === 'failed' ? (
        <Notice kind="warning" title="試算が途中で終わりました">
          もう一度「過去の通話で試算する」を押してください。
        </Notice>
      ) : null}
    </section>
  );
}
