import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { TextField } from '../design/text-field.tsx';
import { useCalendarForm } from './form-context.tsx';

/** Rules of one kind below one another; each with its name and what `children` draws of it. */
export function RuleList<T extends { readonly label: string }>({
  path,
  rules,
  addWord,
  made,
  onChange,
  children,
}: {
  /** Place of the list in a calendar: 'extended'. */
  path: string;
  rules: readonly T[];
  addWord: string;
  /** A new rule. */
  made: () => T;
  onChange: (rules: T[]) => void;
  children: (rule: T, change: (part: Partial<T>) => void, path: string) => ReactNode;
}) {
  const { problemAt } = useCalendarForm();
  return (
    <div className="flex flex-col gap-3">
      {rules.map((rule, at) => {
        const change = (part: Partial<T>) =>
          onChange(rules.map((each, index) => (index === at ? { ...each, ...part } : each)));
        return (
          <fieldset
            // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other name than their place
            key={at}
            className="flex flex-wrap items-start gap-x-5 gap-y-3 rounded-8 border border-solid-gray-300 p-4"
          >
            <legend className="sr-only">{rule.label === '' ? '新しいきまり' : rule.label}</legend>
            <div className="w-64">
              <TextField
                label="名前"
                size="small"
                value={rule.label}
                onChange={(label) =>
                  onChange(rules.map((each, index) => (index === at ? { ...each, label } : each)))
                }
                maxLength={60}
                errorMessage={problemAt(`${path}.${at}.label`)}
              />
            </div>
            {children(rule, change, `${path}.${at}`)}
            <div className="ml-auto self-end">
              <Button
                look="quiet"
                size="small"
                aria-label={`「${rule.label}」を削除する`}
                onPress={() => onChange(rules.filter((_, index) => index !== at))}
              >
                削除する
              </Button>
            </div>
          </fieldset>
        );
      })}
      <div>
        <Button look="outline" size="small" onPress={() => onChange([...rules, made()])}>
          {addWord}
        </Button>
      </div>
    </div>
  );
}
