import type { TrunkProblem } from '@madoguchi/server/trunk-contract';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { ChoiceList, type ExplainedChoice } from '../design/choice-list.tsx';
import { type Choice, Select } from '../design/select.tsx';
import { TextField, type TextFieldProps } from '../design/text-field.tsx';
import type { TrunkValues } from './form-values.ts';

export type TrunkFormParts = {
  readonly values: TrunkValues;
  readonly change: (changes: Partial<TrunkValues>) => void;
  readonly problems: readonly TrunkProblem[];
};

const TrunkFormContext = createContext<TrunkFormParts | null>(null);

export function TrunkFormProvider({
  values,
  change,
  problems,
  children,
}: TrunkFormParts & { children: ReactNode }) {
  const parts = useMemo(() => ({ values, change, problems }), [values, change, problems]);
  return <TrunkFormContext.Provider value={parts}>{children}</TrunkFormContext.Provider>;
}

export function useTrunkForm(): TrunkFormParts {
  const parts = useContext(TrunkFormContext);
  if (parts === null) throw new Error('a field of the trunk form stands outside of it');
  return parts;
}

/** What the server objects to in a field, or in an entry of it ('match' has 'match.0'). */
export function useProblem(path: string): string | undefined {
  const { problems } = useTrunkForm();
  return problems.find((problem) => problem.path === path || problem.path.startsWith(`${path}.`))?.message;
}

/** Values that are typed as text. */
type TextName = {
  [Name in keyof TrunkValues]: string extends TrunkValues[Name] ? Name : never;
}[keyof TrunkValues];

export function TextEntry({
  name,
  path,
  ...props
}: Omit<TextFieldProps, 'value' | 'onChange' | 'errorMessage' | 'name'> & { name: TextName; path: string }) {
  const { values, change } = useTrunkForm();
  return (
    <TextField
      {...props}
      autoComplete="off"
      value={values[name]}
      onChange={(text) => change({ [name]: text })}
      errorMessage={useProblem(path)}
    />
  );
}

/** A field whose value is one of a few words. */
type ChoiceOf<Name extends keyof TrunkValues> = {
  readonly id: TrunkValues[Name] & string;
  readonly word: string;
};

export function SelectEntry<Name extends keyof TrunkValues>({
  name,
  label,
  choices,
}: {
  name: Name;
  label: string;
  choices: readonly (Choice & ChoiceOf<Name>)[];
}) {
  const { values, change } = useTrunkForm();
  return (
    <Select
      label={label}
      choices={choices}
      value={String(values[name])}
      onChange={(id) => {
        const chosen = choices.find((choice) => choice.id === id);
        if (chosen !== undefined) change({ [name]: chosen.id });
      }}
    />
  );
}

export function ChoiceEntry<Name extends keyof TrunkValues>({
  name,
  path,
  choices,
  ...props
}: {
  name: Name;
  path: string;
  label: string;
  description?: string;
  columns?: 1 | 2 | 3;
  choices: readonly (ExplainedChoice & ChoiceOf<Name>)[];
}) {
  const { values, change } = useTrunkForm();
  return (
    <ChoiceList
      {...props}
      choices={choices}
      value={String(values[name])}
      errorMessage={useProblem(path)}
      onChange={(id) => {
        const chosen = choices.find((choice) => choice.id === id);
        if (chosen !== undefined) change({ [name]: chosen.id });
      }}
    />
  );
}
