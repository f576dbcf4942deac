import {
  CONTACT_RESULT_WORDS,
  ContactResultSchema,
  type PromisedDay,
  RecordResultNodeSchema,
} from '@madoguchi/flow';
import { Select } from '../../../design/select.tsx';
import { NamedSetting } from '../fields/named-setting.tsx';
import { NumberSetting } from '../fields/number-setting.tsx';
import { defineSettings } from '../node-setting.tsx';

const NO_DAY = 'none';
const DAYS: readonly { readonly id: PromisedDay['type'] | typeof NO_DAY; readonly word: string }[] = [
  { id: NO_DAY, word: '決めない' },
  { id: 'endOfMonth', word: '今月の末日まで' },
  { id: 'withinDays', word: '今日から数えた日数のうち' },
  { id: 'variable', word: '値の日付まで（納期限など）' },
];
const WEEK_DAYS = 7;

export const RecordResultSettings = defineSettings(
  RecordResultNodeSchema,
  ({ node, set, isReadOnly, values }) => (
    <>
      <Select
        label="結果"
        value={node.result}
        isDisabled={isReadOnly}
        choices={ContactResultSchema.options.map((id) => ({ id, word: CONTACT_RESULT_WORDS[id] }))}
        onChange={(id) => {
          const result = ContactResultSchema.parse(id);
          set(result === 'promised' ? { result } : { result, promised: null });
        }}
      />
      {node.result !== 'promised' ? null : (
        <Select
          label="納付する日"
          value={node.promised?.type ?? NO_DAY}
          isDisabled={isReadOnly}
          choices={DAYS}
          onChange={(id) => set({ promised: promisedBy(id) })}
        />
      )}
      {node.promised?.type !== 'withinDays' ? null : (
        <NumberSetting
          label="日数"
          unit="日"
          min={0}
          max={366}
          value={node.promised.days}
          isReadOnly={isReadOnly}
          onChange={(days) => set({ promised: { type: 'withinDays', days } })}
        />
      )}
      {node.promised?.type !== 'variable' ? null : (
        <NamedSetting
          label="日付の値"
          value={node.promised.name}
          named={values.map(({ name, word }) => ({ id: name, name: word }))}
          isReadOnly={isReadOnly}
          onChange={(name) => set({ promised: { type: 'variable', name } })}
        />
      )}
    </>
  ),
);

function promisedBy(id: string): PromisedDay | null {
  if (id === 'endOfMonth') return { type: 'endOfMonth' };
  if (id === 'withinDays') return { type: 'withinDays', days: WEEK_DAYS };
  return id === 'variable' ? { type: 'variable', name: '' } : null;
}
