import type { Key } from '../event.ts';
import type { Finding } from '../finding.ts';
import type { Prompt } from '../prompt.ts';
import { keyNames } from './key-names.ts';
import { type SpokenKeys, spokenKeysOf } from './spoken-keys.ts';
import { wordsOf } from './spoken-length.ts';

/** What may be unkind in the words by which a caller is asked for one key. */
export type Warning = Omit<Finding, 'severity'>;

/** More than this nobody keeps in mind while listening. */
const MOST_CHOICES = 5;

export function tooManyChoices(keys: readonly Key[]): readonly Warning[] {
  const choices = new Set(keys).size;
  if (choices <= MOST_CHOICES) return [];
  return [
    {
      code: 'tooManyChoices',
      message: `選択肢が${choices}個あります。耳で聞いて覚えられるのは、${MOST_CHOICES}個くらいまでです。`,
      mend: `選択肢を${MOST_CHOICES}個以下にまとめるか、メニューを二段に分けてください。`,
    },
  ];
}

/** @param spoken null: nobody knows what is said */
export function notSaid(spoken: SpokenKeys | null, accepted: readonly Key[]): readonly Warning[] {
  const unsaid = spoken === null ? [] : accepted.filter((key) => !spoken.named.has(key));
  if (unsaid.length === 0) return [];
  return [
    {
      code: 'keyNotSaid',
      message: `${keyNames(unsaid)}を押せますが、案内の中で伝えていません。`,
      mend: `案内に「～の方は${unsaid[0]}を」のように入れるか、使わないキーを外してください。`,
    },
  ];
}

export function beforeMeaning(spoken: SpokenKeys | null, accepted: readonly Key[]): readonly Warning[] {
  const early = accepted.filter((key) => spoken?.beforeMeaning.has(key));
  if (early.length === 0) return [];
  return [
    {
      code: 'keyBeforeMeaning',
      message: `${keyNames(early)}を、用件より先に伝えています。用件を聞いた後にキーを聞くほうが、迷わずに押せます。`,
      mend: '「～の方は1を」のように、用件を先に、キーを後に書いてください。',
    },
  ];
}

export function notAccepted(
  spoken: readonly (SpokenKeys | null)[],
  accepted: readonly Key[],
): readonly Warning[] {
  const wrong = [...new Set(spoken.flatMap((each) => [...(each?.asked ?? [])]))].filter(
    (key) => !accepted.includes(key),
  );
  if (wrong.length === 0) return [];
  return [
    {
      code: 'keyNotAccepted',
      message: `${keyNames(wrong)}を押すよう案内していますが、そこでは使えないキーです。`,
      mend: '案内の文章か、選択肢のキーを直してください。',
    },
  ];
}

/** Null where nobody knows what is said: a sound without written words. */
export function spokenIn(prompt: Prompt): SpokenKeys | null {
  const words = wordsOf(prompt);
  return words === null ? null : spokenKeysOf(words);
}
