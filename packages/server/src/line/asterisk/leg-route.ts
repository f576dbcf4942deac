import { mayDial } from '@madoguchi/flow';
import { dialString, formatNumber, type Trunk } from '@madoguchi/telephony/trunk';
import type { Call } from './call.ts';
import type { Trunks } from './trunks.ts';

/** How a leg goes out. */
export type Route = {
  readonly trunkId: string;
  /** As Asterisk is told to dial. */
  readonly endpoint: string;
  /** National digits that the telephone shows; null: what the trunk shows by itself. */
  readonly presented: string | null;
  /** The same as the trunk writes it. */
  readonly callerId: string | null;
};

/**
 * The way to a number, or why there is none. The last fence before anything is dialled: what may not be is not, whatever a published flow, a
 * caller's keys or a list said.
 *
 * @param calledNumber public number for which the leg is placed; undefined: the likeliest one of the offer
 * @param wanted what the telephone is to show, in place of what the trunk says: `called`, `caller` or national digits
 */
export function routeTo(
  to: string,
  trunks: Trunks,
  call: Call,
  calledNumber: string | undefined,
  wanted?: string,
): Route | 'noLine' | 'notDialable' {
  const decision = mayDial(to, { tollFree: true });
  if (!decision.allowed) return 'notDialable';
  const placedFor = calledNumber ?? trunks.calledNumbers(call)[0] ?? null;
  const trunk = trunks.forLeg(call, { calledNumber: placedFor, tollFree: decision.kind === 'tollFree' });
  if (trunk === 'noLine' || trunk === 'notDialable') return trunk;
  const shown = { presentedNumber: wanted ?? trunk.presentedNumber };
  const presented = presentedBy(shown, placedFor, call.offer.callerNumber);
  return {
    trunkId: trunk.id,
    endpoint: dialString(trunk, to, placedFor),
    presented,
    callerId: presented === null ? null : formatNumber(presented, trunk.numberFormat),
  };
}

/**
 * National digits that a telephone rung by this trunk shows. A withheld caller stays withheld: it shows the called number then.
 *
 * @param callerNumber null where it is withheld, or where nobody has called
 */
export function presentedBy<Called extends string | null>(
  trunk: Pick<Trunk, 'presentedNumber'>,
  calledNumber: Called,
  callerNumber: string | null,
): string | Called {
  switch (trunk.presentedNumber) {
    case 'called':
      return calledNumber;
    case 'caller':
      return callerNumber ?? calledNumber;
    default:
      return trunk.presentedNumber;
  }
}
