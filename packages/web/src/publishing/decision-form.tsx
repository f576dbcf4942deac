import { type ReactNode, useState } from 'react';
import { messageOf } from '../api/api-error.ts';
import { Button } from '../design/button.tsx';
import { CheckBox } from '../design/check-box.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/section.tsx';
import { TextField } from '../design/text-field.tsx';

type Made = {
  readonly decision: 'approved' | 'sentBack';
  readonly reason: string;
  readonly onBehalfOf: string | null;
  readonly contentSha256: string;
};

/** For who may decide on a 伺い, whatever it is about: approve, or send back with a reason; also in somebody's place. */
export function DecisionForm({
  contentSha256,
  decide,
  question,
}: {
  /** Of what is seen. */
  contentSha256: string;
  decide: { readonly isPending: boolean; readonly error: Error | null; mutate(made: Made): void };
  /** What has to be answered, too, before it is approved; `shown` is told whether that was tried without an answer. */
  question?: { readonly isAnswered: boolean; readonly shown: (isMissed: boolean) => ReactNode } | undefined;
}) {
  const [reason, setReason] = useState('');
  const [isForOther, setForOther] = useState(false);
  const [onBehalfOf, setOnBehalfOf] = useState('');
  const [tried, setTried] = useState<'approved' | 'sentBack' | null>(null);
  const needsReason = tried === 'sentBack' || (tried !== null && isForOther);
  const isReasonMissing = needsReason && reason.trim() === '';
  const isUnanswered = question?.isAnswered === false;
  const isNameMissing = tried !== null && isForOther && onBehalfOf.trim() === '';

  function send(decision: 'approved' | 'sentBack'): void {
    setTried(decision);
    const isIncomplete =
      ((decision === 'sentBack' || isForOther) && reason.trim() === '') ||
      (isForOther && onBehalfOf.trim() === '') ||
      (decision === 'approved' && isUnanswered);
    if (isIncomplete || decide.isPending) return;
    decide.mutate({
      decision,
      reason: reason.trim(),
      onBehalfOf: isForOther ? onBehalfOf.trim() : null,
      contentSha256,
    });
  }

  return (
    <div className="print:hidden">
      <Section title="決裁する">
        <div className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-4">
          {question?.shown(tried === 'approved' && isUnanswered)}
          <CheckBox
            label="代決（ほかの人に代わって決裁する）"
            isSelected={isForOther}
            onChange={setForOther}
          />
          {isForOther ? (
            <TextField
              label="どなたの代わりですか"
              description="例：保険年金課長"
              value={onBehalfOf}
              onChange={setOnBehalfOf}
              maxLength={60}
              errorMessage={isNameMissing ? 'お名前か役職を入力してください。' : undefined}
            />
          ) : null}
          <TextField
            label="理由・意見"
            description="差戻しと代決のときは、必ず入力してください。"
            rows={3}
            value={reason}
            onChange={setReason}
            maxLength={1000}
            errorMessage={isReasonMissing ? '理由を入力してください。' : undefined}
          />
          {decide.error === null ? null : (
            <Notice kind="error" title="決裁できませんでした">
              {messageOf(decide.error)}
            </Notice>
          )}
          <div className="flex flex-wrap gap-3">
            <Button isPending={decide.isPending} onPress={() => send('approved')}>
              この内容で決裁する
            </Button>
            <Button look="outline" isPending={decide.isPending} onPress={() => send('sentBack')}>
              差し戻す
            </Button>
          </div>
        </div>
      </Section>
    </div>
  );
}
