import type { SmppSettings } from './settings.ts';

export type SmppAddress = { readonly ton: number; readonly npi: number; readonly digits: string };

/**
 * A national number in the form that the gateway wants (SMPP 3.4, 5.2.5 TON, 5.2.6 NPI).
 * @returns null where `national` is no Japanese number of 10 or 11 digits.
 */
export function toSmppAddress(national: string, format: SmppSettings['numberFormat']): SmppAddress | null {
  if (!/^0\d{9,10}$/.test(national)) return null;
  return format === 'international'
    ? { ton: 1, npi: 1, digits: `81${national.slice(1)}` }
    : { ton: 2, npi: 1, digits: national };
}

/** The way back, for receipts. Accepts both forms whatever the TON says: gateways are careless there. */
export function fromSmppAddress(digits: string): string | null {
  const international = /^\+?81([1-9]\d{8,9})$/.exec(digits);
  if (international?.[1] !== undefined) return `0${international[1]}`;
  return /^0\d{9,10}$/.test(digits) ? digits : null;
}
