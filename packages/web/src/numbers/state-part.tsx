import type { NumberShown, NumberState } from '@madoguchi/server/number-contract';
import { useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/section.tsx';
import { StateLabel } from '../design/state-label.tsx';
import { heardIn, STATE_ORDER, STATES } from './number-words.ts';
import { useChangeState } from './use-numbers.ts';

/** The state that a number is in, what callers meet by it, and the ways into another, each after a question. */
export function StatePart({ number, mayManage }: { number: NumberShown; mayManage: boolean }) {
  const [asked, setAsked] = useState<NumberState | null>(null);
  const change = useChangeState(number.phoneNumber);
  const { state, draft, version } = number;
  const answer = (go: boolean) => {
    setAsked(null);
    if (go && asked !== null) change.mutate({ state: asked, version });
  };
  return (
    <Section title="状態">
      <div className="flex flex-col gap-3 rounded-8 border border-solid-gray-300 bg-white px-5 py-4">
        <div className="flex flex-wrap items-center gap-3">
          <StateLabel {...STATES[state]} />
          <p className="min-w-0 grow basis-120 text-std-16N-170">{heardIn(state, draft)}</p>
        </div>
        {change.error === null ? null : (
          <Notice kind="error" title="状態を変えられませんでした">
            {messageOf(change.error)}
          </Notice>
        )}
        <div role="status">
          {change.isSuccess ? (
            <Notice kind="success" title="状態を変えました。次の電話から変わります。" />
          ) : null}
        </div>
        {mayManage ? (
          <div className="flex flex-wrap gap-3 print:hidden">
            {STATE_ORDER.filter((each) => each !== state).map((each) => (
              <Button
                key={each}
                look="outline"
                size="small"
                isPending={change.isPending}
                onPress={() => setAsked(each)}
              >
                「{STATES[each].word}」にする
              </Button>
            ))}
          </div>
        ) : null}
      </div>
      <ConfirmDialog
        title={`「${STATES[asked ?? state].word}」にしますか`}
        yes={`「${STATES[asked ?? state].word}」にする`}
        isOpen={asked !== null}
        onAnswer={answer}
      >
        <p className="text-std-16B-170">
          {draft.name}　<span className="numerals">{number.shown}</span>
        </p>
        <p className="mt-2 text-std-16N-170">
          次の電話から、次のようになります。いま話し中の電話は変わりません。
        </p>
        <p className="mt-2 rounded-8 bg-solid-gray-50 px-4 py-3 text-std-16N-170">
          {heardIn(asked ?? state, draft)}
        </p>
      </ConfirmDialog>
    </Section>
  );
}
