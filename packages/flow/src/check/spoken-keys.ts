import type { Key } from '../event.ts';

/** Words by which a key is named in speech; digits stand for themselves. */
const NAMES: Readonly<Record<string, Key>> = {
  '#': '#',
  '♯': '#',
  シャープ: '#',
  しゃーぷ: '#',
  井桁: '#',
  いげた: '#',
  イゲタ: '#',
  '*': '*',
  米印: '*',
  こめ印: '*',
  コメ印: '*',
  米じるし: '*',
  こめじるし: '*',
  コメジルシ: '*',
  星印: '*',
  ほし印: '*',
  アスタリスク: '*',
  アステリスク: '*',
  ゼロ: '0',
  零: '0',
  〇: '0',
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
};
/** In a word of several characters (一度, 三月) a numeral is no key; between digits neither. */
const NUMERAL = /^[一二三四五六七八九零〇]$/u;
const WORDS = Object.keys(NAMES).filter((name) => !NUMERAL.test(name));
const NAME = new RegExp(
  String.raw`(?<![\d.,:/-])\d(?!\d|[.,:/-]\d)|(?<!\p{Script=Han})[一二三四五六七八九零〇]|${WORDS.map((name) => name.replace('*', String.raw`\*`)).join('|')}`,
  'gu',
);

/** 番, ボタン and the like may follow the name. */
const CALLED = String.raw`\s*番?(?:\s*の?(?:ボタン|キー|ダイヤル|数字|番号))?[」』)\]]?\s*`;
const TAKEN = new RegExp(`^${CALLED}(?:を|と?お?押)`, 'u');
const ENDS_PHRASE = new RegExp(`^${CALLED}(?:[、。,.\\n]|$)`, 'u');
const NAMES_MEANING = new RegExp(`^${CALLED}(?:は|が|[:=→]|[、,](?!\\s*\\d))`, 'u');
const PRESSED_FOR = new RegExp(
  `^${CALLED}を\\s*(?:お?押|プッシュ)[^。、]{0,10}?(?:と|ば(?!い)|たら|場合)`,
  'u',
);
/** Something that is counted or named by the figure: no key. */
const COUNTED =
  /^\s*(?:年|月|日|時|分|秒|歳|才|円|人|名|件|回|度|階|枚|通|号|[かカヶヵ](?=[月所国年条村])|箇|個|本|つ|割|%|パーセント|週|世帯|桁|期|級|種|部|番線|番地|丁目|番?の?窓口|ペンシル|万|千|百|十)/u;

/** A meaning stands before: 'such are to press', 'if so, press'. */
const AFTER_MEANING = /(?:は|なら|ば|場合|とき|時|方|かた|には|ので)[、,\s「『(]*$/u;
const AT_BEGINNING = /(?:^|[。\n、,・「『\s])[「『(]*$/u;

export type SpokenKeys = {
  /** Keys that the text may well name: enough for a caller to know of them. */
  readonly named: ReadonlySet<Key>;
  /** Keys that the text tells to press, without doubt. */
  readonly asked: ReadonlySet<Key>;
  /** Keys that are told before what they mean ('1を押すと…', '1番は…'). */
  readonly beforeMeaning: ReadonlySet<Key>;
  /** Where the first key that a caller is told to press has been said, counted in UTF-16 units of the words; null where none is. */
  readonly firstEnd: number | null;
};

export const NOTHING_SAID: SpokenKeys = {
  named: new Set(),
  asked: new Set(),
  beforeMeaning: new Set(),
  firstEnd: null,
};

/** The keys of which an announcement speaks, read from its words (`wordsOf`) alone. Unsure places count for `named` only. */
export function spokenKeysOf(text: string): SpokenKeys {
  const named = new Set<Key>();
  const asked = new Set<Key>();
  const beforeMeaning = new Set<Key>();
  let firstEnd: number | null = null;
  let lastEnd = 0;
  for (const match of text.matchAll(NAME)) {
    const key = keyOf(match[0]);
    const after = text.slice(match.index + match[0].length);
    const place = placeOf(text.slice(0, match.index), after, text.slice(lastEnd, match.index));
    if (key === null || !isSaid(match[0], place, after)) continue;
    named.add(key);
    if (place.asked) asked.add(key);
    if (place.beforeMeaning) beforeMeaning.add(key);
    lastEnd = match.index + match[0].length;
    if (place.asked || place.beforeMeaning) firstEnd ??= lastEnd;
  }
  return { named, asked, beforeMeaning, firstEnd };
}

type Place = { readonly asked: boolean; readonly beforeMeaning: boolean };

function placeOf(before: string, after: string, sinceLast: string): Place {
  const hasMeaning = AFTER_MEANING.test(before);
  const isAtBeginning = AT_BEGINNING.test(before);
  const clause = sinceLast.slice(Math.max(sinceLast.lastIndexOf('。'), sinceLast.lastIndexOf('\n')) + 1);
  const pressedFirst = PRESSED_FOR.test(after) && !/(?:は|なら|れば|場合|とき|方)/u.test(clause);
  const meaningFollows = isAtBeginning && !hasMeaning && NAMES_MEANING.test(after);
  return {
    asked: TAKEN.test(after) || (hasMeaning && ENDS_PHRASE.test(after)),
    beforeMeaning: pressedFirst || meaningFollows,
  };
}

/** A figure that counts nothing may be a key; a numeral in Chinese characters only where it is told to be pressed. */
function isSaid(name: string, { asked, beforeMeaning }: Place, after: string): boolean {
  if (asked) return true;
  if (NUMERAL.test(name)) return beforeMeaning && /^番/u.test(after);
  return !COUNTED.test(after);
}

function keyOf(name: string): Key | null {
  const digit = KEYS.find((key) => key === name);
  return digit ?? (Object.hasOwn(NAMES, name) ? (NAMES[name] ?? null) : null);
}

const KEYS: readonly Key[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#'];
