import type { NumberPlan, NumberShown } from '@madoguchi/server/number-contract';
import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { DateField } from '../design/date-field.tsx';
import { Fold } from '../design/fold.tsx';
import { Notice } from '../design/notice.tsx';
import { Select } from '../design/select.tsx';
import { TextField } from '../design/text-field.tsx';
import { instantOf, momentShown } from '../words/japanese-time.ts';
import { STATE_ORDER, STATES } from './number-words.ts';
import { PlannedList } from './planned-list.tsx';
import { useAddPlan, useCancelPlan, useSettledPlans } from './use-numbers.ts';

const CHOICES = STATE_ORDER.map((id) => ({ id, word: STATES[id].word }));

/** What happens to a number by itself; changes of state are planned here, versions where they are published. */
export function PlanPart({ number, mayManage }: { number: NumberShown; mayManage: boolean }) {
  const [state, setState] = useState<string | null>(null);
  const [day, setDay] = useState<string | undefined>(undefined);
  const [time, setTime] = useState('08:45');
  const [isTimeWrong, setTimeWrong] = useState(false);
  const [isHistoryOpen, setHistoryOpen] = useState(false);
  const add = useAddPlan(number.phoneNumber);
  const cancel = useCancelPlan(number.phoneNumber);
  const trouble = add.error ?? cancel.error;
  const wanted = STATE_ORDER.find((each) => each === state);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending || wanted === undefined || day === undefined) return;
    const plain = time.normalize('NFKC').trim();
    const isRight = /^([01]?\d|2[0-3]):[0-5]\d$/.test(plain);
    setTimeWrong(!isRight);
    if (!isRight) return;
    const dueAt = instantOf({ day, time: plain.padStart(5, '0') });
    add.mutate({ state: wanted, dueAt }, { onSuccess: () => setState(null) });
  };
  return (
    <div className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white px-5 py-4">
      {trouble === null ? null : (
        <Notice kind="error" title="予定を変えられませんでした">
          {messageOf(trouble)}
        </Notice>
      )}
      <PlannedList number={number} onCancel={mayManage ? (planId) => cancel.mutate(planId) : null} />
      {mayManage ? (
        <Form onSubmit={submit} validationBehavior="aria" className="flex flex-wrap items-start gap-4">
          <p className="w-full text-std-16B-170">状態を変える予定を加える</p>
          <DateField label="日" value={day} onChange={setDay} />
          <TextField
            label="時刻"
            size="small"
            inputMode="numeric"
            autoComplete="off"
            value={time}
            onChange={setTime}
            errorMessage={isTimeWrong ? '「8:45」のように入力してください。' : undefined}
          />
          <Select
            label="状態"
            choices={CHOICES}
            value={state}
            placeholder="選んでください"
            onChange={setState}
          />
          <div className="pt-8">
            <Button
              type="submit"
              look="outline"
              isPending={add.isPending}
              isDisabled={wanted === undefined || day === undefined}
            >
              予定に加える
            </Button>
          </div>
        </Form>
      ) : null}
      <Fold
        title="これまでの予定"
        explanation="実行したもの、取り消したもの"
        isOpen={isHistoryOpen}
        onOpenChange={setHistoryOpen}
      >
        <SettledPlans phoneNumber={number.phoneNumber} />
      </Fold>
    </div>
  );
}

const RESULTS: Readonly<Record<NumberPlan['result'], string>> = {
  done: '実行しました',
  failed: '実行できませんでした',
  cancelled: '取り消しました',
};

function SettledPlans({ phoneNumber }: { phoneNumber: string }) {
  const { data, error } = useSettledPlans(phoneNumber);
  if (error !== null)
    return (
      <Notice kind="error" title="読み込めませんでした">
        {messageOf(error)}
      </Notice>
    );
  if (data?.plans.length === 0) return <p className="text-std-16N-170">まだありません。</p>;
  return (
    <ul className="flex flex-col gap-2">
      {data?.plans.map((plan) => (
        <li key={plan.planId} className="text-std-16N-170">
          <span className="numerals">{momentShown(plan.dueAt)}</span>　{STATES[plan.state].word}にする　
          {RESULTS[plan.result]}
          {plan.reason === null ? '' : `（${plan.reason}）`}
        </li>
      ))}
    </ul>
  );
}
