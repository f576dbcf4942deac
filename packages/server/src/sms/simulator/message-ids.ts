import { randomInt } from 'node:crypto';
import type { Behaviour } from './behaviour.ts';

/** Ids of taken submits, as the answer and as the receipt spell them. A centre started anew gives others than before. */
export class MessageIds {
  #last = randomInt(0x1000_0000, 0x7000_0000);

  next(form: Behaviour['messageIdForm']): { readonly answered: string; readonly inReceipt: string } {
    this.#last += 1;
    const hexadecimal = this.#last.toString(16).toUpperCase();
    const decimal = String(this.#last).padStart(12, '0');
    switch (form) {
      case 'hexadecimal':
        return { answered: hexadecimal, inReceipt: decimal };
      case 'decimal':
        return { answered: decimal, inReceipt: hexadecimal };
      case 'word': {
        const word = `${hexadecimal}_$`;
        return { answered: word, inReceipt: word };
      }
    }
  }
}
