import type { ReadAs } from '@madoguchi/flow';
import { speakAddresses } from './addresses.ts';
import { readAmount, speakAmounts } from './amounts.ts';
import { speakContextWords } from './context-words.ts';
import { readDate, speakDates } from './dates.ts';
import { readDigitGroups } from './digits.ts';
import { speakNetworkAddresses } from './latin.ts';
import { readNumber, speakNumbers } from './numbers.ts';
import { speakSymbols, tidyPauses } from './symbols.ts';
import { readTelephoneNumber, speakTelephoneNumbers } from './telephone.ts';
import { readTime, speakTimes } from './times.ts';
import { standardKanji } from './variant-kanji.ts';
import { settleBlanks, unifyWidth } from './width.ts';

/**
 * Raised whenever a rule changes what is read: part of the key under which sounds are kept, so that a mended reading is
 * heard after an upgrade.
 */
export const NORMALISER_VERSION = 2;

/**
 * Writes a text so that Open JTalk reads it as a Japanese speaker would: dates, 和暦, amounts, times, telephone numbers,
 * addresses, symbols and variant kanji in words that its dictionary knows. Full stops, question marks and line feeds
 * stay for `splitSentences`. The order matters: what looks most special is spoken first.
 */
export function normaliseText(text: string): string {
  const plain = settleBlanks(unifyWidth(text));
  const numbersSpoken = [
    speakNetworkAddresses,
    speakTelephoneNumbers,
    speakDates,
    speakTimes,
    speakAmounts,
    speakNumbers,
    speakAddresses,
    speakContextWords,
  ].reduce((spoken, rule) => rule(spoken), plain);
  return tidyPauses(speakSymbols(standardKanji(numbersSpoken)));
}

/** Writes a value by its `readAs` rule; what does not fit the rule is read as text. */
export function normaliseValue(value: string, readAs: ReadAs): string {
  const plain = unifyWidth(value).trim();
  switch (readAs) {
    case 'text':
      return normaliseText(value);
    case 'digits':
      return (
        readDigitGroups(plain.split(/[^\d*#]+/u).filter((group) => group !== '')) || normaliseText(value)
      );
    case 'telephone':
      return /\d/u.test(plain) ? readTelephoneNumber(plain) : normaliseText(value);
    case 'date':
      return normaliseText(readDate(plain) ?? value);
    case 'time':
      return normaliseText(readTime(plain) ?? value);
    case 'amount':
      return readAmount(plain) ?? normaliseText(value);
    case 'number':
      return readNumber(plain) ?? normaliseText(value);
  }
}

/** A dictionary entry's surface as it looks after normalising, so that it meets what the synthesiser is given. */
export function normaliseSurface(surface: string): string {
  return standardKanji(unifyWidth(surface));
}
