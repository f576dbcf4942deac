import { type Key, KeySchema } from '@madoguchi/flow';
import { Select } from '../../../design/select.tsx';

const NONE = 'none';
const NAMES: Readonly<Record<string, string>> = { '*': '＊（こめじるし）', '#': '＃（シャープ）' };

export function keyWord(key: Key): string {
  return NAMES[key] ?? key;
}

/** One key of the telephone. */
export function KeySetting({
  label,
  value,
  isReadOnly,
  onChange,
}: {
  label: string;
  value: Key;
  isReadOnly: boolean;
  onChange: (key: Key) => void;
}) {
  return (
    <Select
      label={label}
      value={value}
      isDisabled={isReadOnly}
      choices={KeySchema.options.map((key) => ({ id: key, word: keyWord(key) }))}
      onChange={(key) => onChange(KeySchema.parse(key))}
    />
  );
}

/** One key, or none. */
export function OptionalKeySetting({
  label,
  value,
  isReadOnly,
  onChange,
}: {
  label: string;
  value: Key | null;
  isReadOnly: boolean;
  onChange: (key: Key | null) => void;
}) {
  return (
    <Select
      label={label}
      value={value ?? NONE}
      isDisabled={isReadOnly}
      choices={[
        { id: NONE, word: '使わない' },
        ...KeySchema.options.map((key) => ({ id: key, word: keyWord(key) })),
      ]}
      onChange={(key) => onChange(key === NONE ? null : KeySchema.parse(key))}
    />
  );
}
