import { z } from 'zod';
import { normaliseSurface } from '../normalise/normalise.ts';

const HIRAGANA = /[ぁ-ゖ]/gu;
const SMALL_KANA = /[ァィゥェォャュョヮ]/gu;
/** A kana of the o-row before ウ, or of the e-row before イ, is a long vowel in nearly every word that staff enter. */
const LONG_O = /(?<=[オコソトノホモヨロヲゴゾドボポョォ])ウ/gu;
const LONG_E = /(?<=[エケセテネヘメレゲゼデベペェ])イ/gu;

function katakana(text: string): string {
  return text
    .normalize('NFKC')
    .replace(HIRAGANA, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60))
    .replace(/[ \u3000]/gu, '');
}

/** Morae of a pronunciation: small kana belong to the one before; ッ ン ー count. */
export function moraeOf(pronunciation: string): number {
  return pronunciation.replace(SMALL_KANA, '').length;
}

/**
 * A word of the reading dictionary (読み辞書). `surface` is what the announcement says, `reading` how it is said, in
 * katakana or hiragana; `accent` is the mora after which the pitch falls (アクセント核), 0 for none (平板).
 */
export const DictionaryEntrySchema = z
  .object({
    surface: z
      .string()
      .trim()
      .min(1, '表記を入力してください。')
      .max(40, '表記は40文字以内で入力してください。')
      .regex(/^[^\p{Cc}。、？！]+$/u, '表記に句読点や改行は使えません。')
      .regex(/[\p{L}\p{N}]/u, '表記には文字か数字を入れてください。'),
    reading: z
      .string()
      .transform(katakana)
      .pipe(
        z
          .string()
          .max(80, '読みは80文字以内で入力してください。')
          .regex(
            /^[ア-ヴ][ァ-ヴー]*$/u,
            '読みは「ノウキゲン」のように、カタカナかひらがなで入力してください。',
          ),
      ),
    accent: z.int().min(0).optional(),
  })
  .refine(({ reading, accent }) => accent === undefined || accent <= moraeOf(reading), {
    path: ['accent'],
    message: 'アクセントの位置が読みの長さを超えています。',
  });
export type DictionaryEntry = z.infer<typeof DictionaryEntrySchema>;

/**
 * ノウキゲン → ノーキゲン: how the reading sounds. Only for surfaces with kanji or hiragana; of foreign words staff write
 * what is said (PayPay ペイペイ).
 */
export function pronunciationOf({ surface, reading }: { surface: string; reading: string }): string {
  if (!/[\p{Script=Han}ぁ-ん]/u.test(surface)) return reading;
  return reading.replace(LONG_O, 'ー').replace(LONG_E, 'ー').replaceAll('ヲ', 'オ');
}

/** Open JTalk's text conversion makes ASCII full-width before it looks words up. */
export function lexiconSurface(surface: string): string {
  return normaliseSurface(surface).replace(/[\x21-\x7e]/gu, (letter) =>
    String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0),
  );
}

/** An entry that cannot be used: its place in what was handed in, from 1, and what is wrong with it, in words for staff. Never its text. */
export type RefusedEntry = { readonly place: number; readonly problem: string };

/**
 * Parts readings as they were stored into those that `compileDictionary` takes and those that it would fail on: one wrong word must
 * not keep the telephone from starting.
 */
export function usableEntries(stored: readonly { readonly surface: string; readonly reading: string }[]): {
  readonly entries: readonly DictionaryEntry[];
  readonly refused: readonly RefusedEntry[];
} {
  const entries: DictionaryEntry[] = [];
  const refused: RefusedEntry[] = [];
  stored.forEach((entry, index) => {
    const checked = DictionaryEntrySchema.safeParse(entry);
    if (checked.success) entries.push(checked.data);
    else refused.push({ place: index + 1, problem: checked.error.issues[0]?.message ?? '' });
  });
  return { entries, refused };
}
