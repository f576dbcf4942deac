import type { Key } from '../event.ts';

/** Keys as staff call them, in quotation marks: 「1」「シャープ（#）」. */
export function keyNames(keys: readonly Key[]): string {
  return keys.map((key) => `「${key === '#' ? 'シャープ（#）' : key === '*' ? '米印（*）' : key}」`).join('');
}
