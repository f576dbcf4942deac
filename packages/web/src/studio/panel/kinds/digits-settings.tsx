import { DigitsNodeSchema } from '@madoguchi/flow';
import { CheckBox } from '../../../design/check-box.tsx';
import { Select } from '../../../design/select.tsx';
import { KeySetting } from '../fields/key-setting.tsx';
import { NumberSetting, SecondsSetting } from '../fields/number-setting.tsx';
import { PromptSetting } from '../fields/prompt-setting.tsx';
import { ReadAsSetting } from '../fields/read-as-setting.tsx';
import { TextSetting } from '../fields/text-setting.tsx';
import { defineSettings } from '../node-setting.tsx';
import { RetrySetting } from './retry-setting.tsx';

const END_KEYS = [
  { id: '#', word: '＃（シャープ）' },
  { id: '*', word: '＊（こめじるし）' },
  { id: 'none', word: '使わない' },
];

export const DigitsSettings = defineSettings(DigitsNodeSchema, ({ node, set, isReadOnly, values }) => (
  <>
    <PromptSetting
      label="入力の案内"
      prompt={node.prompt}
      values={values}
      isReadOnly={isReadOnly}
      onChange={(prompt) => set({ prompt })}
    />
    <TextSetting
      label="値の名前"
      description="入力された数字を、後の案内や条件で使うときの名前です。例：被保険者番号"
      value={node.variable}
      isReadOnly={isReadOnly}
      onChange={(variable) => set({ variable })}
    />
    <ReadAsSetting value={node.readAs} isReadOnly={isReadOnly} onChange={(readAs) => set({ readAs })} />
    <NumberSetting
      label="最小の桁数"
      unit="桁"
      min={1}
      max={32}
      value={node.minLengthDigits}
      isReadOnly={isReadOnly}
      onChange={(minLengthDigits) => set({ minLengthDigits })}
    />
    <NumberSetting
      label="最大の桁数"
      unit="桁"
      min={1}
      max={32}
      value={node.maxLengthDigits}
      isReadOnly={isReadOnly}
      onChange={(maxLengthDigits) => set({ maxLengthDigits })}
    />
    <Select
      label="入力の終わりのキー"
      value={node.endKey ?? 'none'}
      isDisabled={isReadOnly}
      choices={END_KEYS}
      onChange={(key) => set({ endKey: key === '#' || key === '*' ? key : null })}
    />
    <CheckBox
      label="秘密の入力（画面や記録で●にします）"
      isDisabled={isReadOnly}
      isSelected={node.secret}
      onChange={(secret) => set({ secret })}
    />
    <CheckBox
      label="入力を読み上げて確かめる"
      isDisabled={isReadOnly}
      isSelected={node.readBack !== null}
      onChange={(isGiven) =>
        set({
          readBack: isGiven
            ? {
                prompt: {
                  type: 'text',
                  text: `{{${node.variable}}}ですね。よろしければ1を、入力し直す場合は2を押してください。`,
                },
                confirmKey: '1',
                retryKey: '2',
              }
            : null,
        })
      }
    />
    {node.readBack === null ? null : (
      <ReadBack
        readBack={node.readBack}
        isReadOnly={isReadOnly}
        values={values}
        onChange={(readBack) => set({ readBack })}
      />
    )}
    <SecondsSetting
      label="最初の数字を待つ時間"
      valueMs={node.firstDigitTimeoutMs}
      minMs={1_000}
      maxMs={60_000}
      isReadOnly={isReadOnly}
      onChangeMs={(firstDigitTimeoutMs) => set({ firstDigitTimeoutMs })}
    />
    <SecondsSetting
      label="次の数字を待つ時間"
      valueMs={node.interDigitTimeoutMs}
      minMs={1_000}
      maxMs={30_000}
      isReadOnly={isReadOnly}
      onChangeMs={(interDigitTimeoutMs) => set({ interDigitTimeoutMs })}
    />
    <RetrySetting
      what="入力の誤り"
      retry={node.wrong}
      values={values}
      isReadOnly={isReadOnly}
      onChange={(wrong) => set({ wrong })}
    />
    <RetrySetting
      what="入力なし"
      retry={node.none}
      values={values}
      isReadOnly={isReadOnly}
      onChange={(none) => set({ none })}
    />
  </>
));

type ReadBackOf = NonNullable<import('@madoguchi/flow').DigitsNode['readBack']>;

function ReadBack({
  readBack,
  values,
  isReadOnly,
  onChange,
}: {
  readBack: ReadBackOf;
  values: Parameters<typeof PromptSetting>[0]['values'];
  isReadOnly: boolean;
  onChange: (readBack: ReadBackOf) => void;
}) {
  return (
    <>
      <PromptSetting
        label="確かめる案内"
        prompt={readBack.prompt}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(prompt) => onChange({ ...readBack, prompt })}
      />
      <KeySetting
        label="よいときのキー"
        value={readBack.confirmKey}
        isReadOnly={isReadOnly}
        onChange={(confirmKey) => onChange({ ...readBack, confirmKey })}
      />
      <KeySetting
        label="入力し直すキー"
        value={readBack.retryKey}
        isReadOnly={isReadOnly}
        onChange={(retryKey) => onChange({ ...readBack, retryKey })}
      />
    </>
  );
}
