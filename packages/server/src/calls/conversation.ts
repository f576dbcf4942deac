import {
  type Action,
  advance,
  begin,
  type CallContext,
  type CallEvent,
  type CallState,
  outcomeOf,
  type RunnableFlow,
  type Step,
  where,
} from '@madoguchi/flow';
import type { Clock } from '../clock.ts';
import {
  type CallDay,
  callDayOf,
  type EventRow,
  eventRow,
  type LogEntry,
  type SummaryRow,
} from './call-record.ts';
import { NOTHING_PENDING, type Pending, pendingAfter } from './pending.ts';
import { ShownKeys } from './shown-key.ts';
import { spokenAt } from './spoken.ts';

/** Actions that the world would notice twice: they wait until their cause is durable. `sendSms` enters the outbox with its cause. */
type UnrepeatableAction = Extract<Action, { type: 'transfer' | 'forward' }>;

/** Of a caller who goes round and round, the live page shows the latest nodes. */
const LONGEST_PATH = 40;

/** What a conversation needs of its surroundings. */
export type Surroundings = {
  readonly clock: Clock;
  readonly callNode: string;
  /** Encrypts what is nobody's business before the row goes anywhere. */
  readonly seal: (row: EventRow) => EventRow;
  readonly append: (entry: LogEntry, urgent: boolean) => Promise<void>;
  /** Carries out an action; what comes of it arrives later through `receive`. Must not throw. */
  readonly perform: (conversation: Conversation, action: Action) => void;
  /** File (below the recordings folder) for a transfer or voicemail that is to be recorded, or null. */
  readonly recordingFor: (context: CallContext, action: Action) => LogEntry['recording'];
  /** When staff are to have dealt with what is left now on a call to this number, ms since the epoch. */
  readonly dueAt: (phoneNumber: string, atEpochMs: number) => number;
  readonly onEnded: (conversation: Conversation) => void;
};

/** What is known of a call before the first event that this process handles. */
export type Beginning = {
  readonly bundle: RunnableFlow;
  readonly context: CallContext;
  readonly sipCallId: string | null;
};

/** A call's past, as folded from its stored events. */
export type Past = {
  readonly state: CallState;
  readonly lastSeq: number;
  readonly keys: string;
  readonly path: readonly string[];
  readonly answeredAt: string | null;
  readonly pending: Pending;
};

/**
 * One call: takes events in the order in which they come, folds them (packages/flow), appends them to the log and has the actions
 * carried out. Holds the only running timer of the call, set to the deadline that the state names.
 *
 * `takesPart` → `letGo()` (this process ends, or the engine is lost: whatever is heard now says nothing of the call) → `takePart()`.
 */
export class Conversation {
  readonly context: CallContext;
  readonly bundle: RunnableFlow;
  #state: CallState | null;
  #seq: number;
  #keys: string;
  #answeredAt: string | null;
  #path: readonly string[];
  readonly #shownKeys: ShownKeys;
  readonly #sipCallId: string | null;
  readonly #day: CallDay;
  readonly #around: Surroundings;
  /** Monotonic time at which the call's own clock read 0. */
  readonly #beganMonotonicMs: number;
  readonly #queue: CallEvent[] = [];
  #draining = false;
  #takesPart = true;
  #pending: Pending;
  #cancelDeadline: (() => void) | null = null;

  constructor(beginning: Beginning, past: Past | null, around: Surroundings) {
    this.context = beginning.context;
    this.bundle = beginning.bundle;
    this.#sipCallId = beginning.sipCallId;
    this.#around = around;
    this.#shownKeys = new ShownKeys(beginning.bundle);
    const beganAtEpochMs = Date.parse(beginning.context.beganAt);
    this.#day = callDayOf(beganAtEpochMs);
    // After a restart the monotonic clock starts anew: the time that passed meanwhile is known from the wall clock only.
    this.#beganMonotonicMs = around.clock.monotonicMs() - Math.max(0, around.clock.now() - beganAtEpochMs);
    this.#state = past?.state ?? null;
    this.#seq = past?.lastSeq ?? -1;
    this.#keys = past?.keys ?? '';
    this.#answeredAt = past?.answeredAt ?? null;
    this.#path = past?.path ?? [];
    this.#pending = past?.pending ?? NOTHING_PENDING;
  }

