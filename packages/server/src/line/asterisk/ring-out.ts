import { dialString, formatNumber, type Trunk } from '@madoguchi/telephony/trunk';
import type { Ari } from './ari.ts';
import { AriError, isUnanswered } from './ari-error.ts';
import { AriChannelSchema } from './ari-events.ts';
import { presentedBy } from './leg-route.ts';

/** What came of the order to dial. Nothing rings where `mayRing` is false; where it is true its events tell, or the take-over. */
export type RungOut = { readonly mayRing: boolean; readonly sipCallId: string | null };

/** Dials a telephone for a call that the city places. Nobody's caller number stands behind it: the public number is shown. */
export async function ringOut(
  ari: Ari,
  order: {
    readonly channelId: string;
    readonly application: string;
    /** By which the channel is known again, also by a later life of this process. */
    readonly appArgs: string;
    readonly trunk: Trunk;
    /** National digits. */
    readonly to: string;
    readonly calledNumber: string;
    readonly ringTimeoutMs: number;
  },
): Promise<RungOut> {
  const { channelId, application, appArgs, trunk, to, calledNumber, ringTimeoutMs } = order;
  try {
    const reply = await ari.request('POST', `channels/${channelId}`, {
      endpoint: dialString(trunk, to, calledNumber),
      app: application,
      appArgs,
      callerId: formatNumber(presentedBy(trunk, calledNumber, null), trunk.numberFormat),
      timeout: String(Math.ceil(ringTimeoutMs / 1000)),
    });
    return { mayRing: true, sipCallId: sipCallIdOf(reply) };
  } catch (error) {
    if (!(error instanceof AriError)) throw error;
    // 409: this very channel was dialled before. Without an answer it may be dialled all the same.
    const mayRing = (isUnanswered(error) && error.sent) || error.status === 409;
    return { mayRing, sipCallId: null };
  }
}

/** It rings, whatever the reply looks like. */
function sipCallIdOf(reply: string): string | null {
  try {
    return AriChannelSchema.parse(JSON.parse(reply)).protocol_id || null;
  } catch {
    return null;
  }
}
