import type { SmsTerms } from '@madoguchi/server/contract';
import { smsPartCount } from './sms-parts.ts';

type GatewayTerms = SmsTerms['gateways'][number];

/** What one text comes to before it is sent. Prices are yen as decimal digits; null where no price is known. */
export type SmsCharge = {
  readonly parts: number;
  /** At the preferred gateway. */
  readonly yen: string | null;
  /** At the dearest gateway, where that is more: another one takes the text when the preferred one is away. */
  readonly mostYen: string | null;
};

/** @param terms null while they are not known: parts are counted as with the usual header */
export function smsCharge(text: string, terms: SmsTerms | null): SmsCharge {
  const [preferred, ...others] = terms?.gateways ?? [];
  if (preferred === undefined || text === '') return { parts: smsPartCount(text), yen: null, mostYen: null };
  const yen = priceAt(preferred, text);
  const dearest = others
    .map((gateway) => priceAt(gateway, text))
    .filter((price) => price !== null)
    .toSorted((a, b) => Number(b) - Number(a))[0];
  const isDearer = dearest !== undefined && yen !== null && Number(dearest) > Number(yen);
  return {
    parts: smsPartCount(text, preferred.partUnits),
    yen,
    mostYen: isDearer ? dearest : null,
  };
}

/** '26.40' as '26.4円', '1200' as '1,200円'. */
export function yenShown(yen: string): string {
  const [whole = '0', fraction = ''] = yen.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const kept = fraction.replace(/0+$/, '');
  return kept === '' ? `${grouped}円` : `${grouped}.${kept}円`;
}

/** The first band that holds the text. */
function priceAt({ partUnits, price }: GatewayTerms, text: string): string | null {
  const parts = smsPartCount(text, partUnits);
  const band = price.find(
    ({ uptoChars, uptoParts }) =>
      (uptoChars !== null && text.length <= uptoChars) || (uptoParts !== null && parts <= uptoParts),
  );
  return band?.yen ?? null;
}
