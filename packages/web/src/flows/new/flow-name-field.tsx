import { LONGEST_FLOW_NAME_CHARS } from '@madoguchi/server/flow-contract';
import { TextField } from '../../design/text-field.tsx';

export function FlowNameField({
  value,
  onChange,
  isTried,
}: {
  value: string;
  onChange: (value: string) => void;
  /** Whether somebody tried to go on, so that a name that is missing is told. */
  isTried: boolean;
}) {
  return (
    <TextField
      label="フローの名前"
      description="フローの一覧に出ます。例：国保 資格給付"
      value={value}
      onChange={onChange}
      maxLength={LONGEST_FLOW_NAME_CHARS}
      errorMessage={isTried && value.trim() === '' ? 'フローの名前を入力してください。' : undefined}
    />
  );
}
