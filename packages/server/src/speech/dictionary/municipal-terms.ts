import type { DictionaryEntry } from './entry.ts';

/**
 * Words of municipal counters that Open JTalk's dictionary lacks or reads wrongly (found with phrases.tsv), and digits as
 * they are said one by one. What it reads right is left to it: its own accents are better than ours.
 * Surface, reading, accent.
 */
const TERMS: readonly (readonly [string, string, number])[] = [
  ['納期限', 'ノーキゲン', 3],
  ['納期限内', 'ノーキゲンナイ', 5],
  ['期別納期限', 'キベツノーキゲン', 5],
  ['令和', 'レーワ', 0],
  ['過誤納', 'カゴノー', 2],
  ['過誤納金', 'カゴノーキン', 0],
  ['過納', 'カノー', 0],
  ['誤納', 'ゴノー', 0],
  ['納付済', 'ノーフズミ', 0],
  ['納付済み', 'ノーフズミ', 0],
  ['収納課', 'シューノーカ', 0],
  ['全期前納', 'ゼンキゼンノー', 4],
  ['滞納繰越分', 'タイノークリコシブン', 0],
  ['延長窓口', 'エンチョーマドグチ', 5],
  ['資格確認書', 'シカクカクニンショ', 0],
  ['限度額適用認定証', 'ゲンドガクテキヨーニンテーショー', 0],
  ['マイナ保険証', 'マイナホケンショー', 0],
  ['和泉市府中町', 'イズミシフチューチョー', 0],
  ['お手数', 'オテスー', 3],
  ['お話しください', 'オハナシクダサイ', 6],
  ['お話し下さい', 'オハナシクダサイ', 6],
  ['国保', 'コクホ', 0],
  ['後期高齢', 'コーキコーレー', 5],
  ['市民税課', 'シミンゼーカ', 0],
  ['保険年金課', 'ホケンネンキンカ', 0],
  // As words of their own: Open JTalk would say サンジュッ before 平方.
  ['平方メートル', 'ヘーホーメートル', 5],
  ['平方キロメートル', 'ヘーホーキロメートル', 7],
  ['PayPay', 'ペイペイ', 0],
  ['eLTAX', 'エルタックス', 3],
  ['e-Tax', 'イータックス', 3],
  ['LGWAN', 'エルジーワン', 5],
  ['eL-QR', 'エルキューアール', 5],
  ['ニー', 'ニー', 1],
  ['ゴー', 'ゴー', 1],
];

/** The entries that every dictionary has; staff's entries of the same surface win. */
export const MUNICIPAL_TERMS: readonly DictionaryEntry[] = TERMS.map(([surface, reading, accent]) => ({
  surface,
  reading,
  accent,
}));
