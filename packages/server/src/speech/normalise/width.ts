const HALF_WIDTH_KANA = /[\uff61-\uff9f]+/gu;
const FULL_WIDTH_ASCII = /[\uff01-\uff5d]/gu;
const COMPATIBILITY_KANJI = /[\uf900-\ufaff\u{2f800}-\u{2fa1f}]/gu;
const VARIATION_SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
/** Hyphens, dashes and minus signs as people and word processors type them. */
const HYPHENS = /[\u2010-\u2015\u2212\u2500\ufe63\uff0d]/gu;
const WAVES = /[~\uff5e\u301c\u223c]/gu;
/** ㈪ to ㈰ */
const ENCLOSED_WEEKDAYS = /[\u322a-\u3230]/gu;
const INVISIBLE = /[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]/gu;
/** C0 and C1 controls except tab, line feed and carriage return. */
const CONTROLS = /\p{Cc}/gu;

/**
 * One way of writing for what looks the same: ASCII half-width, kana full-width, compatibility kanji unified, variation
 * selectors gone, every hyphen `-` and every wave `〜`. Circled numbers, ㎡ and the like stay for `symbols.ts`.
 */
export function unifyWidth(text: string): string {
  return text
    .replace(CONTROLS, (control) => ('\t\n\r'.includes(control) ? control : ''))
    .replace(INVISIBLE, '')
    .replace(VARIATION_SELECTORS, '')
    .replace(HALF_WIDTH_KANA, (kana) => kana.normalize('NFKC'))
    .replace(COMPATIBILITY_KANJI, (kanji) => kanji.normalize('NFC'))
    .replace(HYPHENS, '-')
    .replace(WAVES, '〜')
    .replace(ENCLOSED_WEEKDAYS, (sign) => sign.normalize('NFKC').slice(1, -1))
    .replace(FULL_WIDTH_ASCII, (letter) => letter.normalize('NFKC'))
    .replace(/￥/gu, '¥')
    .normalize('NFC')
    .replace(/(?<=\d)ー(?=\d)/gu, '-');
}

/** Drops the blanks that word processors leave around figures and letters, and makes the rest pauses. */
export function settleBlanks(text: string): string {
  return text
    .replace(/[ \t\u3000\u00a0]+/gu, ' ')
    .replace(/(?<=\d) (?=[^\d\s\x21-\x7e])|(?<=[^\d\s\x21-\x7e]) (?=\d)/gu, '')
    .replace(/(?<=[A-Za-z]) (?=[^\s\x21-\x7e])|(?<=[^\s\x21-\x7e]) (?=[A-Za-z])/gu, '')
    .replace(/(?<=[^\x20-\x7e]) (?=[^\x20-\x7e])/gu, '、');
}
