import type { NumberUnderTest as Shown } from '@madoguchi/server/telephone-trial-contract';
import type { ReactNode } from 'react';
import { messageOf } from '../../../api/api-error.ts';
import { Button } from '../../../design/button.tsx';
import { Notice } from '../../../design/notice.tsx';
import { StateLabel } from '../../../design/state-label.tsx';
import { useEndTrial } from '../../../numbers/use-numbers.ts';
import { momentShown } from '../../../words/japanese-time.ts';
import { draftErrorsOf, useOrderTrial } from './use-telephone-trials.ts';

/** One number under test: what test callers hear there, and the ways to another. */
export function NumberUnderTest({
  number,
  flowId,
  draftVersion,
  mayOrder,
}: {
  number: Shown;
  /** Flow in the studio. */
  flowId: string;
  /** Of what is on the screen; null: it is not stored yet. */
  draftVersion: number | null;
  /** False: the person only looks. */
  mayOrder: boolean;
}) {
  const { phoneNumber, shown, name, trial, ordered } = number;
  const order = useOrderTrial(flowId);
  const end = useEndTrial(phoneNumber);
  const isPreparing = ordered !== null && ordered.failedBecause === null;
  const isCurrent = trial !== null && trial.flowId === flowId && !trial.isDraftNewer;
  const word = trial === null ? 'いまの下書きで試す' : 'いまの下書きに入れ替える';
  return (
    <li className="flex flex-col gap-2 rounded-8 border border-solid-gray-300 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h3 className="min-w-0 grow text-std-16B-170 break-words">
          <span className="numerals">{shown}</span>　{name}
        </h3>
        {/* Not as pending: what a button says of itself while it waits must not outlive it, and these go with their purpose. */}
        {mayOrder && !isPreparing && !isCurrent ? (
          <Button
            size="small"
            aria-label={`${word}：${shown}`}
            isDisabled={draftVersion === null}
            onPress={() => {
              if (draftVersion !== null && !order.isPending)
                order.mutate({ draftVersion, phoneNumbers: [phoneNumber] });
            }}
          >
            {word}
          </Button>
        ) : null}
        {mayOrder && (trial !== null || ordered !== null) ? (
          <Button
            look="outline"
            size="small"
            aria-label={`お試しをやめる：${shown}`}
            onPress={() => end.isPending || end.mutate()}
          >
            お試しをやめる
          </Button>
        ) : null}
      </div>
      <div role="status" className="flex flex-col gap-1 text-std-16N-170">
        {isPreparing ? (
          <p>
            <StateLabel word="音声を準備しています" icon="wait" tone="plain" />
          </p>
        ) : null}
        <p>{heard(number, flowId)}</p>
      </div>
      {order.error === null ? null : (
        <Notice kind="error" title="お試しを始められませんでした">
          {messageOf(order.error)}
          <ul className="mt-1 list-disc pl-5">
            {draftErrorsOf(order.error).map((error) => (
              <li key={`${error.flowId} ${error.nodeId} ${error.message}`}>
                {error.message}
                {error.mend}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {ordered === null || ordered.failedBecause === null ? null : (
        <Notice kind="error" title="音声を準備できませんでした">
          {ordered.failedBecause}
        </Notice>
      )}
      {end.error === null ? null : (
        <Notice kind="error" title="お試しをやめられませんでした">
          {messageOf(end.error)}
        </Notice>
      )}
    </li>
  );
}

/** What a test caller hears now. */
function heard({ shown, trial }: Shown, flowId: string): ReactNode {
  if (trial === null) return 'まだ試していません。登録した電話からかけると、公開中のフローが流れます。';
  const moment = momentShown(trial.orderedAt);
  if (trial.flowId !== flowId)
    return `登録した電話からかけると、別のフロー「${trial.flowName}」の下書き（${moment}）が流れます。`;
  if (trial.isDraftNewer) {
    return (
      <>
        <StateLabel word="下書きが変わっています" icon="alert" tone="warning" /> 登録した電話からかけると、
        {moment}の下書きが流れます。そのあとの変更は入っていません。
      </>
    );
  }
  return (
    <>
      <StateLabel word="試せます" icon="check" tone="good" /> 登録した電話から、
      <span className="numerals">{shown}</span>へおかけください。いまの下書き（{moment}）が流れます。
    </>
  );
}
