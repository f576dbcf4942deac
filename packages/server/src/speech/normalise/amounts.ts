import { readNumber, speakNumbers } from './numbers.ts';

const YEN_BEFORE = /[¥\\]\s?(-?\d[\d,]*(?:\.\d+)?(?:[万億兆]\d*)*)(?:円|-)?/gu;

/** `¥3,600` and `¥3,600-` become `3600円`. */
export function speakAmounts(text: string): string {
  return text.replace(YEN_BEFORE, (_, figure: string) => `${figure}円`).replace(/(?<=円)-(?![\d])/gu, '');
}

/** An amount of yen (12800, 12,800円, ¥12,800, -500) in words, or undefined. */
export function readAmount(value: string): string | undefined {
  const figure = value.replace(/^¥/u, '').replace(/円$|-$/u, '');
  if (/[万億兆]/u.test(figure) && /^-?[\d,万億兆]+$/u.test(figure)) return `${speakNumbers(figure)}円`;
  const read = readNumber(figure);
  return read === undefined ? undefined : `${read}円`;
}
