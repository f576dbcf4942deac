import { type OutcomeRule, OutcomeRuleSchema } from '@madoguchi/server/campaign-cost-contract';

/** What stands in the form of one rule: what is typed is text, '' and 'any' leave a condition out. */
export type RuleValues = {
  readonly sipCodes: string;
  readonly q850Causes: string;
  readonly answered: 'any' | 'yes' | 'no';
  readonly rang: 'any' | 'yes' | 'no';
  readonly earlyMedia: 'any' | 'yes' | 'no';
  readonly endedBy: 'any' | 'them' | 'us';
  readonly answerWithinS: string;
  readonly endWithinS: string;
  readonly endNotBeforeS: string;
  readonly talkWithinS: string;
  /** Null: not chosen yet. */
  readonly outcome: OutcomeRule['outcome'] | null;
  readonly because: string;
};
export type RuleProblems = Partial<Readonly<Record<keyof RuleValues, string>>>;

/** @param rule null: a new one */
export function valuesOfRule(rule: OutcomeRule | null): RuleValues {
  const when = rule?.when ?? {};
  return {
    sipCodes: when.sipCodes?.join('、') ?? '',
    q850Causes: when.q850Causes?.join('、') ?? '',
    answered: choiceOf(when.answered),
    rang: choiceOf(when.rang),
    earlyMedia: choiceOf(when.earlyMedia),
    endedBy: when.endedBy ?? 'any',
    answerWithinS: secondsOf(when.answerWithinMs),
    endWithinS: secondsOf(when.endWithinMs),
    endNotBeforeS: secondsOf(when.endNotBeforeMs),
    talkWithinS: secondsOf(when.talkWithinMs),
    outcome: rule?.outcome ?? null,
    because: rule?.because ?? '',
  };
}

/** The rule, or what is wrong with what was typed, beside each field. Full-width digits are taken as meant. */
export function ruleOfValues(
  values: RuleValues,
): { readonly rule: OutcomeRule } | { readonly problems: RuleProblems } {
  const codes = numbersOf(values.sipCodes);
  const causes = numbersOf(values.q850Causes);
  const times = {
    answerWithinMs: msOf(values.answerWithinS),
    endWithinMs: msOf(values.endWithinS),
    endNotBeforeMs: msOf(values.endNotBeforeS),
    talkWithinMs: msOf(values.talkWithinS),
  };
  const read = OutcomeRuleSchema.safeParse({
    when: {
      sipCodes: codes,
      q850Causes: causes,
      answered: wantedOf(values.answered),
      rang: wantedOf(values.rang),
      earlyMedia: wantedOf(values.earlyMedia),
      endedBy: values.endedBy === 'any' ? undefined : values.endedBy,
      ...times,
    },
    outcome: values.outcome,
    because: values.because,
  });
  // Conditions that are left out are no conditions at all, also for who compares rules.
  if (read.success) return { rule: { ...read.data, when: withoutGaps(read.data.when) } };
  const wrong = new Set(read.error.issues.map(({ path }) => String(path[0] === 'when' ? path[1] : path[0])));
  return { problems: Object.fromEntries([...wrong].flatMap((name) => PROBLEMS[name] ?? [])) };
}

const TIME = '0秒から86,400秒までの数字で入力してください。空欄にすると、この条件を使いません。';
/** By the name in the rule: field of the form, and what is said beside it. */
const PROBLEMS: Readonly<Record<string, readonly [[keyof RuleValues, string]]>> = {
  sipCodes: [['sipCodes', '100から699までの番号を、「、」で区切って入力してください。']],
  q850Causes: [['q850Causes', '1から127までの番号を、「、」で区切って入力してください。']],
  answerWithinMs: [['answerWithinS', TIME]],
  endWithinMs: [['endWithinS', TIME]],
  endNotBeforeMs: [['endNotBeforeS', TIME]],
  talkWithinMs: [['talkWithinS', TIME]],
  outcome: [['outcome', '結果を選んでください。']],
  because: [['because', '理由を、200文字以内で入力してください。']],
};

function withoutGaps(when: OutcomeRule['when']): OutcomeRule['when'] {
  return OutcomeRuleSchema.shape.when.parse(
    Object.fromEntries(Object.entries(when).filter(([, value]) => value !== undefined)),
  );
}

function choiceOf(wanted: boolean | undefined): 'any' | 'yes' | 'no' {
  if (wanted === undefined) return 'any';
  return wanted ? 'yes' : 'no';
}

function wantedOf(choice: 'any' | 'yes' | 'no'): boolean | undefined {
  return choice === 'any' ? undefined : choice === 'yes';
}

function secondsOf(ms: number | undefined): string {
  return ms === undefined ? '' : String(ms / 1_000);
}

/** Undefined: left out. What is no number is NaN, to which the schema objects. */
function msOf(typed: string): number | undefined {
  const text = typed.normalize('NFKC').trim();
  return text === '' ? undefined : Math.round(Number(text) * 1_000);
}

function numbersOf(typed: string): readonly number[] | undefined {
  const parts = typed
    .normalize('NFKC')
    .split(/[\s,、・]+/)
    .filter((part) => part !== '');
  return parts.length === 0 ? undefined : parts.map(Number);
}
