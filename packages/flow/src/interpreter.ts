import type { Action } from './action.ts';
import type { CallContext, CallEvent } from './event.ts';
import type { BoundNode, Json, Next, NodeEvent } from './node-kind.ts';
import type { RunnableFlow } from './runnable.ts';
import type { CallState, Outcome, Position, Served } from './state.ts';
import { CallTurn } from './turn.ts';

/** An event with its place in the call. `seq` 0 is `began`; `atMs` counts from the beginning of the call. */
export type StampedEvent = { readonly seq: number; readonly atMs: number; readonly event: CallEvent };

/** A branch that the call took, for statistics. */
export type Taken = { readonly flowId: string; readonly nodeId: string; readonly branch: string };

export type Step = {
  readonly state: CallState;
  readonly actions: readonly Action[];
  readonly taken: readonly Taken[];
};

/** How long the line may take to answer or to hang up before the call goes on or is closed without it. */
const LINE_LIMIT_MS = 15_000;
/** No announcement is longer: one whose end is never reported is taken for said. */
const ANNOUNCEMENT_LIMIT_MS = 600_000;
/**
 * The line is silent for so long after the answer, so that an old telephone or a slow trunk loses no syllable. Who presses a key then hears
 * nothing that could be uninterruptible yet.
 */
export const ANSWER_SILENCE_MS = 700;
/** Longer than the engine lets any call live: a forwarded call is nobody's but the other side's. */
const FORWARD_LIMIT_MS = 86_400_000;
/** Nodes without waiting that one event may pass; the checker excludes loops of them, an older bundle may have one. */
const NODES_PER_EVENT = 200;
/** Nodes that one call may enter; a dead line in a loop of menus ends here. */
const NODES_PER_CALL = 5_000;
/** Timers may fire this much early. */
const TIMER_SLACK_MS = 50;

type Beginning = {
  readonly phase: CallState['phase'];
  readonly limitMs: number;
  readonly action: Action | null;
  readonly hasFlow: boolean;
};

function beginningOf({ refusal, forwardedTo, placed }: CallContext): Beginning {
  const limitMs = LINE_LIMIT_MS;
  // The other side answers, not we.
  if (placed !== undefined && placed.isCallBack !== true)
    return { phase: 'answering', limitMs, action: null, hasFlow: true };
  if (refusal !== undefined)
    return { phase: 'hangingUp', limitMs, action: { type: 'hangUp', cause: 'busy' }, hasFlow: true };
  if (forwardedTo === undefined)
    return { phase: 'answering', limitMs, action: { type: 'answer' }, hasFlow: true };
  const action: Action = { type: 'forward', id: 0, to: forwardedTo };
  return { phase: 'forwarding', limitMs: FORWARD_LIMIT_MS, action, hasFlow: false };
}

/** Folds event 0. The call goes on at `answered`, is passed on, or is turned away. */
export function begin(bundle: RunnableFlow, context: CallContext): Step {
  const { phase, limitMs, action, hasFlow } = beginningOf(context);
  const state: CallState = {
    phase,
    context,
    position: hasFlow ? bundle.startOf(bundle.bundle.entryFlowId) : null,
    nodeData: null,
    variables: { ...context.placed?.values },
    prompt: null,
    answeredAtMs: null,
    typedAhead: [],
    passedOver: null,
    deadlineMs: limitMs,
    served: { sms: false, transfer: false, voicemail: false, callBack: false },
    textedElsewhere: false,
    reachedEnd: false,
    toldOfRecording: false,
    slower: false,
    failed: false,
    nodesEntered: 0,
    lastSeq: 0,
    lastAtMs: 0,
    ended: null,
  };
  return { state, actions: action === null ? [] : [action], taken: [] };
}

/**
 * Folds one more event. Never throws; an event that is not newer than the last one, or means nothing where the call stands, gives back the
 * very same state and no actions. `timePassed` counts from the state's deadline on.
 */
