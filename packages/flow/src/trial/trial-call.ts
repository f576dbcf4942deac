import type { Action } from '../action.ts';
import type { CallContext, CallEvent } from '../event.ts';
import { advance, begin, type StampedEvent, type Step } from '../interpreter.ts';
import type { BoundNode } from '../node-kind.ts';
import { exampleRecipient, recipientValuesOf } from '../recipient-values.ts';
import type { RunnableFlow } from '../runnable.ts';
import type { CallState } from '../state.ts';
import { transcriptsOf } from './announcement-length.ts';
import type { HouseView } from './house-view.ts';
import { TrialLine } from './trial-line.ts';
import type { TrialSetting } from './trial-setting.ts';
import {
  deedsOf,
  type Place,
  pathStepOf,
  placeAt,
  type RungNumber,
  reportOf,
  type TrialStep,
  type TrialStepContent,
} from './trial-steps.ts';

/** One call of a trial: hands events to the flow, carries out on the trial's line what it asks for, and writes down what happens. */
export class TrialCall {
  readonly line: TrialLine;
  readonly events: StampedEvent[] = [];
  readonly steps: TrialStep[] = [];
  /** Numbers rung, and numbers that texts went to, in this order. */
  readonly rung: string[] = [];
  readonly smsTo: string[] = [];
  /** Words that would be understood where the call stands. */
  words: readonly string[] = [];
  nowMs = 0;
  readonly #flow: RunnableFlow;
  #ringing: readonly RungNumber[] = [];
  #step: Step;

  constructor(flow: RunnableFlow, house: HouseView, setting: TrialSetting) {
    this.#flow = flow;
    this.line = new TrialLine(setting, house, transcriptsOf(flow));
    const context: CallContext = {
      callId: 'trial',
      phoneNumber: setting.phoneNumber,
      ...(setting.phoneNumberName === undefined ? {} : { phoneNumberName: setting.phoneNumberName }),
      callerNumber: setting.caller.number,
      callerKind: setting.caller.kind,
      bundleId: flow.bundle.bundleId,
      beganAt: setting.at,
      ...placedIn(flow, setting),
    };
    this.#step = begin(flow, context);
    this.events.push({ seq: 0, atMs: 0, event: { type: 'began', context } });
    this.line.carryOut(this.#step.actions, context, 0);
    if (context.placed !== undefined) this.line.willAnswer();
  }

  get state(): CallState {
    return this.#step.state;
  }

  /** The node that has the call. */
  get node(): BoundNode | null {
    const { position, phase } = this.state;
    return position === null || phase !== 'running' ? null : this.#flow.node(position);
  }

  get place(): Place | null {
    return placeAt(this.#flow, this.state.position);
  }

  get isSaying(): boolean {
    return this.state.prompt?.playing === true;
  }

  /** A caller who waits for staff and can stop by a key. */
  get mayLeave(): boolean {
    const leaves = this.node?.branches.some(({ name }) => name === 'leaves') ?? false;
    return leaves && this.line.waitsForStaff && this.line.talk === null;
  }

  /** Nothing goes on without somebody's doing something, or doing nothing. */
  get isSettled(): boolean {
    const { ended, phase } = this.state;
    if (ended !== null) return true;
    if (phase !== 'running' || this.isSaying) return false;
    if (this.line.talk !== null || this.line.recording !== null || this.mayLeave) return true;
    const { node } = this;
    return this.line.next === null && node !== null && node.listens && !node.dropsKeys;
  }

  /** Of what the line will report and the deadline, lets happen what is first. */
  happen(): void {
    const due = this.line.next;
    const { deadlineMs } = this.state;
    if (due !== null && (deadlineMs === null || due.atMs <= deadlineMs)) this.deliver(due.event, due.atMs);
    else if (deadlineMs !== null) this.deliver({ type: 'timePassed' }, deadlineMs);
  }

  /** What the caller does, a moment later. `describe` tells by the states around it what came of it. */
  act(
    event: CallEvent,
    afterMs: number,
    describe: (before: CallState, after: CallState, place: Place | null) => TrialStepContent | null,
  ): void {
    const { state: before, place } = this;
    const dueMs = Math.min(this.line.next?.atMs ?? Infinity, before.deadlineMs ?? Infinity);
    const at = this.steps.length;
    this.deliver(event, Math.min(this.nowMs + afterMs, dueMs));
    const deed = describe(before, this.state, place);
    if (deed !== null) this.steps.splice(at, 0, { atMs: this.nowMs, ...deed });
  }

  deliver(event: CallEvent, atMs: number): void {
    const before = this.state;
    const kind = this.node?.kind ?? null;
    this.nowMs = Math.max(this.nowMs, atMs);
    const stamped: StampedEvent = { seq: this.events.length, atMs: this.nowMs, event };
    this.events.push(stamped);
    const report = reportOf(event, kind, this.#ringing);
    if (report !== null) this.add(report);
    this.#step = advance(this.#flow, before, stamped);
    this.line.reported(event, this.nowMs);
    this.line.carryOut(this.#step.actions, this.state.context, this.nowMs);
    this.#writeDown(event, before);
  }

  add(content: TrialStepContent): void {
    this.steps.push({ atMs: this.nowMs, ...content });
  }

  #writeDown(event: CallEvent, before: CallState): void {
    const isNewPrompt = this.state.prompt?.id !== before.prompt?.id;
    const isOver = isNewPrompt || !this.isSaying || this.state.ended !== null;
    if (before.prompt?.playing === true && isOver)
      this.#promptIsOver(event.type === 'announced' ? 'whole' : 'cutShort');
    for (const taken of this.#step.taken) this.add({ type: 'branch', ...pathStepOf(this.#flow, taken) });
    for (const deed of deedsOf(this.#step)) this.add(deed);
    if (this.state.nodesEntered !== before.nodesEntered) this.words = [];
    for (const action of this.#step.actions) this.#note(action);
    const { ended } = this.state;
    if (ended !== null) this.add({ type: 'ended', outcome: ended, place: this.place });
  }

  #note(action: Action): void {
    if (action.type === 'sendSms') this.smsTo.push(action.to);
    if (action.type === 'listenForSpeech') this.words = action.words;
    if (action.type === 'transfer') {
      const { to, target = 0, alsoRing = [] } = action;
      this.#ringing = [{ target, to }, ...alsoRing];
      this.rung.push(...this.#ringing.map((each) => each.to));
    }
    if (action.type === 'announce') {
      const interruptible = this.state.prompt?.interruptible ?? false;
      const { parts, speed = 'usual' } = action;
      this.add({ type: 'said', parts, speed, interruptible, place: this.place, heard: 'playing' });
    }
  }

  #promptIsOver(heard: 'whole' | 'cutShort'): void {
    const at = this.steps.findLastIndex((step) => step.type === 'said' && step.heard === 'playing');
    const step = this.steps[at];
    if (step?.type === 'said') this.steps[at] = { ...step, heard };
  }
}

/** A flow that has values of a recipient is tried as a call that the city places. */
function placedIn({ bundle }: RunnableFlow, { recipient }: TrialSetting): Pick<CallContext, 'placed'> {
  const expected = recipientValuesOf(bundle);
  if (expected.length === 0) return {};
  const values = exampleRecipient(expected, recipient);
  // Whether the text may tell what is personal, is decided of each campaign: here it is seen as it would be.
  const person = { campaignId: 'trial', recipientId: 0, attemptId: 'trial', values: { ...values } };
  return { placed: { ...person, smsMayTellPersonal: true } };
}
