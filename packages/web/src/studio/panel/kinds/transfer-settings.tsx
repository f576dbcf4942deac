import { type TransferNode, TransferNodeSchema } from '@madoguchi/flow';
import { CheckBox } from '../../../design/check-box.tsx';
import { Select } from '../../../design/select.tsx';
import { OptionalKeySetting } from '../fields/key-setting.tsx';
import { ListSetting } from '../fields/list-setting.tsx';
import { SecondsSetting } from '../fields/number-setting.tsx';
import { OptionalPromptSetting, PromptSetting } from '../fields/prompt-setting.tsx';
import { TextSetting } from '../fields/text-setting.tsx';
import { defineSettings, type SettingsProps } from '../node-setting.tsx';

const MOST_TARGETS = 10;

export const TransferSettings = defineSettings(TransferNodeSchema, (props) => (
  <>
    <Targets {...props} />
    <Before {...props} />
    <Staff {...props} />
    <Waiting {...props} />
  </>
));

type Props = SettingsProps<TransferNode>;

function Targets({ node, set, isReadOnly }: Props) {
  return (
    <>
      <ListSetting
        label="転送先の電話"
        itemWord="転送先"
        items={node.targets}
        max={MOST_TARGETS}
        isReadOnly={isReadOnly}
        newItem={() => ({ to: '', ringTimeoutMs: 30_000 })}
        onChange={(targets) => set({ targets })}
        show={(target, change) => (
          <>
            <TextSetting
              label="電話番号"
              value={target.to}
              isReadOnly={isReadOnly}
              onChange={(to) => change({ ...target, to })}
            />
            <SecondsSetting
              label="呼び出す時間"
              valueMs={target.ringTimeoutMs}
              minMs={5_000}
              maxMs={120_000}
              isReadOnly={isReadOnly}
              onChangeMs={(ringTimeoutMs) => change({ ...target, ringTimeoutMs })}
            />
          </>
        )}
      />
      {node.targets.length > 1 ? (
        <Select
          label="鳴らし方"
          value={node.ringing}
          isDisabled={isReadOnly}
          choices={[
            { id: 'inOrder', word: '上から順に鳴らす' },
            { id: 'all', word: 'すべて同時に鳴らす' },
          ]}
          onChange={(ringing) => set({ ringing: ringing === 'all' ? 'all' : 'inOrder' })}
        />
      ) : null}
    </>
  );
}

function Before({ node, set, isReadOnly, values }: Props) {
  return (
    <>
      <OptionalPromptSetting
        label="つなぐ前の案内"
        prompt={node.announcement}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(announcement) => set({ announcement })}
      />
      <CheckBox
        label="通話を録音する"
        isDisabled={isReadOnly}
        isSelected={node.record}
        onChange={(record) => set({ record })}
      />
      <CheckBox
        label="つなぐ前の案内で、録音することを伝える"
        isDisabled={isReadOnly}
        isSelected={node.givesRecordingNotice}
        onChange={(givesRecordingNotice) => set({ givesRecordingNotice })}
      />
    </>
  );
}

function Staff({ node, set, isReadOnly, values }: Props) {
  return (
    <>
      <OptionalPromptSetting
        label="職員だけに聞こえる案内"
        prompt={node.whisper}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(whisper) => set({ whisper })}
      />
      <OptionalKeySetting
        label="職員が応答するときに押すキー（留守番電話につながるのを防ぎます）"
        value={node.acceptKey}
        isReadOnly={isReadOnly}
        onChange={(acceptKey) => set({ acceptKey })}
      />
      {node.acceptKey === null ? null : (
        <SecondsSetting
          label="職員がキーを押すのを待つ時間"
          valueMs={node.acceptTimeoutMs}
          minMs={5_000}
          maxMs={60_000}
          isReadOnly={isReadOnly}
          onChangeMs={(acceptTimeoutMs) => set({ acceptTimeoutMs })}
        />
      )}
    </>
  );
}

function Waiting({ node, set, isReadOnly, values }: Props) {
  const { waiting } = node;
  return (
    <fieldset className="flex flex-col gap-2 rounded-8 border border-solid-gray-300 p-3">
      <legend className="px-1 text-std-16B-170">全員が話し中のとき</legend>
      <CheckBox
        label="案内を流して、お待ちいただく"
        isDisabled={isReadOnly}
        isSelected={waiting !== null}
        onChange={(isWaiting) =>
          set({
            waiting: isWaiting
              ? {
                  prompt: {
                    type: 'text',
                    text: 'ただいま、すべての職員がほかのお電話に応対しております。そのままお待ちください。',
                  },
                  everyMs: 25_000,
                  limitMs: 180_000,
                  leaveKey: null,
                }
              : null,
          })
        }
      />
      {waiting === null ? null : (
        <>
          <PromptSetting
            label="お待ちいただく案内"
            prompt={waiting.prompt}
            values={values}
            isReadOnly={isReadOnly}
            onChange={(prompt) => set({ waiting: { ...waiting, prompt } })}
          />
          <SecondsSetting
            label="案内を繰り返す間隔"
            valueMs={waiting.everyMs}
            minMs={10_000}
            maxMs={60_000}
            isReadOnly={isReadOnly}
            onChangeMs={(everyMs) => set({ waiting: { ...waiting, everyMs } })}
          />
          <SecondsSetting
            label="お待ちいただく長さ"
            valueMs={waiting.limitMs}
            minMs={20_000}
            maxMs={1_800_000}
            isReadOnly={isReadOnly}
            onChangeMs={(limitMs) => set({ waiting: { ...waiting, limitMs } })}
          />
          <OptionalKeySetting
            label="待つのをやめるキー"
            value={waiting.leaveKey}
            isReadOnly={isReadOnly}
            onChange={(leaveKey) => set({ waiting: { ...waiting, leaveKey } })}
          />
        </>
      )}
    </fieldset>
  );
}