export function advance(bundle: RunnableFlow, state: CallState, stamped: StampedEvent): Step {
  const unchanged: Step = { state, actions: [], taken: [] };
  const { event, seq } = stamped;
  if (state.phase === 'ended' || seq <= state.lastSeq) return unchanged;
  const atMs = Math.max(state.lastAtMs, stamped.atMs);
  if (
    event.type === 'timePassed' &&
    (state.deadlineMs === null || atMs < state.deadlineMs - TIMER_SLACK_MS)
  ) {
    return unchanged;
  }
  const last = endOf(bundle, state, event, atMs);
  if (last !== null) {
    const { outcome, taken } = last;
    const endState: CallState = {
      ...state,
      phase: 'ended',
      ended: outcome,
      deadlineMs: null,
      lastSeq: seq,
      lastAtMs: atMs,
    };
    return { state: endState, actions: [], taken };
  }
  const fold = new Fold(bundle, state, seq, atMs);
  return fold.take(event) ? fold.step() : unchanged;
}

/** After these nothing more is heard of a call. */
const ENDINGS: ReadonlySet<string> = new Set<CallEvent['type']>([
  'callerHungUp',
  'hungUp',
  'callLost',
  'timePassed',
]);

type CallEnd = { readonly outcome: Outcome; readonly taken: readonly Taken[] };

/** What came of the call if this event ends it, else null. */
function endOf(bundle: RunnableFlow, state: CallState, event: CallEvent, atMs: number): CallEnd | null {
  const isOverdue = event.type === 'timePassed' && state.phase === 'hangingUp';
  if (state.context.refusal !== undefined && ENDINGS.has(event.type))
    return { outcome: 'refused', taken: [] };
  if (event.type === 'callLost' && state.phase !== 'hangingUp') return { outcome: 'unknown', taken: [] };
  if (state.context.forwardedTo !== undefined && (event.type !== 'timePassed' || state.phase === 'hangingUp'))
    return ENDINGS.has(event.type) ? { outcome: state.failed ? 'refused' : 'forwarded', taken: [] } : null;
  if (event.type !== 'callerHungUp' && event.type !== 'hungUp' && event.type !== 'callLost' && !isOverdue)
    return null;
  const { position, phase } = state;
  const node = position === null || phase !== 'running' ? null : bundle.node(position);
  const last = node?.atHangUp(state.nodeData, atMs) ?? null;
  const taken =
    position === null || last === null || last.branch === null ? [] : [{ ...position, branch: last.branch }];
  const outcome = outcomeBy(state, last?.served ?? null);
  // What the caller had is his, also where the line ended the call by itself: at the longest life of a call, in the middle of a talk.
  const hadNothing = outcome === 'announcement' || outcome === 'abandoned';
  const isFailure = state.failed || (event.type === 'hungUp' && phase !== 'hangingUp' && hadNothing);
  return { outcome: isFailure ? 'error' : outcome, taken };
}

function outcomeBy(state: CallState, last: Served | null): Outcome {
  const served = last === null ? state.served : { ...state.served, [last]: true };
  if (served.transfer) return 'transfer';
  if (served.callBack) return 'callBack';
  if (served.voicemail) return 'voicemail';
  if (served.sms) return 'sms';
  return state.reachedEnd ? 'announcement' : 'abandoned';
}

/** One event on its way through the nodes. Works on a copy of the state. */
class Fold {
  readonly #bundle: RunnableFlow;
  readonly #turn: CallTurn;
  readonly #taken: Taken[] = [];

  constructor(bundle: RunnableFlow, state: CallState, seq: number, atMs: number) {
    this.#bundle = bundle;
    this.#turn = new CallTurn(bundle, state, seq, atMs);
  }

