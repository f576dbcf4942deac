import type { CallSummary } from '@madoguchi/server/contract';

/**
 * How the stream stands. `connecting` → `live` (first snapshot) → `reconnecting` (connection lost; what is shown grows old) →
 * `live` (snapshot of the new connection). `connecting` → `reconnecting` where the first connection fails.
 */
export type LinkState = 'connecting' | 'live' | 'reconnecting';

export type LiveState = {
  readonly link: LinkState;
  readonly calls: ReadonlyMap<string, CallSummary>;
  /** Server's time of the last news; null before the first. */
  readonly newsAt: string | null;
  /** The server's clock minus this computer's, ms: clerks' computers may be minutes wrong. */
  readonly serverAheadMs: number;
  /** Snapshots so far: with each, calls may have ended unseen. */
  readonly snapshots: number;
};

type News = { readonly calls: readonly CallSummary[]; readonly at: string };

/** Ended calls that stay on the screen. */
const ENDED_KEPT = 20;

export const NOTHING_YET: LiveState = {
  link: 'connecting',
  calls: new Map(),
  newsAt: null,
  serverAheadMs: 0,
  snapshots: 0,
};

/** All calls in progress anew: one that the snapshot does not hold has ended. @param nowMs this computer's wall time. */
export function withSnapshot(state: LiveState, news: News, nowMs: number): LiveState {
  const ended = new Map([...state.calls].filter(([, call]) => call.state === 'ended'));
  return { ...merged(state, ended, news, nowMs), snapshots: state.snapshots + 1 };
}

/** Some calls have changed; an older reading of a call never replaces a newer one. */
export function withCalls(state: LiveState, news: News, nowMs: number): LiveState {
  return merged(state, new Map(state.calls), news, nowMs);
}

export function withLinkLost(state: LiveState): LiveState {
  return { ...state, link: 'reconnecting' };
}

export function callsInProgress(state: LiveState): CallSummary[] {
  return [...state.calls.values()]
    .filter((call) => call.state === 'inProgress')
    .sort((a, b) => b.beganAt.localeCompare(a.beganAt) || a.callId.localeCompare(b.callId));
}

/** @param listed calls from the call list: those that ended before this screen was opened. */
export function endedCalls(state: LiveState, listed: readonly CallSummary[]): CallSummary[] {
  const all = new Map(listed.map((call) => [call.callId, call]));
  for (const call of state.calls.values()) all.set(call.callId, call);
  return [...all.values()]
    .filter((call) => call.state === 'ended')
    .sort(lastEndedFirst)
    .slice(0, ENDED_KEPT);
}

function merged(state: LiveState, calls: Map<string, CallSummary>, news: News, nowMs: number): LiveState {
  for (const call of news.calls) {
    const known = state.calls.get(call.callId);
    // The same object again where nothing has changed, so that its row is not drawn anew.
    const keeps =
      known !== undefined && (known.lastSeq > call.lastSeq || JSON.stringify(known) === JSON.stringify(call));
    calls.set(call.callId, keeps ? known : call);
  }
  const ended = [...calls.values()].filter((call) => call.state === 'ended').sort(lastEndedFirst);
  for (const call of ended.slice(ENDED_KEPT)) calls.delete(call.callId);
  return { ...state, link: 'live', calls, newsAt: news.at, serverAheadMs: Date.parse(news.at) - nowMs };
}

function lastEndedFirst(a: CallSummary, b: CallSummary): number {
  return (b.endedAt ?? b.beganAt).localeCompare(a.endedAt ?? a.beganAt) || a.callId.localeCompare(b.callId);
}
