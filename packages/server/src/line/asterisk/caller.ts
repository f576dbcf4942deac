import type { SurvivingCall } from '../port.ts';

export type Caller = Pick<SurvivingCall, 'callerNumber' | 'withheldReason'>;

/**
 * National digits of a SIP user part, null where it holds no number. `+81` is Japan; another country's number is
 * written as it is dialled from Japan (010 …).
 */
export function nationalDigits(user: string): string | null {
  const plain = user.replace(/[-.()\s]/g, '');
  const international = /^\+([1-9][0-9]{3,17})$/.exec(plain)?.[1];
  if (international !== undefined) {
    return international.startsWith('81') ? `0${international.slice(2)}` : `010${international}`;
  }
  return /^[0-9]{2,20}$/.test(plain) ? plain : null;
}

/**
 * Who calls, from what Asterisk made of From, P-Asserted-Identity and Privacy (RFC 3323, RFC 3325). Carriers say in the
 * display name why a number is missing: 'Anonymous', 'Coin line/payphone', 'Unavailable'.
 *
 * @param presentation `CALLERID(num-pres)`, e.g. `allowed_not_screened`, `prohib`, `unavailable`
 */
export function readCaller(number: string, name: string, presentation: string): Caller {
  if (/coin|payphone/i.test(name)) return { callerNumber: null, withheldReason: 'payphone' };
  if (/^prohib/.test(presentation) || /^anonymous$/i.test(number) || /^anonymous$/i.test(name)) {
    return { callerNumber: null, withheldReason: 'withheld' };
  }
  const digits = nationalDigits(number);
  return { callerNumber: digits, withheldReason: digits === null ? 'unavailable' : null };
}
