import type { Prompt } from '../prompt.ts';
import { parseTemplate } from '../template.ts';

/** The usual voice, breaths within a sentence counted (speech/pace.real.test.ts of the server holds it to this). */
const MORAE_PER_SECOND = 6;
/** The pause after a sentence. */
const SENTENCE_PAUSE_SECONDS = 0.4;
/** A Chinese character has 1.76 on the average of the 490 in the phrases of `speech/phrases.tsv`. */
const MORAE_OF_KANJI = 1.76;
/** エー has two, エフ two, ダブリュー four. */
const MORAE_OF_LATIN = 2.2;
/** ゼロ, イチ, ニ, サン, ヨン, ゴ, ロク, ナナ, ハチ, キュー. */
const MORAE_OF_DIGIT = [2, 2, 1, 2, 2, 1, 2, 2, 2, 2];
/** ジュー, ヒャク, セン in the places of a number; マン, オク after four and eight. */
const MORAE_OF_PLACE = [0, 2, 2, 2];
/** A telephone number has about twenty, an amount or a date about twelve; which it will be is known in the call only. */
const MORAE_OF_VALUE = 14;
const VALUE_MARK = '〓';

const SMALL_KANA = /[ァィゥェォャュョヮぁぃぅぇぉゃゅょゎ]/gu;
const KANA = /[ぁ-ゖァ-ヺー]/gu;
const KANJI = /[\p{Script=Han}々〇]/gu;
const SENTENCE_END = /[。！？!?\n]+/gu;

/**
 * What a prompt says, with half-width figures and signs and a mark for each value; null where it is a sound of which nobody wrote down the
 * words.
 */
export function wordsOf(prompt: Prompt): string | null {
  if (prompt.type === 'audio') {
    return prompt.transcript.trim() === '' ? null : prompt.transcript.normalize('NFKC');
  }
  return parseTemplate(prompt.text)
    .parts.map((part) => (part.type === 'fixed' ? part.text.normalize('NFKC') : VALUE_MARK))
    .join('');
}

/**
 * How long words (`wordsOf`) are heard, estimated from their letters: the readings themselves are known to the synthesiser only. Off by a
 * tenth or so on a sentence, by less on an announcement.
 */
export function spokenSeconds(words: string): number {
  const sentences = words.trim().match(SENTENCE_END)?.length ?? 0;
  return moraeOf(words) / MORAE_PER_SECOND + sentences * SENTENCE_PAUSE_SECONDS;
}

function moraeOf(text: string): number {
  const numbers = text.match(/\d+/gu) ?? [];
  return (
    count(text.replace(SMALL_KANA, ''), KANA) +
    count(text, KANJI) * MORAE_OF_KANJI +
    (text.split(VALUE_MARK).length - 1) * MORAE_OF_VALUE +
    count(text, /[A-Za-z]/gu) * MORAE_OF_LATIN +
    numbers.reduce((sum, digits) => sum + moraeOfNumber(digits), 0)
  );
}

const count = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0;

/** '45' is ヨンジューゴ. One that begins with 0, or is longer than any amount, is said digit by digit. */
function moraeOfNumber(digits: string): number {
  const oneByOne = digits.length > 8 || (digits.length > 1 && digits.startsWith('0'));
  return [...digits].reduce((sum, digit, index) => {
    const place = digits.length - 1 - index;
    const own = MORAE_OF_DIGIT[Number(digit)] ?? 2;
    if (oneByOne || digits.length === 1) return sum + own;
    const isSilent = digit === '0' || (digit === '1' && place % 4 > 0);
    const myriad = place === 4 ? 2 : 0;
    return sum + myriad + (digit === '0' ? 0 : (MORAE_OF_PLACE[place % 4] ?? 0)) + (isSilent ? 0 : own);
  }, 0);
}
