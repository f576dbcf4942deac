import { parsePhoneNumberFromString } from 'libphonenumber-js';

/**
 * A number in national digits as staff read it ('0725-00-1001'). The library only knows how to place hyphens here; numbers it cannot
 * place are grouped by length, and short ones (110, 188) stay whole.
 */
export function showNumber(digits: string): string {
  const known = parsePhoneNumberFromString(digits, 'JP');
  if (known?.isPossible()) {
    const shown = known.formatNational();
    if (shown.includes('-')) return shown;
  }
  const [, head, middle, tail] = /^(0\d{2})(\d{3,4})(\d{4})$/.exec(digits) ?? [];
  if (head !== undefined && middle !== undefined && tail !== undefined) return `${head}-${middle}-${tail}`;
  if (digits.length <= 6) return digits;
  return digits.replace(/\B(?=(\d{4})+$)/g, '-');
}

/** The caller as staff read it; in place of a missing number, why it is missing. */
export function showCaller(callerNumber: string | null, callerKind: string): string {
  if (callerNumber !== null) return showNumber(callerNumber);
  if (callerKind === 'withheld') return '非通知';
  if (callerKind === 'payphone') return '公衆電話';
  if (callerKind === 'unavailable') return '表示圏外';
  if (callerKind === 'otherService') return '番号不明（他のサービス）';
  return '番号不明';
}
