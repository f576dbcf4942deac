import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { messageOf } from '../api/api-error.ts';
import { digitsOf } from '../calls/calls-search.ts';
import { Button } from '../design/button.tsx';
import { ConfirmDialog } from '../design/confirm-dialog.tsx';
import { Icon } from '../design/icon.tsx';
import { Notice } from '../design/notice.tsx';
import { TextField } from '../design/text-field.tsx';
import { numberShown } from '../words/number-shown.ts';
import { LengthMeter } from './length-meter.tsx';
import { SMS_LONGEST_UNITS } from './sms-parts.ts';
import { smsCharge, yenShown } from './sms-price.ts';
import { useSmsTerms, useSmsTest } from './use-sms.ts';

/** While the contracts are not read yet. */
const USUAL_PART_UNITS = 67;

type Problems = { readonly to?: string; readonly text?: string };

function problemsOf(to: string, text: string): Problems {
  const digits = digitsOf(to);
  return {
    ...(digits === '' ? { to: '送り先の電話番号を入力してください。' } : {}),
    ...(digits !== '' && !/^0\d{9,10}$/.test(digits)
      ? { to: '0から始まる10桁か11桁の番号を入力してください。' }
      : {}),
    ...(text.trim() === '' ? { text: '本文を入力してください。' } : {}),
    ...(text.length > SMS_LONGEST_UNITS
      ? { text: `本文は${SMS_LONGEST_UNITS}文字までにしてください。` }
      : {}),
  };
}

/** One text to one number, sent after a question. */
export function SmsForm() {
  const [to, setTo] = useState('');
  const [text, setText] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [isAsking, setAsking] = useState(false);
  const send = useSmsTest();
  const terms = useSmsTerms().data ?? null;
  const charge = smsCharge(text, terms);
  const partUnits = terms?.gateways[0]?.partUnits ?? USUAL_PART_UNITS;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = problemsOf(to, text);
    setProblems(found);
    if (Object.keys(found).length === 0 && !send.isPending) setAsking(true);
  };
  const answer = (go: boolean) => {
    setAsking(false);
    if (go) send.mutate({ to: digitsOf(to), text }, { onSuccess: () => setText('') });
  };

  return (
    <Form
      onSubmit={submit}
      validationBehavior="aria"
      className="flex flex-col gap-4 rounded-8 border border-solid-gray-300 bg-white p-5"
    >
      {send.isSuccess ? (
        <Notice kind="success" title="SMSの送信を受け付けました">
          進みぐあいは「送ったSMS」に表示されます。
        </Notice>
      ) : null}
      {send.error === null ? null : (
        <Notice kind="error" title="SMSを送れませんでした">
          {messageOf(send.error)}
        </Notice>
      )}
      <TextField
        label="送り先の電話番号"
        description="例：090-0000-0001"
        type="tel"
        isRequired
        autoComplete="off"
        value={to}
        onChange={setTo}
        errorMessage={problems.to}
      />
      <div className="flex flex-col gap-1">
        <TextField
          label="本文"
          description={`70文字までは1通、それより長い文は${partUnits}文字ごとに1通として数えます。`}
          isRequired
          rows={5}
          value={text}
          onChange={setText}
          errorMessage={problems.text}
        />
        <LengthMeter text={text} charge={charge} />
      </div>
      <div>
        <Button type="submit" isPending={send.isPending}>
          <Icon name="message" />
          {send.isPending ? '送っています…' : '送信の確認へ'}
        </Button>
      </div>
      <ConfirmDialog title="このSMSを送りますか" yes="送信する" isOpen={isAsking} onAnswer={answer}>
        <p className="numerals text-std-16N-170">
          送り先：{numberShown(digitsOf(to))}　{text.length}文字・{charge.parts}通分
        </p>
        {charge.yen === null ? null : (
          <p className="numerals text-std-16N-170">
            料金の目安：{yenShown(charge.yen)}
            {charge.mostYen === null ? '' : `（予備の接続先から送るときは ${yenShown(charge.mostYen)}）`}
          </p>
        )}
        <p className="mt-2 max-h-60 overflow-auto rounded-8 bg-solid-gray-50 px-3 py-2 text-std-16N-170 break-words whitespace-pre-wrap">
          {text}
        </p>
        <p className="mt-2 text-std-16N-170">送ったあとは取り消せません。</p>
      </ConfirmDialog>
    </Form>
  );
}
