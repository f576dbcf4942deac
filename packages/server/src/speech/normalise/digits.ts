const READINGS: Readonly<Record<string, string>> = {
  '0': 'ゼロ',
  '1': 'イチ',
  '2': 'ニー',
  '3': 'サン',
  '4': 'ヨン',
  '5': 'ゴー',
  '6': 'ロク',
  '7': 'ナナ',
  '8': 'ハチ',
  '9': 'キュー',
  '*': 'コメジルシ',
  '#': 'シャープ',
};

/** Longer runs get a pause after each four digits, so that a listener can write along. */
const DIGITS_PER_BREATH = 4;

/** Reads digits one by one (0725 → ゼロナナニーゴー); what is no digit is left out. `text` is of unified width. */
export function readDigits(text: string): string {
  const read = [...text].flatMap((character) => READINGS[character] ?? []);
  const breaths: string[] = [];
  // Six digits and fewer are said in one breath: a rest of one or two digits would sound cut off.
  const size = read.length <= 6 ? 6 : DIGITS_PER_BREATH;
  for (let at = 0; at < read.length; at += size) breaths.push(read.slice(at, at + size).join(''));
  return breaths.join('、');
}

/** Reads groups of digits one by one with the の that is said between them (0725-00 → ゼロナナニーゴーの、ゼロゼロ). */
export function readDigitGroups(groups: readonly string[]): string {
  return groups.map(readDigits).join('の、');
}
