import { z } from 'zod';
import { mayDial, nationalDigits } from '../numbering.ts';

/** Longer than any name, address or time that stands within a sentence. */
const LONGEST_WORDS_CHARS = 80;

/** What stands for words that are not filled in: 【開庁時間】. */
const missing = (title: string): string => `【${title}】`;

/** Words that stand in announcements and text messages. Left blank, the place says what belongs there. */
export function words(title: string, description: string, example: string) {
  return z
    .string()
    .trim()
    .max(LONGEST_WORDS_CHARS, `${title}は${LONGEST_WORDS_CHARS}文字以内で入力してください。`)
    .regex(/^[^{}\p{Cc}]*$/u, `${title}に改行と波かっこは使えません。`)
    .default('')
    .transform((given) => given || missing(title))
    .meta({ title, description, examples: [example], field: 'words' });
}

/** One of the calendars of the house. Not chosen, the checker says so at the node. */
function calendar(title: string, description: string) {
  return z
    .string()
    .max(64, `${title}を選び直してください。`)
    .default('')
    .meta({ title, description, examples: ['city-hall'], field: 'calendar' });
}

/** A telephone to which calls are transferred. Left blank, the checker says so at the node. */
export function telephone(title: string, description: string, example: string) {
  return dialable(title).meta({ title, description, examples: [example], field: 'telephone' });
}

/** A telephone number that stands in announcements and text messages. Left blank, as `words`. */
export function writtenTelephone(title: string, description: string, example: string) {
  return dialable(title)
    .transform((given) => given || missing(title))
    .meta({ title, description, examples: [example], field: 'telephone' });
}

const dialable = (title: string) =>
  z
    .string()
    .trim()
    .refine(
      isBlankOrDialable,
      `${title}には、市外局番から始まる電話番号を入力してください。緊急通報や有料情報の番号は使えません。`,
    )
    .default('');

function isBlankOrDialable(written: string): boolean {
  const digits = nationalDigits(written);
  return written === '' || (digits !== null && mayDial(digits, { tollFree: true }).allowed);
}

/** What every template asks for. */
export const cityFields = {
  cityName: words('市の名前', '最初の挨拶とショートメッセージに入ります。', '見本市'),
  websiteUrl: words(
    '市のホームページのアドレス',
    'ショートメッセージに入る、くわしい案内のページです。',
    'https://www.example.jp/kokuho',
  ),
} as const;

/** What every counter asks for besides. */
export const counterFields = {
  ...cityFields,
  officeHours: words(
    '開庁時間',
    '閉庁中の案内とショートメッセージに入ります。',
    '平日の午前8時45分から午後5時15分まで',
  ),
  counterPlace: words('窓口の場所', 'ショートメッセージに入ります。', '見本市役所1階 国民健康保険の窓口'),
  calendarId: calendar('開庁日カレンダー', '開庁中と閉庁中の案内を切り替えます。'),
  staffNumber: telephone(
    '職員の電話番号',
    '「職員とお話しになりたい方」をつなぐ、担当の電話番号です。',
    '0725-00-2001',
  ),
} as const;

/** What a city calls it. */
export const premiumName = z
  .enum(['保険料', '保険税'])
  .default('保険料')
  .meta({
    title: '保険料・保険税',
    description: '国民健康保険の賦課の名前です。',
    examples: ['保険料'],
    field: 'choice',
  });
