import type { NumberShown } from '@madoguchi/server/number-contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMayEdit } from '../announcements/use-may-edit.ts';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { fullDayShown, momentShown } from '../words/japanese-time.ts';
import { trialHeardIn } from './number-words.ts';
import { useEndTrial } from './use-numbers.ts';

/** The version that callers of a number hear, and the draft that test callers do. */
export function FlowFacts({ number }: { number: NumberShown }) {
  const { inForce, trial, isForSwitching } = number;
  if (isForSwitching) {
    return (
      <p className="rounded-8 border border-solid-gray-300 bg-white px-5 py-4 text-std-16N-170">
        この番号では、フローは使いません。
      </p>
    );
  }
  return (
    <dl className="flex flex-wrap gap-x-10 gap-y-3 rounded-8 border border-solid-gray-300 bg-white px-5 py-4">
      <Fact title="公開中のフロー">
        {inForce === null ? (
          'まだ公開されていません'
        ) : (
          <>
            {inForce.name}
            <span className="block text-dns-14N-130 text-solid-gray-700">
              {fullDayShown(inForce.publishedAt)}に公開
              {inForce.comment === '' ? '' : `　${inForce.comment}`}
            </span>
          </>
        )}
      </Fact>
      <Fact title="電話で試している下書き">
        {trial === null ? 'ありません' : <OnTrial number={number} trial={trial} />}
      </Fact>
    </dl>
  );
}

function OnTrial({ number, trial }: { number: NumberShown; trial: NonNullable<NumberShown['trial']> }) {
  const mayEdit = useMayEdit();
  const end = useEndTrial(number.phoneNumber);
  return (
    <>
      {trial.name}
      <span className="block text-dns-14N-130 text-solid-gray-700">
        {momentShown(trial.orderedAt)}の下書き
      </span>
      <span className="mt-1 block">{trialHeardIn(number.state, number.draft)}</span>
      <span className="mt-2 flex flex-wrap items-center gap-4 print:hidden">
        <Link
          to="/flows/$flowId"
          params={{ flowId: trial.flowId }}
          search={{ mode: 'trial' }}
          className="text-key-900 underline underline-offset-4"
        >
          フローのお試しを開く
        </Link>
        {mayEdit ? (
          <Button look="outline" size="small" onPress={() => end.isPending || end.mutate()}>
            お試しをやめる
          </Button>
        ) : null}
      </span>
      {end.error === null ? null : (
        <Notice kind="error" title="お試しをやめられませんでした">
          {messageOf(end.error)}
        </Notice>
      )}
    </>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-dns-14B-130 text-solid-gray-700">{title}</dt>
      <dd className="mt-1 text-std-16N-170">{children}</dd>
    </div>
  );
}
