import type { CallerKind } from './event.ts';

/** What a national number is, by 総務省's numbering plan (電気通信番号計画). */
export type NumberKind =
  /** 携帯電話 060/070/080/090. */
  | 'mobile'
  /** 固定電話 0AB–J. */
  | 'landline'
  /** IP電話 050. */
  | 'ipPhone'
  /** 着信課金 0120/0800. */
  | 'tollFree'
  /** 統一番号 0570. */
  | 'unified'
  /** 情報料代理徴収 0990. */
  | 'premium'
  /** M2M等 020 (no telephone answers there). */
  | 'machine'
  /** 1XY services (110, 119, 117, 188 …) and recorded information (0180). */
  | 'special'
  /** Not a number of the plan. */
  | 'invalid';

/**
 * Each rule: digits that the number begins with, its whole length, its kind. The first that begins so decides, by its length too.
 * Source: 電気通信番号計画 (令和元年総務省告示第6号) 別表; 総務省「電話番号に関するQ&A」 Q1 (what 00, 0A0, 0AB0, 0ABC and 1 begin). A mobile number has no
 * 0 after its first three digits (0800 is 着信課金); 060 was opened to mobile telephones in 2024. No area code has 0 in its third place, nor
 * 1 but for 011, 03-1 and 06-1 (0910 joins private networks). With 0 in its fourth place a number belongs to a service, unless its four
 * digits are one of the area codes named here, or it begins with the short ones 03 and 06.
 */
const RULES: readonly { readonly begin: RegExp; readonly length: number; readonly kind: NumberKind }[] = [
  { begin: /^1/, length: 3, kind: 'special' },
  { begin: /^0120/, length: 10, kind: 'tollFree' },
  { begin: /^0800/, length: 11, kind: 'tollFree' },
  { begin: /^0570/, length: 10, kind: 'unified' },
  { begin: /^0990/, length: 10, kind: 'premium' },
  { begin: /^01[1-9]0/, length: 10, kind: 'special' },
  { begin: /^0200/, length: 14, kind: 'machine' },
  { begin: /^020/, length: 11, kind: 'machine' },
  { begin: /^050/, length: 11, kind: 'ipPhone' },
  { begin: /^0[6789]0[1-9]/, length: 11, kind: 'mobile' },
  { begin: /^0(?:2[245678]|4[678]|55|7[479]|8[28]|9[23458])0/, length: 10, kind: 'landline' },
  { begin: /^0(?:[36][1-9]|1[1-9][1-9]|[245789][2-9][1-9])/, length: 10, kind: 'landline' },
];

/** Numbers that nobody has: the city's 0725-00-xxxx, citizens' 0265-00-xxxx and 090-0000-xxxx. Examples and tests use no others. */
const TEST_LANDLINES = /^(0725|0265)00\d{4}$/;
const TEST_MOBILES = /^0900000\d{4}$/;

/** Kind of a number given in national digits ('0725001001', no hyphens). */
export function kindOfNumber(nationalDigits: string): NumberKind {
  if (!/^\d+$/.test(nationalDigits)) return 'invalid';
  if (TEST_MOBILES.test(nationalDigits)) return 'mobile';
  const rule = RULES.find((each) => each.begin.test(nationalDigits));
  return rule?.length === nationalDigits.length ? rule.kind : 'invalid';
}

/** A kind of number that may be dialled. */
export type DialableKind = Extract<NumberKind, 'mobile' | 'landline' | 'ipPhone' | 'tollFree'>;

/**
 * Why a number is not dialled. `notDigits`: something else than digits, as # and *; `callerIdPrefix`: 184 or 186 before a number;
 * `special`: emergency and other services of the 1XY kind, recorded information; `international`: 010; `carrierPrefix`: 00XY and the
 * like; `charged`: 0570, 0990; `machine`: 020; `tollFree`: not wished; `invalid`: not a number of the plan.
 */
export type DialRefusal =
  | 'notDigits'
  | 'callerIdPrefix'
  | 'special'
  | 'international'
  | 'carrierPrefix'
  | 'charged'
  | 'machine'
  | 'tollFree'
  | 'invalid';

export type DialDecision =
  | { readonly allowed: true; readonly kind: DialableKind }
  | { readonly allowed: false; readonly reason: DialRefusal };

/**
 * Whether this system may place a call to a number. An allow-list: whole numbers of landlines, 050 and mobile telephones, and those that the
 * called party pays (0120, 0800) where `tollFree`. Nothing else is ever dialled, whoever asks: staff, a caller's keys, a list.
 * @param digits national digits ('0725001001', no hyphens)
 */
export function mayDial(digits: string, { tollFree }: { readonly tollFree: boolean }): DialDecision {
  const kind = kindOfNumber(digits);
  switch (kind) {
    case 'mobile':
    case 'landline':
    case 'ipPhone':
      return { allowed: true, kind };
    case 'tollFree':
      return tollFree ? { allowed: true, kind } : { allowed: false, reason: 'tollFree' };
    case 'unified':
    case 'premium':
      return { allowed: false, reason: 'charged' };
    case 'machine':
    case 'special':
      return { allowed: false, reason: kind };
    case 'invalid':
      return { allowed: false, reason: refusalOf(digits) };
  }
}

function refusalOf(digits: string): DialRefusal {
  if (!/^\d+$/.test(digits)) return 'notDigits';
  if (/^18[46]/.test(digits)) return 'callerIdPrefix';
  if (digits.startsWith('1')) return 'special';
  if (digits.startsWith('010')) return 'international';
  return digits.startsWith('00') ? 'carrierPrefix' : 'invalid';
}

/** Whether the number is one of those kept for examples and tests. */
export function isTestNumber(nationalDigits: string): boolean {
  return TEST_LANDLINES.test(nationalDigits) || TEST_MOBILES.test(nationalDigits);
}

/** National digits of a number as staff write it ('０７２５－００－１００１', '+81 725-00-1001'), or null where it is none. */
export function nationalDigits(written: string): string | null {
  const plain = written.normalize('NFKC').replace(/[\s()\-‐‑‒–—−ー]/g, '');
  const national = plain.startsWith('+81') ? `0${plain.slice(3).replace(/^0/, '')}` : plain;
  return /^\d{3,14}$/.test(national) ? national : null;
}

/** Kind of a caller, from his national digits or from what the network says of their absence. */
export function callerKindOf(
  callerNumber: string | null,
  withheldReason: 'withheld' | 'payphone' | 'unavailable' | 'otherService' | null,
): CallerKind {
  if (callerNumber === null) return withheldReason ?? 'withheld';
  const kind = kindOfNumber(callerNumber);
  return kind === 'mobile' || kind === 'landline' || kind === 'ipPhone' || kind === 'tollFree'
    ? kind
    : 'other';
}
