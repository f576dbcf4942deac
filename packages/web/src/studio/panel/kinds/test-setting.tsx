import type { VariableConditionNode } from '@madoguchi/flow';
import { Select } from '../../../design/select.tsx';
import { TextSetting } from '../fields/text-setting.tsx';

type Test = VariableConditionNode['cases'][number]['test'];

const OPS = [
  { id: 'equals', word: '次の値と同じ' },
  { id: 'in', word: '次のどれかと同じ' },
  { id: 'startsWith', word: '次の値で始まる' },
  { id: 'less', word: '次の数より小さい' },
  { id: 'greater', word: '次の数より大きい' },
  { id: 'empty', word: '入力がない' },
];

/** What a value is compared with. */
export function TestSetting({
  test,
  isReadOnly,
  onChange,
}: {
  test: Test;
  isReadOnly: boolean;
  onChange: (test: Test) => void;
}) {
  return (
    <>
      <Select
        label="比べ方"
        value={test.op}
        isDisabled={isReadOnly}
        choices={OPS}
        onChange={(op) => onChange(withOp(test, op))}
      />
      {test.op === 'empty' ? null : test.op === 'in' ? (
        <TextSetting
          label="値"
          description="読点（、）で区切ります。"
          value={test.values.join('、')}
          isReadOnly={isReadOnly}
          onChange={(text) => onChange({ op: 'in', values: text.split('、').filter((each) => each !== '') })}
        />
      ) : (
        <TextSetting
          label="値"
          value={test.value}
          isReadOnly={isReadOnly}
          onChange={(value) => onChange({ ...test, value })}
        />
      )}
    </>
  );
}

function withOp(test: Test, op: string): Test {
  const value = test.op === 'empty' ? '' : test.op === 'in' ? (test.values[0] ?? '') : test.value;
  switch (op) {
    case 'in':
      return { op, values: value === '' ? [] : [value] };
    case 'empty':
      return { op };
    case 'startsWith':
    case 'less':
    case 'greater':
      return { op, value };
    default:
      return { op: 'equals', value };
  }
}
