import type { ProposalAdd, PublishingOutlook } from '@madoguchi/server/publish-contract';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { CheckBox } from '../design/check-box.tsx';
import { ChoiceBar } from '../design/choice-bar.tsx';
import { DateField } from '../design/date-field.tsx';
import { Notice } from '../design/notice.tsx';
import { TextField } from '../design/text-field.tsx';
import { instantOf } from '../words/japanese-time.ts';
import { usePropose } from './use-publishing.ts';

const WHEN = [
  { id: 'approved', word: '決裁されたらすぐ' },
  { id: 'at', word: '日時を決める' },
  { id: 'byHand', word: '決裁の後に手動で' },
];
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Asks what a proposal needs besides its content: words, numbers, the time. */
export function ProposalForm({ flowId, outlook }: { flowId: string; outlook: PublishingOutlook }) {
  const navigate = useNavigate();
  const send = usePropose(flowId);
  const [comment, setComment] = useState('');
  const [numbers, setNumbers] = useState<ReadonlySet<string>>(
    () => new Set(outlook.numbers.filter(({ isUsual }) => isUsual).map(({ phoneNumber }) => phoneNumber)),
  );
  const [when, setWhen] = useState('approved');
  const [day, setDay] = useState<string | undefined>(undefined);
  const [time, setTime] = useState('08:30');
  const [isTried, setTried] = useState(false);
  const chosen = outlook.numbers.filter(({ phoneNumber }) => numbers.has(phoneNumber));
  const steps = Math.max(0, ...chosen.map((number) => number.steps));
  const isBlocked =
    outlook.problems.some(({ severity }) => severity === 'error') ||
    outlook.failedTests.length > 0 ||
    outlook.texts.some(({ isHeard }) => !isHeard);
  const isTimeWrong = when === 'at' && (day === undefined || !TIME.test(time));

  function publishOf(): ProposalAdd['publish'] | null {
    if (when === 'byHand' || when === 'approved') return { when };
    return day === undefined || isTimeWrong ? null : { when: 'at', at: instantOf({ day, time }) };
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    const publish = publishOf();
    if (comment.trim() === '' || publish === null || isBlocked || send.isPending) return;
    send.mutate(
      {
        draftVersion: outlook.draftVersion,
        comment: comment.trim(),
        phoneNumbers: [...numbers],
        publish,
      },
      {
        onSuccess: ({ proposalId }) => navigate({ to: '/approvals/$proposalId', params: { proposalId } }),
      },
    );
  }

  return (
    <form
      noValidate
      onSubmit={submit}
      className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-4"
    >
      <TextField
        label="変更の内容と理由"
        description="決裁する人と、後で見直す人のために書いてください。"
        rows={3}
        value={comment}
        onChange={setComment}
        maxLength={1000}
        isRequired
        errorMessage={isTried && comment.trim() === '' ? '変更の内容を入力してください。' : undefined}
      />
      <fieldset>
        <legend className="text-std-16B-170">この版を使う電話番号</legend>
        {outlook.numbers.map(({ phoneNumber, shown, name, steps: wanted }) => (
          <CheckBox
            key={phoneNumber}
            label={`${shown}　${name}${wanted === 0 ? '（決裁なし）' : `（決裁${wanted}段）`}`}
            isSelected={numbers.has(phoneNumber)}
            onChange={(isChosen) =>
              setNumbers((before) => {
                const kept = [...before].filter((each) => each !== phoneNumber);
                return new Set(isChosen ? [...kept, phoneNumber] : kept);
              })
            }
          />
        ))}
      </fieldset>
      <ChoiceBar label="いつ公開しますか" choices={WHEN} value={when} onChange={setWhen} />
      {when === 'at' ? (
        <div className="flex flex-wrap items-end gap-3">
          <DateField label="公開する日" value={day} onChange={setDay} />
          <TextField
            label="時刻"
            size="small"
            value={time}
            onChange={setTime}
            errorMessage={TIME.test(time) ? undefined : '「08:30」のように入力してください。'}
          />
          {isTried && day === undefined ? (
            <p role="alert" className="text-std-16N-170 text-error-2">
              ＊公開する日を選んでください。
            </p>
          ) : null}
        </div>
      ) : null}
      <p className="text-std-16N-170">
        {steps === 0 ? '決裁は要りません。' : `${steps}段の決裁が要ります。起案した人は決裁できません。`}
      </p>
      {isBlocked ? (
        <p className="text-std-16N-170 text-error-2">
          直すところを直し、新しい案内をすべて聞くと、伺いを出せます。
        </p>
      ) : null}
      {send.error === null ? null : (
        <Notice kind="error" title="伺いを出せませんでした">
          {messageOf(send.error)}
        </Notice>
      )}
      <div>
        <Button type="submit" isPending={send.isPending} isDisabled={isBlocked}>
          {steps === 0 ? '公開する' : '伺いを出す'}
        </Button>
      </div>
    </form>
  );
}
