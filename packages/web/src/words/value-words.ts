import { BUILTIN_VALUES } from '@madoguchi/flow';

/** What the values are called that have an English name in texts: those of every call, and those that two kinds of node set unless told otherwise. */
const WORDS: Readonly<Record<string, string>> = {
  callerNumber: '発信元番号',
  calledNumber: 'かかってきた番号',
  calledName: 'かかってきた番号の名前',
  today: '今日の日付',
  now: 'いまの時刻',
  mobileNumber: '聞き取った携帯電話番号',
  callBackNumber: '折り返し先の電話番号',
};

/** How staff call a value; null where its own name is the only one it has. */
export function valueWord(name: string): string | null {
  return Object.hasOwn(WORDS, name) ? (WORDS[name] ?? null) : null;
}

/** The values that every call has, for a choice. */
export const VALUES_OF_EVERY_CALL = Object.keys(BUILTIN_VALUES).map((name) => ({
  name,
  word: valueWord(name) ?? name,
}));

/** A text to be looked at: '{{calledName}}です' → '［かかってきた番号の名前］です'; how a value is read is left out. */
export function withValueWords(text: string): string {
  return text.replaceAll(
    /\{\{([^{}|]+)(?:\|[^{}]*)?\}\}/gu,
    (_, name: string) => `［${valueWord(name) ?? name}］`,
  );
}
