const WEEKDAYS: Readonly<Record<string, string>> = {
  月: 'ゲツ',
  火: 'カ',
  水: 'スイ',
  木: 'モク',
  金: 'キン',
  土: 'ド',
  日: 'ニチ',
  祝: 'シュク',
};
const WEEKDAY_LIST =
  /(?<![\p{Script=Han}\d]|年[・、])[月火水木金土日祝](?:[・、〜/][月火水木金土日祝])+(?=曜|[^\p{Script=Han}]|$)/gu;
const FIRST_OF_MONTH = /(?<![月\d])1日(?=から|〜|付)|(?<=[毎今来翌同]月の?)1日(?!間|目)/gu;
/** 年4回; after a figure it is a date. */
const PER_YEAR = /(?<![\d\p{Script=Han}])年(?=\d+回)/gu;
const PERSON =
  /(?<!(?:[こそあど]ちら|(?<!以)[上下前]|[左右東西南北奥先]|後ろ)の|[高低多長短早遅近遠安]い|少ない|新しい|古い|大きい|小さい)(?<=[のるたい])方(?=[はがへにをでもの々、。]|から|まで|$)(?!がよ|が良|がい)/gu;

/**
 * Words whose reading hangs on their neighbours: 方 for a person (かた), weekdays in a list (土・日 → ド、ニチ),
 * 分の in fractions (ぶんの), the first of
 * a month (ついたち), 年 before a count (ねん).
 */
export function speakContextWords(text: string): string {
  return text
    .replace(WEEKDAY_LIST, (list, at: number, all: string) => {
      // The last of 月〜金曜日 is a word of its own that the dictionary knows.
      const last = all.slice(at + list.length).startsWith('曜') ? list.length - 1 : list.length;
      return [...list].map((sign, index) => (index < last ? (WEEKDAYS[sign] ?? sign) : sign)).join('');
    })
    .replace(PERSON, 'かた')
    .replace(FIRST_OF_MONTH, 'ついたち')
    .replace(PER_YEAR, 'ネン')
    .replace(/(?<=\d)分の(?=\d)/gu, 'ぶんの');
}
