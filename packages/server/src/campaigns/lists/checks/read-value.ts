import { nationalDigits, type ReadAs } from '@madoguchi/flow';
import { japaneseDate } from './japanese-date.ts';

const AMOUNT = /^[¥\\]?(\d{1,3}(?:,\d{3})+|\d+)円?$/;
const NUMBER = /^(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$/;
const TIME = /^(\d{1,2})(?::|時)(\d{2})分?$/;
/** More is no amount of a single demand. */
const AMOUNT_MAX_DIGITS = 12;
const TEXT_LONGEST = 200;

/** A value as the flow keeps it ('2026-01-31', '12000', '09:05', text); null where the cell is not readable as what it is to be. */
export function readValue(cell: string, readAs: ReadAs): string | null {
  const plain = cell.normalize('NFKC').replace(/\s/g, '');
  switch (readAs) {
    case 'date':
      return japaneseDate(cell);
    case 'amount':
      return amountOf(plain);
    case 'number': {
      const figure = NUMBER.exec(plain);
      return figure === null ? null : `${digitsOf(figure[1] ?? '')}${figure[2] ?? ''}`;
    }
    case 'digits':
      return /^[\d-]{1,40}$/.test(plain) ? plain : null;
    case 'telephone':
      return nationalDigits(cell);
    case 'time': {
      const time = TIME.exec(plain);
      if (time === null || Number(time[1]) > 23 || Number(time[2]) > 59) return null;
      return `${(time[1] ?? '').padStart(2, '0')}:${time[2]}`;
    }
    case 'text': {
      // Never normalised: 外字 and variants of characters stay as they are.
      const text = cell.replace(/[\s\p{Cc}]+/gu, ' ').trim();
      return text.length > TEXT_LONGEST ? null : text;
    }
  }
}

function amountOf(plain: string): string | null {
  const amount = digitsOf(AMOUNT.exec(plain)?.[1] ?? '');
  return amount === '' || amount.length > AMOUNT_MAX_DIGITS ? null : amount;
}

function digitsOf(figure: string): string {
  return figure.replaceAll(',', '').replace(/^0+(?=\d)/, '');
}
