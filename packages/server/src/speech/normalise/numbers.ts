const UNITS: readonly (readonly [RegExp, string])[] = [
  [/km\/h/gu, 'キロメートル毎時'],
  [/km(?![A-Za-z])/gu, 'キロメートル'],
  [/cm(?![A-Za-z])/gu, 'センチメートル'],
  [/mm(?![A-Za-z])/gu, 'ミリメートル'],
  [/m2(?![A-Za-z\d])/gu, '平方メートル'],
  [/m(?![A-Za-z])/gu, 'メートル'],
  [/F(?![A-Za-z])/gu, '階'],
  [/kg(?![A-Za-z])/giu, 'キログラム'],
  [/mg(?![A-Za-z])/gu, 'ミリグラム'],
  [/g(?![A-Za-z])/gu, 'グラム'],
  [/ml(?![A-Za-z])/giu, 'ミリリットル'],
  [/[lL](?![A-Za-z])/gu, 'リットル'],
  [/kWh?(?![A-Za-z])/gu, 'キロワット'],
  [/GB(?![A-Za-z])/gu, 'ギガバイト'],
  [/MB(?![A-Za-z])/gu, 'メガバイト'],
];
const UNIT_SYMBOLS: readonly (readonly [string, string])[] = [
  ['㎡', '平方メートル'],
  ['㎥', '立方メートル'],
  ['㎢', '平方キロメートル'],
  ['㎞', 'キロメートル'],
  ['㎝', 'センチメートル'],
  ['㎜', 'ミリメートル'],
  ['㎏', 'キログラム'],
  ['℃', '度'],
  ['%', 'パーセント'],
];

/** Digits beyond this are no quantity that anybody says; they are read one by one. */
const MAX_QUANTITY_DIGITS = 16;

/** Group commas go, units become words, a minus sign is said. Open JTalk reads the plain figures right. */
export function speakNumbers(text: string): string {
  let spoken = text.replace(/(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])/gu, (figure) =>
    figure.replaceAll(',', ''),
  );
  for (const [symbol, word] of UNIT_SYMBOLS) spoken = spoken.replaceAll(symbol, word);
  for (const [unit, word] of UNITS) {
    spoken = spoken.replace(new RegExp(`(?<=\\d)${unit.source}`, unit.flags), word);
  }
  return spoken.replace(/(?<![\dA-Za-z\p{L}-])-(?=\d)/gu, 'マイナス');
}

/** A number value (12800, 1,234.5, -3) as figures that are read as a quantity, or undefined. */
export function readNumber(value: string): string | undefined {
  const match = /^(-?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?$/u.exec(value);
  if (match === null) return undefined;
  const whole = (match[2] ?? '').replaceAll(',', '').replace(/^0+(?=\d)/u, '');
  if (whole.length > MAX_QUANTITY_DIGITS) return undefined;
  return `${match[1] === '-' ? 'マイナス' : ''}${whole}${match[3] ?? ''}`;
}
