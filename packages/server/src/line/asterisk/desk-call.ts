import type { DeskCallFailure, DeskCallOrder } from '../port.ts';
import { classifyTransferFailure } from './transfer-failure.ts';

/**
 * A call to a clerk's own telephone: `ringing` → `listening` → `ending`, or `ringing` → `introducing` → `recording` → `reviewing` →
 * `ending`, from `reviewing` back to `introducing` where the clerk wants it again. It is known until its channel is gone.
 */
export type DeskCallState = 'ringing' | 'listening' | 'introducing' | 'recording' | 'reviewing' | 'ending';

export type DeskCall = {
  readonly order: DeskCallOrder;
  readonly trunkId: string;
  state: DeskCallState;
  rang: boolean;
  /** The clerk has hung up: what ends now was cut off by it. */
  leaving: boolean;
  /** The one who listens has been told its end. */
  settled: boolean;
  /** Something lies there that may be kept. */
  hasRecording: boolean;
  /** How often the review was played without an answer. */
  reviews: number;
  /** Counts what is played to it: an end that is told late is of none that counts. */
  playback: number;
};

/** Without a point in it, so that it is never taken for a leg of a received call (`readLegId`). */
const CHANNEL_ID = /^desk-([0-9a-f-]{36})$/;
const PLAYBACK_ID = /^desk-([0-9a-f-]{36})-(\d+)$/;

/** Of its channel. */
export function deskChannelId(id: string): string {
  return `desk-${id}`;
}

export function readDeskChannelId(channelId: string): string | null {
  return CHANNEL_ID.exec(channelId)?.[1] ?? null;
}

export function deskPlaybackId({ order, playback }: DeskCall): string {
  return `desk-${order.id}-${playback}`;
}

export function readDeskPlaybackId(
  playbackId: string,
): { readonly id: string; readonly playback: number } | null {
  const match = PLAYBACK_ID.exec(playbackId);
  return match?.[1] === undefined ? null : { id: match[1], playback: Number(match[2]) };
}

/** Why the telephone could not be had. */
export function deskFailure(leg: {
  readonly sipCode: number | null;
  readonly q850Cause: number | null;
  readonly rang: boolean;
}): DeskCallFailure {
  const reason = classifyTransferFailure(leg);
  return reason === 'busy' || reason === 'unanswered' ? reason : 'notReached';
}
