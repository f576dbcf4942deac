import type { CampaignSettings } from '../settings.ts';
import type { Rate } from './rate.ts';

type CallRate = Pick<Rate, 'unitSeconds' | 'unitSen' | 'feeSen' | 'taxPercent' | 'rounding'>;

/**
 * What a call costs, in sen with tax. Each begun unit counts, also of a call of no length.
 * @param talkMs from the answer to the end; null: not answered, which is free
 */
export function costOfCall(rate: CallRate, talkMs: number | null): number {
  if (talkMs === null) return 0;
  const units = Math.max(1, Math.ceil(talkMs / (rate.unitSeconds * 1000)));
  return withTax(rate, units * rate.unitSen + rate.feeSen);
}

/** A text as its gateway cuts and prices it. */
export type TextCharge = {
  readonly parts: number;
  /** Decimal digits, without tax; null where the gateway names no price. */
  readonly costYen: string | null;
};

/** What a text costs, in sen with tax. */
export function costOfText(rate: CallRate, { parts, costYen }: TextCharge): number {
  return withTax(rate, costYen === null ? parts * rate.feeSen : Math.ceil(senOf(costYen)));
}

/** The most that a text can cost, whichever gateway takes it. @param charges one for each gateway, at least one */
export function worstCaseOfText(rate: CallRate, charges: readonly TextCharge[]): number {
  return Math.max(...charges.map((charge) => costOfText(rate, charge)));
}

/** The most that a call to a destination can cost, since it is ended after `longestCallMinutes`. */
export function worstCaseOfCall(
  settings: Pick<CampaignSettings, 'longestCallMinutes'>,
  rate: CallRate,
): number {
  // a second for the way of our hanging up
  return costOfCall(rate, settings.longestCallMinutes * 60_000 + 1000);
}

function withTax({ taxPercent, rounding }: CallRate, sen: number): number {
  // in ten-thousandths of a sen: 10.25 % is whole there
  const exact = (sen * Math.round(10_000 + taxPercent * 100)) / 10_000;
  switch (rounding) {
    case 'sen':
      return Math.ceil(exact);
    case 'yenDown':
      return Math.floor(exact / 100) * 100;
    case 'yenNearest':
      return Math.round(exact / 100) * 100;
    case 'yenUp':
      return Math.ceil(exact / 100) * 100;
  }
}

/** @param yen decimal digits with up to four after the point */
function senOf(yen: string): number {
  const [whole = '0', fraction = ''] = yen.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(4, '0')) / 100;
}
