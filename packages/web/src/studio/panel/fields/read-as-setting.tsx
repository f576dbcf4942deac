import type { ReadAs } from '@madoguchi/flow';
import { Select } from '../../../design/select.tsx';

const WORDS: Readonly<Record<ReadAs, string>> = {
  text: '文として',
  digits: '数字を一つずつ',
  telephone: '電話番号として',
  date: '日付として（8桁）',
  time: '時刻として（4桁）',
  amount: '金額として',
  number: '数として',
};

/** How a value is read aloud. */
export function ReadAsSetting({
  value,
  isReadOnly,
  onChange,
}: {
  value: ReadAs;
  isReadOnly: boolean;
  onChange: (readAs: ReadAs) => void;
}) {
  const choices = Object.entries(WORDS).map(([id, word]) => ({ id, word }));
  return (
    <Select
      label="読み方"
      value={value}
      isDisabled={isReadOnly}
      choices={choices}
      onChange={(id) => {
        const chosen = READ_AS.find((each) => each === id);
        if (chosen !== undefined) onChange(chosen);
      }}
    />
  );
}

const READ_AS: readonly ReadAs[] = ['text', 'digits', 'telephone', 'date', 'time', 'amount', 'number'];
