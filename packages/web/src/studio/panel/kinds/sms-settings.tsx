import { SmsNodeSchema } from '@madoguchi/flow';
import { useRef } from 'react';
import { ValueMenu } from '../../../announcements/prompt-values.tsx';
import { Notice } from '../../../design/notice.tsx';
import { Select } from '../../../design/select.tsx';
import { TextField } from '../../../design/text-field.tsx';
import { LengthMeter } from '../../../sms/length-meter.tsx';
import { smsCharge } from '../../../sms/sms-price.ts';
import { useSmsTerms } from '../../../sms/use-sms.ts';
import { NamedSetting } from '../fields/named-setting.tsx';
import { SecondsSetting } from '../fields/number-setting.tsx';
import { defineSettings, type SettingsProps } from '../node-setting.tsx';

/** Beyond it old handsets show a text in several pieces. */
const ONE_PART_UNITS = 70;

export const SmsSettings = defineSettings(SmsNodeSchema, (props) => <Sms {...props} />);

function Sms({ node, set, isReadOnly, values }: SettingsProps<import('@madoguchi/flow').SmsNode>) {
  const terms = useSmsTerms().data ?? null;
  const cursor = useRef(node.text.length);
  const { text, to } = node;
  return (
    <>
      <Select
        label="送り先"
        value={to.type}
        isDisabled={isReadOnly}
        choices={[
          { id: 'caller', word: 'かけてきた携帯電話' },
          { id: 'variable', word: '入力された番号' },
        ]}
        onChange={(type) =>
          set({ to: type === 'variable' ? { type: 'variable', name: 'mobileNumber' } : { type: 'caller' } })
        }
      />
      {to.type === 'variable' ? (
        <NamedSetting
          label="番号が入っている値"
          value={to.name}
          named={values.map(({ name, word }) => ({ id: name, name: word }))}
          isReadOnly={isReadOnly}
          onChange={(name) => set({ to: { type: 'variable', name } })}
        />
      ) : null}
      <TextField
        label="SMSの本文"
        rows={10}
        isReadOnly={isReadOnly}
        value={text}
        onChange={(changed) => set({ text: changed })}
        onSelect={(event) => {
          if (event.target instanceof HTMLTextAreaElement) cursor.current = event.target.selectionStart;
        }}
      />
      {isReadOnly ? null : (
        <div>
          <ValueMenu
            values={values}
            onChoose={(name) =>
              set({ text: `${text.slice(0, cursor.current)}{{${name}}}${text.slice(cursor.current)}` })
            }
          />
        </div>
      )}
      <LengthMeter text={text} charge={smsCharge(text, terms)} />
      {text.length > ONE_PART_UNITS ? (
        <Notice kind="info" title="古い携帯電話では、いくつかに分かれて届くことがあります">
          {ONE_PART_UNITS}文字までなら、どの電話でも1通で届きます。
        </Notice>
      ) : null}
      <SecondsSetting
        label="送信の結果を待つ時間"
        valueMs={node.waitMs}
        minMs={1_000}
        maxMs={60_000}
        isReadOnly={isReadOnly}
        onChangeMs={(waitMs) => set({ waitMs })}
      />
    </>
  );
}
