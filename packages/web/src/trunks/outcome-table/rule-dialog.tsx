import type { OutcomeRule } from '@madoguchi/server/campaign-cost-contract';
import { useEffect, useRef, useState } from 'react';
import { FormDialog } from '../../design/form-dialog.tsx';
import { Select } from '../../design/select.tsx';
import { TextField } from '../../design/text-field.tsx';
import { type RuleProblems, type RuleValues, ruleOfValues, valuesOfRule } from './rule-values.ts';
import { ENDED_BY, RESULT_CHOICES, YES_NO_CONDITIONS } from './rule-words.ts';

const ANY = { id: 'any', word: 'どちらでもよい' } as const;
const YES_NO = ['answered', 'rang', 'earlyMedia'] as const;
const NUMBERS = [
  { name: 'sipCodes', label: 'SIP応答番号', description: '例：480、486（空欄はどれでも）' },
  { name: 'q850Causes', label: '切断理由番号（Q.850）', description: '例：17（空欄はどれでも）' },
] as const;
const TIMES = [
  { name: 'answerWithinS', label: '発信から応答まで（秒以内）' },
  { name: 'talkWithinS', label: '応答から終わりまで（秒以内）' },
  { name: 'endNotBeforeS', label: '発信から終わりまで（秒以上）' },
  { name: 'endWithinS', label: '発信から終わりまで（秒以内）' },
] as const;

/** One row of the table: what the answer has to be like, what it is taken for, and why. */
export function RuleDialog({
  rule,
  onKeep,
  onClose,
}: {
  /** Null: a new one. */
  rule: OutcomeRule | null;
  onKeep: (rule: OutcomeRule) => void;
  onClose: () => void;
}) {
  const [values, setValues] = useState(() => valuesOfRule(rule));
  const [problems, setProblems] = useState<RuleProblems>({});
  const fieldsRef = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (Object.keys(problems).length > 0)
      fieldsRef.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [problems]);
  const change = (changes: Partial<RuleValues>) => setValues((before) => ({ ...before, ...changes }));
  const submit = () => {
    const read = ruleOfValues(values);
    if ('rule' in read) onKeep(read.rule);
    else setProblems(read.problems);
  };
  return (
    <FormDialog
      title={rule === null ? '行を追加する' : '行を直す'}
      yes="表に入れる"
      isPending={false}
      onSubmit={submit}
      onClose={onClose}
    >
      <div ref={fieldsRef} className="grid grid-cols-2 items-start gap-x-4 gap-y-3">
        {NUMBERS.map(({ name, label, description }) => (
          <TextField
            key={name}
            size="small"
            label={label}
            description={description}
            autoComplete="off"
            value={values[name]}
            onChange={(typed) => change({ [name]: typed })}
            errorMessage={problems[name]}
          />
        ))}
        {YES_NO.map((name) => {
          const { label, choices: words } = YES_NO_CONDITIONS[name];
          const choices = [ANY, { id: 'yes', word: words.yes }, { id: 'no', word: words.no }] as const;
          return (
            <Select
              key={name}
              label={label}
              choices={choices}
              value={values[name]}
              onChange={(id) => change({ [name]: choices.find((choice) => choice.id === id)?.id ?? 'any' })}
            />
          );
        })}
        <Select
          label="切った側"
          choices={[ANY, { id: 'them', word: ENDED_BY.them }, { id: 'us', word: ENDED_BY.us }]}
          value={values.endedBy}
          onChange={(id) => change({ endedBy: id === 'them' || id === 'us' ? id : 'any' })}
        />
        {TIMES.map(({ name, label }) => (
          <TextField
            key={name}
            size="small"
            label={label}
            inputMode="decimal"
            autoComplete="off"
            value={values[name]}
            onChange={(typed) => change({ [name]: typed })}
            errorMessage={problems[name]}
          />
        ))}
        <div>
          <Select
            label="結果"
            choices={RESULT_CHOICES}
            value={values.outcome}
            placeholder="選んでください"
            onChange={(id) =>
              change({ outcome: RESULT_CHOICES.find((choice) => choice.id === id)?.id ?? null })
            }
          />
          {problems.outcome === undefined ? null : (
            <p role="alert" className="text-std-16N-170 text-error-2">
              ＊{problems.outcome}
            </p>
          )}
        </div>
        <TextField
          size="small"
          label="理由"
          isRequired
          // The browser's own word on it would stand in the way of what is wrong elsewhere.
          validationBehavior="aria"
          autoComplete="off"
          value={values.because}
          onChange={(because) => change({ because })}
          errorMessage={problems.because}
        />
      </div>
    </FormDialog>
  );
}
