import type { SurvivingCall } from '../port.ts';
import type { NameAddress } from './name-address.ts';

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
  // Carriers that write 81 without the plus: no number of Japan's own plan has 11 or 12 digits and begins so.
  if (/^81[1-9][0-9]{8,9}$/.test(plain)) return `0${plain.slice(2)}`;
  return /^[0-9]{2,20}$/.test(plain) ? plain : null;
}

/**
 * Display names by which Japanese carriers say why there is no number (TTC JJ-90.24; NTT 技術参考資料 of ひかり電話): by wish of the
 * caller, from a public telephone, from where no number can be told, and because another service of the network is in the way.
 */
const REASONS: readonly { readonly name: RegExp; readonly reason: NonNullable<Caller['withheldReason']> }[] =
  [
    { name: /^(coin line(\/payphone)?|payphone)$/i, reason: 'payphone' },
    { name: /^interaction with other service$/i, reason: 'otherService' },
    { name: /^unavailable$/i, reason: 'unavailable' },
    { name: /^anonymous$/i, reason: 'withheld' },
  ];

/**
 * Who calls, from the raw From, P-Asserted-Identity (RFC 3325) and Privacy (RFC 3323). What the caller marked private is not looked at:
 * it can be neither shown nor stored nor matched by mistake.
 *
 * @param said.presentation `CALLERID(num-pres)` of the engine, e.g. `allowed_not_screened`, `prohib`, `unavailable`
 */
export function readCaller(said: {
  readonly from: NameAddress;
  readonly asserted: readonly NameAddress[];
  readonly privacy: string;
  readonly presentation: string;
}): Caller {
  const { from, asserted, privacy, presentation } = said;
  const named = REASONS.find(({ name }) => name.test(from.display.trim()))?.reason;
  const isPrivate =
    /^anonymous$/i.test(from.user) ||
    from.host === 'anonymous.invalid' ||
    /\b(id|user|header|session)\b/i.test(privacy) ||
    presentation.startsWith('prohib');
  if (named !== undefined || isPrivate) return { callerNumber: null, withheldReason: named ?? 'withheld' };
  const numbers = [...asserted, from].map(({ user }) => nationalDigits(user));
  const callerNumber = numbers.find((digits) => digits !== null) ?? null;
  return { callerNumber, withheldReason: callerNumber === null ? 'unavailable' : null };
}
