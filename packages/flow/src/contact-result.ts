import { z } from 'zod';

/** What came of the talk of a call that the city placed; kept apart from one another in every figure. */
export const ContactResultSchema = z.enum([
  /** 納付約束 */
  'promised',
  /** 納付済み */
  'paid',
  /** 相談希望 */
  'consultation',
  /** 本人不在 */
  'absent',
  /** 番号違い */
  'wrongNumber',
  /** 本人確認できず */
  'notIdentified',
  /** 案内を聞いた: identified, heard to the end, answered nothing more. */
  'informed',
  /** 連絡を希望しない */
  'optedOut',
  /** 職員が対応: was put through to staff. */
  'transferred',
]);
export type ContactResult = z.infer<typeof ContactResultSchema>;

/** Staff's words for the results. */
export const CONTACT_RESULT_WORDS: Readonly<Record<ContactResult, string>> = {
  promised: '納付約束',
  paid: '納付済み',
  consultation: '相談希望',
  absent: '本人不在',
  wrongNumber: '番号違い',
  notIdentified: '本人確認できず',
  informed: '案内を聞いた',
  optedOut: '連絡を希望しない',
  transferred: '職員が対応',
};