  get callId(): string {
    return this.context.callId;
  }

  get state(): CallState | null {
    return this.#state;
  }

  get pending(): Pending {
    return this.#pending;
  }

  get ended(): boolean {
    return this.#state !== null && this.#state.ended !== null;
  }

  /** Takes one event. What its actions bring about at once (a calendar's answer) is folded before the next event. */
  receive(event: CallEvent): void {
    if (!this.#takesPart) return;
    this.#queue.push(event);
    if (this.#draining) return;
    this.#draining = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#fold(next);
    } finally {
      this.#draining = false;
    }
  }

  #fold(event: CallEvent): void {
    if (this.ended) return;
    const { clock } = this.#around;
    const stamped = {
      seq: this.#seq + 1,
      atMs: Math.max(0, Math.round(clock.monotonicMs() - this.#beganMonotonicMs)),
      event,
    };
    const stateBefore = this.#state;
    const before = stateBefore === null ? null : where(this.bundle, stateBefore);
    const step = this.#step(stamped);
    this.#seq = stamped.seq;
    this.#state = step.state;
    this.#pending = pendingAfter(this.#pending, event, step.actions);
    const shown = event.type === 'keyPressed' ? this.#shownKeys.shown(event.key, stamped.atMs, step) : '';
    this.#keys += shown;
    const now = clock.now();
    // Who was passed on unanswered is answered by the other side.
    if (event.type === 'answered' || event.type === 'transferAnswered')
      this.#answeredAt ??= new Date(now).toISOString();

    this.#follow(step);
    this.#setDeadline(step.state);
    const unrepeatable = step.actions.find(isUnrepeatable);
    // The caller is told at once that staff will call: what he asked for should be durable by then.
    const urgent =
      unrepeatable !== undefined ||
      step.actions.some((action) => action.type === 'sendSms' || action.type === 'requestCallBack');
    const spoken =
      this.context.placed === undefined
        ? null
        : spokenAt(this.bundle, step.actions, where(this.bundle, step.state)?.title ?? null);
    const row = eventRow(this.context, this.#day, stamped, now, before?.nodeId ?? null, step.taken, spoken);
    const durable = this.#around.append(
      {
        event: this.#shownKeys.isSecret(event, shown) ? this.#around.seal(row) : row,
        summary: this.#summary(now),
        sms: this.#smsOf(step.actions, now),
        recording:
          step.actions
            .map((action) => this.#around.recordingFor(this.context, action))
            .find((row) => row !== null) ?? null,
        callBack: this.#callBackOf(step.actions, now),
        answers: this.#answersOf(step.actions),
        contact: this.#contactOf(event, step.actions, now),
      },
      urgent,
    );
    for (const action of step.actions) if (!isUnrepeatable(action)) this.#around.perform(this, action);
    if (unrepeatable !== undefined) {
      void durable.then(() => {
        // The flow may have given it up while it waited.
        const isWanted = this.#takesPart && !this.ended && this.#pending.transfer?.id === unrepeatable.id;
        if (isWanted) this.#around.perform(this, unrepeatable);
      });
    }
    if (this.ended) this.#around.onEnded(this);
  }

  #step(stamped: { seq: number; atMs: number; event: CallEvent }): Step {
    if (this.#state !== null) return advance(this.bundle, this.#state, stamped);
    return begin(this.bundle, this.context);
  }

  #setDeadline(state: CallState): void {
    this.#cancelDeadline?.();
    this.#cancelDeadline = null;
    if (state.ended !== null || state.deadlineMs === null) return;
    const delayMs = this.#beganMonotonicMs + state.deadlineMs - this.#around.clock.monotonicMs();
    this.#cancelDeadline = this.#around.clock.after(delayMs, () => this.receive({ type: 'timePassed' }));
  }

  /** Notes the nodes that a step went through, and where it ended. */
  #follow(step: Step): void {
    const here = where(this.bundle, step.state);
    const passed = step.taken.map(
      ({ flowId, nodeId }) => this.bundle.node({ flowId, nodeId })?.title ?? nodeId,
    );
    for (const title of here === null ? passed : [...passed, here.title]) {
      if (title !== this.#path.at(-1)) this.#path = [...this.#path, title].slice(-LONGEST_PATH);
    }
  }

  /** Takes events again, and arms the deadline of the state, which may have been folded from the log. */
  takePart(): void {
    this.#takesPart = true;
    if (this.#state !== null) this.#setDeadline(this.#state);
  }

  /** Stops the timer and hears no more events; the call itself may go on at the engine. */
  letGo(): void {
    this.#takesPart = false;
    this.#cancelDeadline?.();
    this.#cancelDeadline = null;
  }

  #smsOf(actions: readonly Action[], now: number): LogEntry['sms'] {
    const sms = actions.find((action) => action.type === 'sendSms');
    if (sms === undefined) return null;
    return {
      id: `${this.callId}-${sms.id}`,
      call_id: this.callId,
      to_number: sms.to,
      text: sms.text,
      at: new Date(now).toISOString(),
      is_keyed_in: sms.to !== this.context.callerNumber,
      caller_number: this.context.callerNumber,
    };
  }

  #callBackOf(actions: readonly Action[], now: number): LogEntry['callBack'] {
    const request = actions.find((action) => action.type === 'requestCallBack');
    if (request === undefined) return null;
    const { phoneNumber } = this.context;
    return {
      item_id: `${this.callId}-${request.id}`,
      call_id: this.callId,
      call_day: this.#day.day,
      phone_number: phoneNumber,
      call_back_number: request.number,
      wished_time: request.wishedTime,
      due_at: new Date(this.#around.dueAt(phoneNumber, now)).toISOString(),
      at: new Date(now).toISOString(),
    };
  }

  #answersOf(actions: readonly Action[]): LogEntry['answers'] {
    return actions.flatMap((action) =>
      action.type !== 'recordAnswer'
        ? []
        : [
            {
              call_day: this.#day.day,
              call_id: this.callId,
              seq: action.id,
              bundle_id: this.context.bundleId,
              flow_id: action.flowId,
              node_id: action.nodeId,
              question_id: action.questionId,
              key: action.key,
              label: action.label,
            },
          ],
    );
  }

  #contactOf(event: CallEvent, actions: readonly Action[], now: number): LogEntry['contact'] {
    const attemptId = this.context.placed?.attemptId;
    const recorded = actions.findLast((action) => action.type === 'recordResult');
    if (attemptId === undefined || (event.type !== 'identitySaid' && recorded === undefined)) return null;
    return {
      call_id: this.callId,
      attempt_id: attemptId,
      identity: event.type !== 'identitySaid' ? null : event.matches ? 'matched' : 'failed',
      recipient_id: event.type === 'identitySaid' ? (event.person?.recipientId ?? null) : null,
      result: recorded?.result ?? null,
      promised_on: recorded?.promisedOn ?? null,
      seq: this.#seq,
      at: new Date(now).toISOString(),
    };
  }

  #summary(now: number): SummaryRow {
    const state = this.#state;
    const place = state === null ? null : where(this.bundle, state);
    return {
      call_day: this.#day.day,
      call_id: this.callId,
      phone_number: this.context.phoneNumber,
      caller_number: this.context.callerNumber,
      caller_kind: this.context.callerKind,
      sip_call_id: this.#sipCallId,
      call_node: this.#around.callNode,
      bundle_id: this.context.bundleId,
      began_at: this.context.beganAt,
      answered_at: this.#answeredAt,
      ended_at: this.ended ? new Date(now).toISOString() : null,
      outcome: state === null ? null : outcomeOf(state),
      node_id: place?.nodeId ?? null,
      node_title: place?.title ?? null,
      node_kind: place?.kind ?? null,
      keys: this.#keys,
      path: [...this.#path],
      last_seq: this.#seq,
      is_test: this.context.isTest === true,
      is_placed: isPlacedByUs(this.context),
    };
  }
}

/** A person who calls back is a caller like any other. */
function isPlacedByUs({ placed }: CallContext): boolean {
  return placed !== undefined && placed.isCallBack !== true;
}

function isUnrepeatable(action: Action): action is UnrepeatableAction {
  return action.type === 'transfer' || action.type === 'forward';
}
