import {
  CallerConditionNodeSchema,
  type CallerKind,
  type FlowDraft,
  OpeningHoursNodeSchema,
  VariableConditionNodeSchema,
} from '@madoguchi/flow';
import { Link } from '@tanstack/react-router';
import { CheckBox } from '../../../design/check-box.tsx';
import { Select } from '../../../design/select.tsx';
import { useStudio } from '../../studio-context.tsx';
import { ListSetting } from '../fields/list-setting.tsx';
import { NamedSetting } from '../fields/named-setting.tsx';
import { TextSetting } from '../fields/text-setting.tsx';
import { defineSettings, type SettingsProps } from '../node-setting.tsx';
import { TestSetting } from './test-setting.tsx';

export const OpeningHoursSettings = defineSettings(OpeningHoursNodeSchema, (props) => (
  <OpeningHours {...props} />
));

function OpeningHours({ node, set, isReadOnly }: SettingsProps<import('@madoguchi/flow').OpeningHoursNode>) {
  const { state } = useStudio();
  return (
    <NamedSetting
      label="開庁日カレンダー"
      value={node.calendarId}
      named={state.detail.surroundings.calendars}
      isReadOnly={isReadOnly}
      onChange={(calendarId) => set({ calendarId })}
    />
  );
}

export const CALLER_KINDS: readonly { readonly kind: CallerKind; readonly word: string }[] = [
  { kind: 'mobile', word: '携帯電話' },
  { kind: 'landline', word: '固定電話' },
  { kind: 'ipPhone', word: 'IP電話（050）' },
  { kind: 'tollFree', word: 'フリーダイヤルなど' },
  { kind: 'withheld', word: '非通知' },
  { kind: 'payphone', word: '公衆電話' },
  { kind: 'unavailable', word: '表示圏外' },
  { kind: 'otherService', word: '番号を通知できないサービス' },
  { kind: 'other', word: 'その他' },
];

export const CallerConditionSettings = defineSettings(CallerConditionNodeSchema, (props) => (
  <CallerCases {...props} />
));

function CallerCases({
  node,
  set,
  isReadOnly,
}: SettingsProps<import('@madoguchi/flow').CallerConditionNode>) {
  const { state } = useStudio();
  const { lists } = state.detail.surroundings;
  return (
    <ListSetting
      label="条件（上から順に調べます）"
      itemWord="条件"
      items={node.cases}
      max={20}
      isReadOnly={isReadOnly}
      newItem={() => ({
        id: freeCaseId(node.cases),
        label: '',
        when: { type: 'kind' as const, kinds: [] as CallerKind[] },
      })}
      onChange={(cases) => set({ cases })}
      show={(each, change) => (
        <>
          <TextSetting
            label="条件の名前"
            value={each.label}
            isReadOnly={isReadOnly}
            onChange={(label) => change({ ...each, label })}
          />
          <Select
            label="何で分けますか"
            value={each.when.type}
            isDisabled={isReadOnly}
            choices={[
              { id: 'kind', word: '電話の種類' },
              { id: 'list', word: '登録した番号の一覧' },
            ]}
            onChange={(type) =>
              change({
                ...each,
                when: type === 'list' ? { type: 'list', listId: '' } : { type: 'kind', kinds: [] },
              })
            }
          />
          {each.when.type === 'list' ? (
            <NamedSetting
              label="番号の一覧"
              value={each.when.listId}
              named={lists}
              isReadOnly={isReadOnly}
              onChange={(listId) => change({ ...each, when: { type: 'list', listId } })}
            />
          ) : (
            <Kinds
              kinds={each.when.kinds}
              isReadOnly={isReadOnly}
              onChange={(kinds) => change({ ...each, when: { type: 'kind', kinds } })}
            />
          )}
        </>
      )}
    />
  );
}

function Kinds({
  kinds,
  isReadOnly,
  onChange,
}: {
  kinds: readonly CallerKind[];
  isReadOnly: boolean;
  onChange: (kinds: CallerKind[]) => void;
}) {
  return (
    <fieldset>
      <legend className="text-std-16N-170">電話の種類</legend>
      {CALLER_KINDS.map(({ kind, word }) => (
        <CheckBox
          key={kind}
          label={word}
          isDisabled={isReadOnly}
          isSelected={kinds.includes(kind)}
          onChange={(isChosen) =>
            onChange(isChosen ? [...kinds, kind] : kinds.filter((each) => each !== kind))
          }
        />
      ))}
    </fieldset>
  );
}

export const VariableConditionSettings = defineSettings(
  VariableConditionNodeSchema,
  ({ node, set, isReadOnly, values }) => (
    <>
      <NamedSetting
        label="調べる値"
        value={node.variable}
        named={values.map(({ name, word }) => ({ id: name, name: word }))}
        isReadOnly={isReadOnly}
        onChange={(variable) => set({ variable })}
      />
      <ListSetting
        label="条件（上から順に調べます）"
        itemWord="条件"
        items={node.cases}
        max={20}
        isReadOnly={isReadOnly}
        newItem={() => ({
          id: freeCaseId(node.cases),
          label: '',
          test: { op: 'equals' as const, value: '' },
        })}
        onChange={(cases) => set({ cases })}
        show={(each, change) => (
          <>
            <TextSetting
              label="条件の名前"
              value={each.label}
              isReadOnly={isReadOnly}
              onChange={(label) => change({ ...each, label })}
            />
            <TestSetting
              test={each.test}
              isReadOnly={isReadOnly}
              onChange={(test) => change({ ...each, test })}
            />
          </>
        )}
      />
    </>
  ),
);

function freeCaseId(cases: readonly { readonly id: string }[]): string {
  for (let number = 1; ; number++) {
    const id = `case-${number}`;
    if (!cases.some((each) => each.id === id)) return id;
  }
}

/** Leads to the flow that a node goes on to. */
export function FlowLink({ flow }: { flow: Pick<FlowDraft, 'id' | 'name'> }) {
  return (
    <Link
      to="/flows/$flowId"
      params={{ flowId: flow.id }}
      className="text-key-900 underline underline-offset-4"
    >
      「{flow.name}」を開く
    </Link>
  );
}
