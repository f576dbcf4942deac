import { BUILTIN_VALUES, type FlowDraft } from '@madoguchi/flow';
import { z } from 'zod';
import type { PromptValue } from '../../announcements/prompt-field.tsx';

const BUILTIN_WORDS: Readonly<Record<string, string>> = {
  callerNumber: 'かけてきた方の電話番号',
  calledNumber: 'かけられた電話番号',
  calledName: 'かけられた電話番号の名前',
  today: '今日の日付',
  now: 'いまの時刻',
};
const SetsValueSchema = z.looseObject({ variable: z.string().min(1) });
const DEFAULT_VARIABLES: Readonly<Record<string, string>> = {
  askMobileNumber: 'mobileNumber',
  callBackRequest: 'callBackNumber',
};

/** Values that some node of the flow sets, and those that every call has. */
export function valuesKnownIn(flow: FlowDraft): readonly PromptValue[] {
  const set = Object.values(flow.nodes).flatMap((node) => {
    if (node.kind === 'variableCondition') return [];
    const sets = SetsValueSchema.safeParse(node);
    const name = sets.success ? sets.data.variable : DEFAULT_VARIABLES[node.kind];
    return name === undefined ? [] : [{ name, word: `${name}（${node.title}）` }];
  });
  const builtin = Object.keys(BUILTIN_VALUES).map((name) => ({ name, word: BUILTIN_WORDS[name] ?? name }));
  const known = new Map([...builtin, ...set].map((value) => [value.name, value]));
  return [...known.values()];
}
