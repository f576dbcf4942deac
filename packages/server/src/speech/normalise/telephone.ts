import { AsYouType } from 'libphonenumber-js';
import { readDigitGroups, readDigits } from './digits.ts';

const GROUPED = /(?<![\d-])(0\d{1,4})[-( ](\d{1,4})[-) ](\d{3,4})(?![\d-])/gu;
const UNGROUPED = /(?<![\d.,-])0\d{9,10}(?![\d.,-])/gu;
const INTERNATIONAL = /(?<!\d)\+81[- ]?(\d{1,4})-(\d{1,4})-(\d{3,4})(?![\d-])/gu;
const EXTENSION = /(内線(?:番号)?(?:は|:)?)(\d{2,6})(?!\d)/gu;
const SHORT_CODE = /#(\d{4})(?!\d)/gu;
const POSTAL_CODE = /〒?(?<![\d-])(\d{3})-(\d{4})(?![\d-])/gu;

/** Reads national digits in the groups in which the number is written (0725008128 → 0725, 00, 8128). */
export function readTelephoneNumber(nationalDigits: string): string {
  const digits = nationalDigits.replace(/[^\d*#]/gu, '');
  const written = /^0\d+-\d+-\d+$/u.test(nationalDigits) ? nationalDigits : new AsYouType('JP').input(digits);
  return readDigitGroups(written.split(/[^\d*#]+/u).filter((group) => group !== ''));
}

/** Telephone numbers, extensions, short codes (#7119) and postal codes in a text become spoken digits. */
export function speakTelephoneNumbers(text: string): string {
  return text
    .replace(INTERNATIONAL, (_, area: string, exchange: string, line: string) =>
      readDigitGroups([`0${area}`, exchange, line]),
    )
    .replace(GROUPED, (_, area: string, exchange: string, line: string) =>
      readDigitGroups([area, exchange, line]),
    )
    .replace(UNGROUPED, (digits) => readTelephoneNumber(digits))
    .replace(EXTENSION, (_, word: string, digits: string) => `${word}、${readDigits(digits)}`)
    .replace(SHORT_CODE, (_, digits: string) => `シャープ${readDigits(digits)}`)
    .replace(POSTAL_CODE, (whole, area: string, town: string) => {
      // Three and four digits without the mark could be a range or a house number as well.
      return whole.startsWith('〒') ? `郵便番号、${readDigitGroups([area, town])}` : whole;
    });
}
