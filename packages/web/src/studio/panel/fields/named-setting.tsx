import { Select } from '../../../design/select.tsx';

/** One of several things that have an id and a name; one that is no longer there is told. */
export function NamedSetting({
  label,
  value,
  named,
  isReadOnly,
  onChange,
}: {
  label: string;
  value: string;
  named: readonly { readonly id: string; readonly name: string }[];
  isReadOnly: boolean;
  onChange: (id: string) => void;
}) {
  const isGone = value !== '' && !named.some(({ id }) => id === value);
  return (
    <Select
      label={label}
      placeholder="選んでください"
      value={value === '' ? null : value}
      isDisabled={isReadOnly}
      choices={[
        ...(isGone ? [{ id: value, word: '（なくなりました）' }] : []),
        ...named.map(({ id, name }) => ({ id, word: name })),
      ]}
      onChange={onChange}
    />
  );
}
