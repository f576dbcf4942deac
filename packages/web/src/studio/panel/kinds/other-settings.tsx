import {
  EndNodeSchema,
  GoToFlowNodeSchema,
  QuestionnaireNodeSchema,
  SetVariableNodeSchema,
  VoicemailNodeSchema,
} from '@madoguchi/flow';
import { Select } from '../../../design/select.tsx';
import { useStudio } from '../../studio-context.tsx';
import { KeySetting, OptionalKeySetting } from '../fields/key-setting.tsx';
import { ListSetting } from '../fields/list-setting.tsx';
import { NamedSetting } from '../fields/named-setting.tsx';
import { SecondsSetting } from '../fields/number-setting.tsx';
import { OptionalPromptSetting, PromptSetting } from '../fields/prompt-setting.tsx';
import { ReadAsSetting } from '../fields/read-as-setting.tsx';
import { TextSetting } from '../fields/text-setting.tsx';
import { defineSettings, type SettingsProps } from '../node-setting.tsx';
import { FlowLink } from './condition-settings.tsx';

export const VoicemailSettings = defineSettings(VoicemailNodeSchema, ({ node, set, isReadOnly, values }) => (
  <>
    <OptionalPromptSetting
      label="録音の案内"
      description="録音することを、必ず伝えてください。"
      prompt={node.notice}
      values={values}
      isReadOnly={isReadOnly}
      onChange={(notice) => set({ notice })}
    />
    <SecondsSetting
      label="録音できる長さ"
      valueMs={node.maxDurationMs}
      minMs={5_000}
      maxMs={600_000}
      isReadOnly={isReadOnly}
      onChangeMs={(maxDurationMs) => set({ maxDurationMs })}
    />
    <SecondsSetting
      label="話し終わったとみなす無音の長さ"
      valueMs={node.maxSilenceMs}
      minMs={1_000}
      maxMs={60_000}
      isReadOnly={isReadOnly}
      onChangeMs={(maxSilenceMs) => set({ maxSilenceMs })}
    />
    <Select
      label="終わりのキー"
      value={node.endKey ?? 'none'}
      isDisabled={isReadOnly}
      choices={[
        { id: '#', word: '＃（シャープ）' },
        { id: '*', word: '＊（こめじるし）' },
        { id: 'none', word: '使わない' },
      ]}
      onChange={(key) => set({ endKey: key === '#' || key === '*' ? key : null })}
    />
  </>
));

export const QuestionnaireSettings = defineSettings(
  QuestionnaireNodeSchema,
  ({ node, set, isReadOnly, values }) => (
    <>
      <OptionalPromptSetting
        label="最初の案内"
        prompt={node.introduction}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(introduction) => set({ introduction })}
      />
      <ListSetting
        label="質問"
        itemWord="質問"
        items={node.questions}
        max={20}
        isReadOnly={isReadOnly}
        newItem={() => ({
          id: freeQuestionId(node.questions),
          title: '',
          prompt: { type: 'text' as const, text: '' },
          choices: [{ key: '1' as const, label: '' }],
        })}
        onChange={(questions) => set({ questions })}
        show={(question, change) => (
          <>
            <TextSetting
              label="質問の名前"
              description="集計の表で使います。"
              value={question.title}
              isReadOnly={isReadOnly}
              onChange={(title) => change({ ...question, title })}
            />
            <PromptSetting
              label="質問の案内"
              prompt={question.prompt}
              values={values}
              isReadOnly={isReadOnly}
              onChange={(prompt) => change({ ...question, prompt })}
            />
            <ListSetting
              label="答え"
              itemWord="答え"
              items={question.choices}
              max={10}
              isReadOnly={isReadOnly}
              newItem={() => ({ key: '1' as const, label: '' })}
              onChange={(choices) => change({ ...question, choices })}
              show={(choice, changeChoice) => (
                <>
                  <KeySetting
                    label="番号"
                    value={choice.key}
                    isReadOnly={isReadOnly}
                    onChange={(key) => changeChoice({ ...choice, key })}
                  />
                  <TextSetting
                    label="意味"
                    value={choice.label}
                    isReadOnly={isReadOnly}
                    onChange={(label) => changeChoice({ ...choice, label })}
                  />
                </>
              )}
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
      <SecondsSetting
        label="答えを待つ時間"
        valueMs={node.timeoutMs}
        minMs={1_000}
        maxMs={60_000}
        isReadOnly={isReadOnly}
        onChangeMs={(timeoutMs) => set({ timeoutMs })}
      />
      <OptionalPromptSetting
        label="お礼の案内"
        prompt={node.thanks}
        values={values}
        isReadOnly={isReadOnly}
        onChange={(thanks) => set({ thanks })}
      />
    </>
  ),
);

export const SetVariableSettings = defineSettings(SetVariableNodeSchema, ({ node, set, isReadOnly }) => (
  <>
    <TextSetting
      label="値の名前"
      value={node.variable}
      isReadOnly={isReadOnly}
      onChange={(variable) => set({ variable })}
    />
    <TextSetting
      label="入れる値"
      value={node.value}
      isReadOnly={isReadOnly}
      onChange={(value) => set({ value })}
    />
    <ReadAsSetting value={node.readAs} isReadOnly={isReadOnly} onChange={(readAs) => set({ readAs })} />
  </>
));

export const GoToFlowSettings = defineSettings(GoToFlowNodeSchema, (props) => <GoToFlow {...props} />);

function GoToFlow({ node, set, isReadOnly }: SettingsProps<import('@madoguchi/flow').GoToFlowNode>) {
  const { state } = useStudio();
  const flow = state.detail.others.find(({ id }) => id === node.flowId);
  return (
    <>
      <NamedSetting
        label="移る先のフロー"
        value={node.flowId}
        named={state.detail.others}
        isReadOnly={isReadOnly}
        onChange={(flowId) => set({ flowId })}
      />
      {flow === undefined ? null : <FlowLink flow={flow} />}
    </>
  );
}

export const EndSettings = defineSettings(EndNodeSchema, ({ node, set, isReadOnly, values }) => (
  <OptionalPromptSetting
    label="終わりの案内"
    prompt={node.farewell}
    values={values}
    isReadOnly={isReadOnly}
    onChange={(farewell) => set({ farewell })}
  />
));

function freeQuestionId(questions: readonly { readonly id: string }[]): string {
  for (let number = 1; ; number++) {
    const id = `question-${number}`;
    if (!questions.some((each) => each.id === id)) return id;
  }
}