  step(): Step {
    return { state: this.#turn.state, actions: this.#turn.actions, taken: this.#taken };
  }

  /** False where the event means nothing here. */
  take(event: CallEvent): boolean {
    const { state } = this.#turn;
    if (state.phase === 'answering') return this.#beforeAnswer(event);
    if (state.phase === 'opening') return this.#atOpening(event);
    if (state.phase === 'forwarding') return this.#whileForwarding(event);
    if (state.phase === 'hangingUp') {
      if (event.type !== 'resumed') return false;
      this.#turn.hangUp(LINE_LIMIT_MS);
      return true;
    }
    if (event.type === 'identitySaid' && event.matches && event.person !== undefined)
      state.variables = { ...state.variables, ...event.person.values };
    const meansSomething = this.#atNode(event);
    if (meansSomething || event.type !== 'timePassed') return meansSomething;
    // A deadline comes once only: whoever set it and does not know what to do at it would leave the call standing for ever.
    this.#fail();
    return true;
  }

  #beforeAnswer(event: CallEvent): boolean {
    if (event.type === 'resumed') {
      this.#turn.answerAgain(LINE_LIMIT_MS);
    } else if (event.type === 'answered') {
      this.#turn.state.answeredAtMs = this.#turn.atMs;
      this.#open();
    } else if (event.type === 'timePassed' || event.type === 'actionFailed') {
      this.#fail();
    } else {
      return false;
    }
    return true;
  }

