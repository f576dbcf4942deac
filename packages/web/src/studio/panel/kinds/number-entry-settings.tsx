import { AskMobileNumberNodeSchema, CallBackRequestNodeSchema } from '@madoguchi/flow';
import { CheckBox } from '../../../design/check-box.tsx';
import { KeySetting } from '../fields/key-setting.tsx';
import { ListSetting } from '../fields/list-setting.tsx';
import { NumberSetting } from '../fields/number-setting.tsx';
import { OptionalPromptSetting, PromptSetting } from '../fields/prompt-setting.tsx';
import { TextSetting } from '../fields/text-setting.tsx';
import { defineSettings } from '../node-setting.tsx';

const VARIABLE_HELP = '後の案内やSMSの送り先で使うときの名前です。';

export const AskMobileNumberSettings = defineSettings(
  AskMobileNumberNodeSchema,
  ({ node, set, isReadOnly, values }) => (
    <>
      <PromptSetting
        label="番号をたずねる案内"
        prompt={node.prompt}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(prompt) => set({ prompt })}
      />
      <CheckBox
        label="携帯電話からの方には、たずねずに進む"
        isDisabled={isReadOnly}
        isSelected={node.skipWhenMobile}
        onChange={(skipWhenMobile) => set({ skipWhenMobile })}
      />
      <TextSetting
        label="値の名前"
        description={VARIABLE_HELP}
        value={node.variable}
        isReadOnly={isReadOnly}
        onChange={(variable) => set({ variable })}
      />
      <OptionalPromptSetting
        label="携帯電話でない番号のときの案内"
        prompt={node.notMobile}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(notMobile) => set({ notMobile })}
      />
      <OptionalPromptSetting
        label="番号を確かめる案内（入れないと、いつもの言葉です）"
        prompt={node.readBack}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(readBack) => set({ readBack })}
      />
      <OptionalPromptSetting
        label="入力がないときの案内"
        prompt={node.none}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(none) => set({ none })}
      />
      <NumberSetting
        label="番号を聞く回数"
        unit="回"
        min={1}
        max={5}
        value={node.tries}
        isReadOnly={isReadOnly}
        onChange={(tries) => set({ tries })}
      />
    </>
  ),
);

export const CallBackRequestSettings = defineSettings(
  CallBackRequestNodeSchema,
  ({ node, set, isReadOnly, values }) => (
    <>
      <PromptSetting
        label="最初の案内"
        prompt={node.prompt}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(prompt) => set({ prompt })}
      />
      <PromptSetting
        label="番号をたずねる案内"
        prompt={node.ask}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(ask) => set({ ask })}
      />
      <CheckBox
        label="非通知の方にも、番号を入力してもらう"
        isDisabled={isReadOnly}
        isSelected={node.askWithheld}
        onChange={(askWithheld) => set({ askWithheld })}
      />
      <ListSetting
        label="希望の時間帯（なければ、たずねません）"
        itemWord="時間帯"
        items={node.times}
        max={9}
        isReadOnly={isReadOnly}
        newItem={() => ({ key: '1' as const, label: '' })}
        onChange={(times) => set({ times })}
        show={(time, change) => (
          <>
            <KeySetting
              label="番号"
              value={time.key}
              isReadOnly={isReadOnly}
              onChange={(key) => change({ ...time, key })}
            />
            <TextSetting
              label="時間帯"
              description="例：午前中"
              value={time.label}
              isReadOnly={isReadOnly}
              onChange={(label) => change({ ...time, label })}
            />
          </>
        )}
      />
      <OptionalPromptSetting
        label="時間帯をたずねる案内（入れないと、いつもの言葉です）"
        prompt={node.timePrompt}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(timePrompt) => set({ timePrompt })}
      />
      <PromptSetting
        label="受け付けたときの案内"
        prompt={node.accepted}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(accepted) => set({ accepted })}
      />
      <TextSetting
        label="値の名前"
        description={VARIABLE_HELP}
        value={node.variable}
        isReadOnly={isReadOnly}
        onChange={(variable) => set({ variable })}
      />
      <NumberSetting
        label="番号を聞く回数"
        unit="回"
        min={1}
        max={5}
        value={node.tries}
        isReadOnly={isReadOnly}
        onChange={(tries) => set({ tries })}
      />
    </>
  ),
);
