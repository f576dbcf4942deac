import { useState } from 'react';
import { TextField } from '../../../design/text-field.tsx';

/** A whole number within bounds. What is typed beyond them is told and not taken over. */
export function NumberSetting({
  label,
  description,
  unit = '',
  value,
  min,
  max,
  isReadOnly,
  onChange,
}: {
  label: string;
  description?: string;
  unit?: string;
  value: number;
  min: number;
  max: number;
  isReadOnly: boolean;
  onChange: (value: number) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const number = typed === null ? value : numberOf(typed);
  const isWrong = number === null || number < min || number > max;
  return (
    <TextField
      label={unit === '' ? label : `${label}（${unit}）`}
      description={description}
      size="small"
      inputMode="numeric"
      isReadOnly={isReadOnly}
      value={typed ?? String(value)}
      onChange={(text) => {
        setTyped(text);
        const next = numberOf(text);
        if (next !== null && next >= min && next <= max) onChange(next);
      }}
      onBlur={() => setTyped(null)}
      errorMessage={isWrong ? `${min}から${max}までの整数を入力してください。` : undefined}
    />
  );
}

/** Milliseconds, asked for as seconds. */
export function SecondsSetting({
  valueMs,
  minMs,
  maxMs,
  onChangeMs,
  ...props
}: {
  label: string;
  description?: string;
  valueMs: number;
  minMs: number;
  maxMs: number;
  isReadOnly: boolean;
  onChangeMs: (ms: number) => void;
}) {
  return (
    <NumberSetting
      {...props}
      unit="秒"
      value={Math.round(valueMs / 1_000)}
      min={Math.ceil(minMs / 1_000)}
      max={Math.floor(maxMs / 1_000)}
      onChange={(seconds) => onChangeMs(seconds * 1_000)}
    />
  );
}

function numberOf(text: string): number | null {
  const digits = text.normalize('NFKC').trim();
  return /^\d{1,6}$/.test(digits) ? Number(digits) : null;
}
