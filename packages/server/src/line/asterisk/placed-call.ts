import type { PlacedCallFailure, PlacedCallOrder } from '../port.ts';
import type { Dialling } from './loop.ts';
import { classifyTransferFailure } from './transfer-failure.ts';

/**
 * A call that the city places: `ringingStaff` → `tellingStaff` → `ringingCitizen` → `bridging` → `talking`. Where the citizen cannot be had:
 * → `sayingWhy`, which staff hear. It is known until none of its legs is left, so that their lines count as taken.
 */
export type PlacedCallState =
  | 'ringingStaff'
  | 'tellingStaff'
  | 'ringingCitizen'
  | 'bridging'
  | 'talking'
  | 'sayingWhy';

export type Side = 'staff' | 'citizen';

export type PlacedCall = {
  readonly id: string;
  /** Null where an earlier life of this process gave it: then there is nothing left to do but to talk. */
  readonly order: PlacedCallOrder | null;
  readonly trunkId: string | null;
  state: PlacedCallState;
  /** Whether the telephone that was dialled last has rung. */
  rang: boolean;
  /** The one who listens has been told its end. */
  settled: boolean;
  /** Legs that may exist at the engine. */
  readonly legs: Set<Side>;
};

const CHANNEL_ID = /^out-([0-9a-f-]{36})-([ab])$/;
const BRIDGE_ID = /^out-([0-9a-f-]{36})$/;

/** Without a point in it, so that it is never taken for a leg of a received call (`readLegId`). */
export function placedChannelId(id: string, side: Side): string {
  return `out-${id}-${side === 'staff' ? 'a' : 'b'}`;
}

/** Also the id of its one announcement at a time. */
export function placedBridgeId(id: string): string {
  return `out-${id}`;
}

/** The placed call and the side that a channel id names, null where it is no such channel's. */
export function readPlacedChannelId(channelId: string): { readonly id: string; readonly side: Side } | null {
  const match = CHANNEL_ID.exec(channelId);
  if (match?.[1] === undefined) return null;
  return { id: match[1], side: match[2] === 'a' ? 'staff' : 'citizen' };
}

/** The placed call that a bridge or playback id names, null where it is none's. */
export function readPlacedBridgeId(bridgeId: string): string | null {
  return BRIDGE_ID.exec(bridgeId)?.[1] ?? null;
}

/** Why a telephone could not be had. */
export function placedFailure(
  side: Side,
  leg: { readonly sipCode: number | null; readonly q850Cause: number | null; readonly rang: boolean },
): PlacedCallFailure {
  const reason = classifyTransferFailure(leg);
  if (reason === 'busy') return side === 'staff' ? 'staffBusy' : 'citizenBusy';
  if (reason === 'unanswered') return side === 'staff' ? 'staffUnanswered' : 'citizenUnanswered';
  return side === 'staff' ? 'staffFailed' : 'citizenFailed';
}

/** What is being dialled for it. */
export function diallingOf({ order, state }: PlacedCall): readonly Dialling[] {
  if (order === null) return [];
  const { staff, citizen, calledNumber } = order;
  if (state === 'ringingStaff') return [{ to: staff, presented: calledNumber }];
  return state === 'ringingCitizen' ? [{ to: citizen, presented: calledNumber }] : [];
}
