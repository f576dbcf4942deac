import { MOST_APPROVAL_STEPS, type NumberShown } from '@madoguchi/server/number-contract';
import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { ChoiceBar } from '../design/choice-bar.tsx';
import { Notice } from '../design/notice.tsx';
import { approvalWords, STATES } from './number-words.ts';
import { useMaySetApproval, useSaveApproval } from './use-numbers.ts';

const CHOICES = Array.from({ length: MOST_APPROVAL_STEPS + 1 }, (_, steps) => ({
  id: String(steps),
  word: steps === 0 ? 'なし' : `${steps}段`,
}));

/** How many decisions a new version of the number needs; that nobody lets himself off is said where it is chosen. */
export function ApprovalPart({ number }: { number: NumberShown }) {
  const { approval, state, version } = number;
  /** Null: as it is stored. */
  const [typed, setTyped] = useState<number | null>(null);
  const maySet = useMaySetApproval();
  const save = useSaveApproval(number.phoneNumber);
  const steps = typed ?? approval.steps;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate({ steps, version }, { onSuccess: () => setTyped(null) });
  };
  return (
    <Form
      onSubmit={submit}
      className="flex flex-col gap-3 rounded-8 border border-solid-gray-300 bg-white px-5 py-4"
    >
      {save.error === null ? null : (
        <Notice kind="error" title="決裁の段数を変えられませんでした">
          {messageOf(save.error)}
        </Notice>
      )}
      {maySet ? (
        <div className="flex flex-wrap items-end gap-4">
          <ChoiceBar
            label="決裁の段数"
            choices={CHOICES}
            value={String(steps)}
            onChange={(id) => setTyped(Number(id))}
          />
          <Button
            type="submit"
            look="outline"
            isPending={save.isPending}
            isDisabled={steps === approval.steps}
          >
            段数を保存する
          </Button>
        </div>
      ) : (
        <p className="text-std-16B-170">{approval.steps === 0 ? 'なし' : `${approval.steps}段`}</p>
      )}
      <div className="text-std-16N-170">
        <p>{approvalWords(steps)}</p>
        {state === 'live' ? null : (
          <p>
            いまは「{STATES[state].word}
            」のため、決裁なしで公開できます。「本番」になると、この段数の決裁が要ります。
          </p>
        )}
        <p className="text-dns-14N-130 text-solid-gray-700">
          {approval.setBy === null ? 'まだだれも変えていません。' : `最後に段数を変えた人：${approval.setBy}`}
        </p>
      </div>
      <p role="status" className="text-std-16N-170 text-solid-gray-700 empty:hidden">
        {save.isSuccess && typed === null
          ? '保存しました。次に出す伺いから、この段数になります。公開前の伺いは、段数が増えたときだけ変わります。'
          : ''}
      </p>
    </Form>
  );
}
