import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { Text } from 'react-aria-components/Text';

export type ExplainedChoice = {
  readonly id: string;
  readonly word: string;
  readonly explanation?: string;
  /** Stands beside the words. */
  readonly picture?: ReactNode;
};

/** One of a few, all in sight with what each means; arrow keys move between them. */
export function ChoiceList({
  label,
  description,
  choices,
  value,
  onChange,
  errorMessage,
  columns = 1,
}: {
  label: string;
  description?: string;
  choices: readonly ExplainedChoice[];
  /** Null: nothing is chosen yet. */
  value: string | null;
  onChange: (value: string) => void;
  errorMessage?: string | undefined;
  columns?: 1 | 2 | 3;
}) {
  return (
    <RadioGroup
      value={value}
      onChange={onChange}
      isInvalid={errorMessage !== undefined}
      className="flex flex-col gap-1"
    >
      <Label className="text-std-16B-170">{label}</Label>
      {description === undefined ? null : (
        <Text slot="description" className="text-std-16N-170 text-solid-gray-700">
          {description}
        </Text>
      )}
      <div className={`grid gap-2 ${COLUMNS[columns]}`}>
        {choices.map(({ id, word, explanation, picture }) => (
          <Radio
            key={id}
            value={id}
            className="group flex cursor-pointer items-start gap-3 rounded-8 border border-solid-gray-600 bg-white px-4 py-2.5 data-hovered:bg-key-50 data-selected:border-key-900 data-selected:bg-key-50"
          >
            <span
              aria-hidden="true"
              className="mt-1 grid size-5 shrink-0 place-items-center rounded-full border-2 border-solid-gray-600 bg-white group-data-selected:border-key-900"
            >
              <span className="size-2.5 rounded-full group-data-selected:bg-key-900" />
            </span>
            <span className="min-w-0 grow">
              <span className="block text-std-16N-170 group-data-selected:font-bold">{word}</span>
              {explanation === undefined ? null : (
                <span className="block text-dns-16N-130 text-solid-gray-700">{explanation}</span>
              )}
              {picture}
            </span>
          </Radio>
        ))}
      </div>
      <FieldError className="text-std-16N-170 text-error-2">＊{errorMessage}</FieldError>
    </RadioGroup>
  );
}

const COLUMNS = { 1: '', 2: 'grid-cols-2', 3: 'grid-cols-3' } as const;
