import type { Offer } from './offer.ts';

/** An INVITE that so few further hops may carry has been sent around (RFC 3261 8.1.1.6 begins with 70). */
const LEAST_HOPS_LEFT = 5;
/** Nobody's telephone forwards through so many others. */
const MOST_FORWARDINGS = 5;

/** What we are dialling at this moment. */
export type Dialling = {
  /** National digits that are being dialled. */
  readonly to: string;
  /** The number of ours that is shown there; null where it is the caller's. */
  readonly presented: string | null;
};

/**
 * Whether a call is one of our own that comes back: a staff telephone forwards to a number that we answer, which would be transferred to
 * that telephone again, until no line is left. Goes by Diversion (RFC 5806), History-Info (RFC 7044) and Max-Forwards.
 */
export function isLoop(offer: Offer, dialling: readonly Dialling[]): boolean {
  const { diversion, historyInfo, requestUri } = offer.called;
  // The last entry of the history is where the call was sent now.
  const forwardedBy = [...diversion, ...historyInfo.slice(0, -1)];
  if (offer.hopsLeft !== null && offer.hopsLeft <= LEAST_HOPS_LEFT) return true;
  if (diversion.length >= MOST_FORWARDINGS || historyInfo.length > MOST_FORWARDINGS) return true;
  if (forwardedBy.some((number) => requestUri.includes(number))) return true;
  return dialling.some(
    (leg) =>
      forwardedBy.includes(leg.to) ||
      // A carrier that drops both headers: a call from the very number that we show to a telephone that is ringing.
      (offer.callerNumber !== null && offer.callerNumber === leg.presented),
  );
}
