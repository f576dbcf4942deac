import { useRef } from 'react';
import { ValueMenu } from '../../announcements/prompt-values.tsx';
import { Notice } from '../../design/notice.tsx';
import { TextField } from '../../design/text-field.tsx';
import { LengthMeter } from '../../sms/length-meter.tsx';
import { smsCharge } from '../../sms/sms-price.ts';
import { useSmsTerms } from '../../sms/use-sms.ts';
import type { SettingsEdit } from './settings-edit.ts';

/** The text message, with the values that the list may bring, and how long it is. */
export function SmsFields({
  settings,
  edit,
  problem,
  values,
  personalInSms,
}: SettingsEdit & {
  /** Names of the values that the list brings. */
  values: readonly string[];
  /** Those in the text that concern the person. */
  personalInSms: readonly string[];
}) {
  const { data: terms } = useSmsTerms();
  const box = useRef<HTMLDivElement>(null);
  const { smsText } = settings;
  /** Where the cursor stands; at the end where it was never set. */
  const insert = (name: string) => {
    const area = box.current?.querySelector('textarea');
    const at = area?.selectionStart ?? smsText.length;
    edit({ smsText: `${smsText.slice(0, at)}{{${name}}}${smsText.slice(area?.selectionEnd ?? at)}` });
  };
  return (
    <div ref={box} className="flex flex-col gap-2">
      <TextField
        label="SMSの文面"
        description="市名・課名、電話番号、行き違いのおわびを入れてください。お名前や金額は入れないでください。"
        rows={4}
        value={smsText}
        onChange={(text) => edit({ smsText: text })}
        errorMessage={problem('settings.smsText')}
      />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <ValueMenu values={values.map((name) => ({ name, word: name }))} onChoose={insert} />
        <div className="min-w-60 grow">
          <LengthMeter text={smsText} charge={smsCharge(smsText, terms ?? null)} />
        </div>
      </div>
      {personalInSms.length === 0 ? null : (
        <Notice kind="warning" title={`個人に関わる値（${personalInSms.join('、')}）が入っています`}>
          決裁する人が許可しないと送れません。許可は、決裁の画面で決裁する人だけが付けられます。
        </Notice>
      )}
    </div>
  );
}
