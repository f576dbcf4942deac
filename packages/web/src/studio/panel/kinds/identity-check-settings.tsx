import { IdentityCheckNodeSchema, type IdentityFormat, type Prompt, USUAL_WORDINGS } from '@madoguchi/flow';
import { CheckBox } from '../../../design/check-box.tsx';
import { Select } from '../../../design/select.tsx';
import { NumberSetting, SecondsSetting } from '../fields/number-setting.tsx';
import { OptionalPromptSetting, PromptSetting } from '../fields/prompt-setting.tsx';
import { defineSettings } from '../node-setting.tsx';

const FORMATS: readonly { readonly id: IdentityFormat; readonly word: string; readonly usual: Prompt }[] = [
  { id: 'monthDay', word: 'お誕生日の月と日（4桁）', usual: USUAL_WORDINGS.askMonthDay },
  { id: 'birthDate', word: '生年月日（和暦7桁・西暦8桁）', usual: USUAL_WORDINGS.askBirthDate },
];

export const IdentityCheckSettings = defineSettings(
  IdentityCheckNodeSchema,
  ({ node, set, isReadOnly, values }) => (
    <>
      <Select
        label="確かめる内容"
        value={node.format}
        isDisabled={isReadOnly}
        choices={FORMATS}
        onChange={(id) => {
          const chosen = FORMATS.find((each) => each.id === id);
          if (chosen === undefined) return;
          // The words must ask for what is compared; words of staff's own stay.
          const isUsual = FORMATS.some(({ usual }) => saysThis(node.prompt, usual));
          set({ format: chosen.id, ...(isUsual ? { prompt: chosen.usual } : {}) });
        }}
      />
      <PromptSetting
        label="本人確認の案内"
        description="押し方も伝えてください。宛名や用件は、まだ伝えられません。"
        prompt={node.prompt}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(prompt) => set({ prompt })}
      />
      <CheckBox
        label="キーで止められる"
        isDisabled={isReadOnly}
        isSelected={node.interruptible}
        onChange={(interruptible) => set({ interruptible })}
      />
      <NumberSetting
        label="確かめる回数"
        description="この回数まちがえると、「確認できない」に進みます。"
        unit="回"
        min={1}
        max={5}
        value={node.tries}
        isReadOnly={isReadOnly}
        onChange={(tries) => set({ tries })}
      />
      <OptionalPromptSetting
        label="確認できなかったときの案内"
        prompt={node.wrong}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(wrong) => set({ wrong })}
      />
      <NumberSetting
        label="入力がないときに聞き直す回数"
        description="一度も入力がないと、「無操作」に進みます。留守番電話のことがあります。"
        unit="回"
        min={0}
        max={5}
        value={node.noneRetries}
        isReadOnly={isReadOnly}
        onChange={(noneRetries) => set({ noneRetries })}
      />
      <OptionalPromptSetting
        label="入力がないときの案内"
        prompt={node.none}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(none) => set({ none })}
      />
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
    </>
  ),
);

function saysThis(prompt: Prompt, usual: Prompt): boolean {
  return prompt.type === 'text' && usual.type === 'text' && prompt.text === usual.text;
}