  /** Says what comes before the flow, if there is anything, and then begins it. */
  #open(): void {
    const { opening } = this.#turn.context;
    const isSaid = opening !== undefined && this.#turn.say(opening.prompts, { interruptible: false });
    if (isSaid) {
      this.#turn.state.phase = 'opening';
      this.#turn.stay(null, 'announced', ANNOUNCEMENT_LIMIT_MS);
    } else this.#beginFlow();
  }

  #beginFlow(): void {
    this.#turn.state.phase = 'running';
    this.#enter(this.#turn.state.position);
  }

  #atOpening(event: CallEvent): boolean {
    const turn = this.#turn;
    if (event.type === 'resumed') {
      turn.sayAgain();
      turn.stay(null, 'announced', ANNOUNCEMENT_LIMIT_MS);
      return true;
    }
    if (event.type === 'keyPressed') {
      const start = this.#node(turn.state.position);
      return start !== null && this.#keepEarly(event, start);
    }
    const isOver =
      event.type === 'timePassed' ||
      ((event.type === 'announced' || event.type === 'actionFailed') && event.id === turn.state.prompt?.id);
    if (!isOver) return false;
    turn.promptIsOver(event.type === 'timePassed');
    if (turn.context.opening?.afterwards !== 'hangUp') {
      this.#beginFlow();
      return true;
    }
    if (event.type === 'announced') turn.markEndReached();
    else turn.state.failed = true;
    turn.hangUp(LINE_LIMIT_MS);
    return true;
  }

  /** The engine relays all that the other side says; this only notes it. */
  #whileForwarding(event: CallEvent): boolean {
    const { state } = this.#turn;
    switch (event.type) {
      case 'resumed':
      case 'transferRinging':
        return true;
      case 'transferAnswered':
        state.answeredAtMs = this.#turn.atMs;
        return true;
      case 'transferEnded':
        this.#engineHangsUp();
        return true;
      case 'transferFailed':
        if (event.sipCode !== null || event.q850Cause !== null) {
          this.#engineHangsUp();
          return true;
        }
        // Nothing was dialled, so there is no answer that the caller could be given.
        this.#turnAway();
        return true;
      case 'actionFailed':
        this.#turnAway();
        return true;
      case 'timePassed':
        this.#turn.hangUp(LINE_LIMIT_MS);
        return true;
      default:
        return false;
    }
  }

  #engineHangsUp(): void {
    this.#turn.state.phase = 'hangingUp';
    this.#turn.state.deadlineMs = this.#turn.atMs + LINE_LIMIT_MS;
  }

  #turnAway(): void {
    this.#turn.state.failed = true;
    this.#turn.hangUp(LINE_LIMIT_MS, 'busy');
  }

  #atNode(event: CallEvent): boolean {
    const turn = this.#turn;
    const node = this.#node(turn.state.position);
    if (node === null) {
      this.#fail();
      return true;
    }
    if (event.type === 'resumed') return this.#follow(node.resume(turn.state.nodeData, turn));
    const prompt = turn.state.prompt;
    const isPromptOver =
      prompt?.playing === true &&
      (event.type === 'timePassed' ||
        ((event.type === 'announced' || event.type === 'actionFailed') && event.id === prompt.id));
    if (isPromptOver) {
      turn.promptIsOver(event.type === 'timePassed');
      // One that failed, or whose end nobody reported, may not have been heard.
      if (node.recording.givesNotice && !prompt.aside) turn.noticeIsOver(event.type === 'announced');
      this.#follow(node.on(turn.state.nodeData, { type: 'announced', id: prompt.id }, turn));
      return true;
    }
    if (!isForNodes(event) || event.type === 'announced') return false;
    if (event.type === 'keyPressed' || event.type === 'heard') {
      if (turn.announcing && prompt?.interruptible === false) return this.#keepEarly(event, node);
    }
    if (event.type === 'keyPressed' && !turn.admits(event.key)) return false;
    const next = node.on(turn.state.nodeData, event, turn);
    if (next === null && event.type === 'keyPressed' && !node.dropsKeys) {
      turn.keepKey(event.key);
      return true;
    }
    return this.#follow(next);
  }

  /** Keeps a key that came in the silence before the announcement. */
  #keepEarly(event: CallEvent, node: BoundNode): boolean {
    const { state, atMs } = this.#turn;
    const isEarly = state.answeredAtMs !== null && atMs < state.answeredAtMs + ANSWER_SILENCE_MS;
    if (event.type !== 'keyPressed' || !isEarly || node.dropsKeys) return false;
    this.#turn.keepKey(event.key);
    return true;
  }

  #follow(first: Next<Json> | null): boolean {
    if (first === null) return false;
    let next: Next<Json> | null = first;
    for (let nodes = 0; next !== null; nodes++) {
      if (nodes > NODES_PER_EVENT || this.#turn.unrepeatableActions > 1) {
        this.#fail();
        return true;
      }
      next = this.#apply(next);
    }
    return true;
  }

  /** Does what a node said follows; gives what the node entered by that says, or null when the call waits. */
  #apply(next: Next<Json>): Next<Json> | null {
    const turn = this.#turn;
    if (next.type === 'stay') {
      turn.stay(next.data, next.wait, ANNOUNCEMENT_LIMIT_MS);
      return null;
    }
    const from = turn.state.position;
    const branch = next.type === 'goToFlow' ? 'go' : next.branch;
    if (from !== null) this.#taken.push({ ...from, branch });
    if (next.type === 'finish') {
      turn.hangUp(LINE_LIMIT_MS);
      return null;
    }
    const to = next.type === 'goToFlow' ? this.#bundle.startOf(next.flowId) : this.#target(from, next.branch);
    return this.#entered(to);
  }

  #target(from: Position | null, branch: string): Position | null {
    const node = this.#node(from);
    if (from === null || node === null || !Object.hasOwn(node.next, branch)) return null;
    const nodeId = node.next[branch];
    return nodeId === undefined ? null : { flowId: from.flowId, nodeId };
  }

  #enter(position: Position | null): void {
    this.#follow(this.#entered(position));
  }

  #entered(position: Position | null): Next<Json> | null {
    const node = this.#node(position);
    if (position === null || node === null || this.#turn.state.nodesEntered >= NODES_PER_CALL) {
      this.#fail();
      return null;
    }
    this.#turn.moveTo(position);
    return node.enter(this.#turn);
  }

  #node(position: Position | null): BoundNode | null {
    return position === null ? null : this.#bundle.node(position);
  }

  #fail(): void {
    this.#turn.state.failed = true;
    this.#turn.hangUp(LINE_LIMIT_MS);
  }
}

const NODE_EVENTS: ReadonlySet<string> = new Set<NodeEvent['type']>([
  'keyPressed',
  'heard',
  'timePassed',
  'calendarSaid',
  'listSaid',
  'identitySaid',
  'smsAccepted',
  'smsRefused',
  'smsUnknown',
  'transferRinging',
  'transferAnswered',
  'transferFailed',
  'transferEnded',
  'voicemailRecorded',
  'actionFailed',
  'announced',
]);

function isForNodes(event: CallEvent): event is NodeEvent {
  return NODE_EVENTS.has(event.type);
}
