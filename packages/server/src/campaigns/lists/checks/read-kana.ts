const KANA = /^[ァ-ヺーヽヾ・\s]+$/u;
const LONGEST = 100;

/** A フリガナ in full-width katakana ('ﾉｳｾﾞｲ ﾀﾛｳ', 'のうぜい　たろう' → 'ノウゼイ タロウ'); null where something else than kana is in it. */
export function readKana(cell: string): string | null {
  const kana = cell
    .normalize('NFKC')
    .replace(/[ぁ-ゖゝゞ]/gu, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0x60))
    .replace(/[\s]+/gu, ' ')
    .trim();
  return kana.length <= LONGEST && KANA.test(kana) ? kana : null;
}
