import { KeySchema, MenuNodeSchema } from '@madoguchi/flow';
import { CheckBox } from '../../../design/check-box.tsx';
import { KeySetting, OptionalKeySetting } from '../fields/key-setting.tsx';
import { ListSetting } from '../fields/list-setting.tsx';
import { SecondsSetting } from '../fields/number-setting.tsx';
import { PromptSetting } from '../fields/prompt-setting.tsx';
import { TextSetting } from '../fields/text-setting.tsx';
import { defineSettings } from '../node-setting.tsx';
import { RetrySetting } from './retry-setting.tsx';

const MOST_CHOICES = 12;

export const MenuSettings = defineSettings(MenuNodeSchema, ({ node, set, isReadOnly, values }) => (
  <>
    <PromptSetting
      label="メニューの案内"
      description="「～の方は、1を」のように、意味を先に、番号を後に言うと伝わりやすくなります。"
      prompt={node.prompt}
      values={values}
      isReadOnly={isReadOnly}
      onChange={(prompt) => set({ prompt })}
    />
    <ListSetting
      label="選択肢"
      itemWord="選択肢"
      items={node.choices}
      max={MOST_CHOICES}
      isReadOnly={isReadOnly}
      newItem={() => {
        const taken = node.choices.map(({ key }) => key);
        const free = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].find(
          (key) => !taken.some((each) => each === key),
        );
        return { key: KeySchema.parse(free ?? '0'), label: '', words: [] };
      }}
      onChange={(choices) => set({ choices })}
      show={(choice, change) => (
        <>
          <KeySetting
            label="番号"
            value={choice.key}
            isReadOnly={isReadOnly}
            onChange={(key) => change({ ...choice, key })}
          />
          <TextSetting
            label="意味"
            value={choice.label}
            isReadOnly={isReadOnly}
            onChange={(label) => change({ ...choice, label })}
          />
          <TextSetting
            label="話して選ぶときの言葉"
            description="読点（、）で区切ります。音声認識を使うときだけ働きます。"
            value={choice.words.join('、')}
            isReadOnly={isReadOnly}
            onChange={(words) =>
              change({ ...choice, words: words.split('、').filter((word) => word !== '') })
            }
          />
        </>
      )}
    />
    <OptionalKeySetting
      label="もう一度聞くキー"
      value={node.repeatKey}
      isReadOnly={isReadOnly}
      onChange={(repeatKey) => set({ repeatKey })}
    />
    <OptionalKeySetting
      label="ゆっくり聞くキー"
      value={node.slowerKey}
      isReadOnly={isReadOnly}
      onChange={(slowerKey) => set({ slowerKey })}
    />
    <SecondsSetting
      label="番号が押されるのを待つ時間"
      valueMs={node.timeoutMs}
      minMs={1_000}
      maxMs={60_000}
      isReadOnly={isReadOnly}
      onChangeMs={(timeoutMs) => set({ timeoutMs })}
    />
    <RetrySetting
      what="押し間違い"
      retry={node.wrongKey}
      values={values}
      isReadOnly={isReadOnly}
      onChange={(wrongKey) => set({ wrongKey })}
    />
    <RetrySetting
      what="無操作"
      retry={node.noKey}
      values={values}
      isReadOnly={isReadOnly}
      onChange={(noKey) => set({ noKey })}
    />
    <CheckBox
      label="案内の途中でも番号を押せる"
      isDisabled={isReadOnly}
      isSelected={node.interruptible}
      onChange={(interruptible) => set({ interruptible })}
    />
  </>
));
