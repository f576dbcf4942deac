import type { Action } from '../action.ts';
import type { TransferFailure } from '../event.ts';
import type { CallState } from '../state.ts';
import type { Act } from './past-call.ts';

/** An answer that the world outside gave to a call; `visit`: the stay at a node in which it was asked. */
type Asked = { readonly visit: number };

export type PastOpening = Asked & {
  readonly calendarId: string;
  readonly open: boolean;
  readonly reason: string;
};
export type PastListing = Asked & { readonly listId: string; readonly contains: boolean };
export type PastSms = Asked & { readonly to: string; readonly result: 'accepted' | 'refused' | 'unknown' };
/** How a talk ended: `event` is what the line reported, `afterMs` counts from its beginning. */
export type PastTalkEnd = { readonly afterMs: number; readonly event: Act['event'] };
/** What came of ringing telephones; times count from the order to dial. */
export type PastRing = Asked & {
  /** Sorted. */
  readonly numbers: readonly string[];
  readonly longestRingMs: number;
  readonly result:
    | {
        readonly type: 'answered';
        readonly number: string;
        readonly afterMs: number;
        readonly talkEnd: PastTalkEnd | null;
      }
    | { readonly type: 'failed'; readonly reason: TransferFailure; readonly afterMs: number }
    /** The caller's end of the call came first. */
    | { readonly type: 'callEnded'; readonly event: Act['event']; readonly afterMs: number }
    | null;
};

export type Results = {
  readonly openings: readonly PastOpening[];
  readonly listings: readonly PastListing[];
  readonly sms: readonly PastSms[];
  readonly rings: readonly PastRing[];
};

type TransferAction = Extract<Action, { type: 'transfer' }>;

/** The numbers that an order rings, sorted, and for how long at most. */
export function rungBy({ to, ringTimeoutMs, alsoRing = [] }: TransferAction): {
  readonly numbers: readonly string[];
  readonly longestRingMs: number;
} {
  return {
    numbers: [to, ...alsoRing.map((each) => each.to)].toSorted(),
    longestRingMs: Math.max(ringTimeoutMs, ...alsoRing.map((each) => each.ringTimeoutMs)),
  };
}

const CALL_ENDINGS: ReadonlySet<string> = new Set(['callerHungUp', 'hungUp', 'callLost']);

/** Gathers what the world outside answered in a call. */
export class ResultLog {
  readonly #openings: PastOpening[] = [];
  readonly #listings: PastListing[] = [];
  readonly #sms: PastSms[] = [];
  readonly #rings: PastRing[] = [];
  #text: { readonly id: number; readonly to: string } | null = null;
  #order: { readonly action: TransferAction; readonly atMs: number; answeredAtMs: number | null } | null =
    null;

  all(): Results {
    return { openings: this.#openings, listings: this.#listings, sms: this.#sms, rings: this.#rings };
  }

  /** The flow asked for these in a stay. */
  ordered(visit: number, actions: readonly Action[], { lastAtMs }: CallState): void {
    for (const action of actions) {
      if (action.type === 'sendSms') this.#text = action;
      if (action.type !== 'transfer') continue;
      this.#order = { action, atMs: lastAtMs, answeredAtMs: null };
      this.#rings.push({ visit, ...rungBy(action), result: null });
    }
  }

  /** An event came in a stay. */
  note(visit: number, { event, after }: Act): void {
    if (event.type === 'calendarSaid') {
      const { calendarId, open, reason } = event;
      this.#openings.push({ visit, calendarId, open, reason });
    } else if (event.type === 'listSaid') {
      this.#listings.push({ visit, listId: event.listId, contains: event.contains });
    } else if (event.type === 'smsAccepted' || event.type === 'smsRefused' || event.type === 'smsUnknown') {
      if (this.#text?.id !== event.id) return;
      const result =
        event.type === 'smsAccepted' ? 'accepted' : event.type === 'smsRefused' ? 'refused' : 'unknown';
      this.#sms.push({ visit, to: this.#text.to, result });
      this.#text = null;
    } else {
      this.#noteRinging(event, after.lastAtMs);
    }
  }

  #noteRinging(event: Act['event'], atMs: number): void {
    const order = this.#order;
    const ring = this.#rings.at(-1);
    if (order === null || ring === undefined) return;
    const isOf = (id: number): boolean => id === order.action.id;
    const afterMs = atMs - order.atMs;
    const settle = (result: PastRing['result']): void => {
      this.#rings[this.#rings.length - 1] = { ...ring, result };
    };
    if (event.type === 'transferAnswered' && isOf(event.id) && ring.result === null) {
      order.answeredAtMs = atMs;
      settle({ type: 'answered', number: numberAt(order.action, event.target), afterMs, talkEnd: null });
    } else if (event.type === 'transferFailed' && isOf(event.id) && ring.result === null) {
      settle({ type: 'failed', reason: event.reason, afterMs });
    } else if (event.type === 'actionFailed' && isOf(event.id) && ring.result === null) {
      settle({ type: 'failed', reason: 'unknown', afterMs });
    } else if (CALL_ENDINGS.has(event.type) && ring.result === null) {
      settle({ type: 'callEnded', event, afterMs });
    } else if (ring.result?.type === 'answered' && ring.result.talkEnd === null) {
      const isEnd = CALL_ENDINGS.has(event.type) || (event.type === 'transferEnded' && isOf(event.id));
      const talkEnd = { event, afterMs: atMs - (order.answeredAtMs ?? atMs) };
      if (isEnd) settle({ ...ring.result, talkEnd });
    }
  }
}

function numberAt({ to, target: first = 0, alsoRing = [] }: TransferAction, target = first): string {
  return alsoRing.find((each) => each.target === target)?.to ?? to;
}
