import type { Action, Speed } from '../action.ts';
import type { CallContext, CallEvent, Key } from '../event.ts';
import { advance, begin, type Step, type Taken } from '../interpreter.ts';
import type { RunnableFlow } from '../runnable.ts';
import type { CallState } from '../state.ts';

export const context: CallContext = {
  callId: 'call-1',
  phoneNumber: '0725001001',
  callerNumber: '09000001234',
  callerKind: 'mobile',
  bundleId: 'test',
  beganAt: '2026-06-01T10:00:00+09:00',
};

/** A call of a test: sends events and keeps the state. The actions of the last event are in `actions`. */
export class TestCall {
  readonly flow: RunnableFlow;
  readonly taken: Taken[] = [];
  /** Of all announcements so far. */
  readonly speeds: Speed[] = [];
  step: Step;
  seq = 0;
  atMs = 0;

  /** Begins and is answered. */
  constructor(flow: RunnableFlow, changes: Partial<CallContext> = {}) {
    this.flow = flow;
    this.step = begin(flow, { ...context, ...changes });
    this.send({ type: 'answered' });
  }

  get state(): CallState {
    return this.step.state;
  }

  get actions(): readonly Action[] {
    return this.step.actions;
  }

  /** What the caller hears begin at this event, values in brackets; empty where nothing does. */
  get said(): string {
    return this.actions
      .flatMap((action) => (action.type === 'announce' ? action.parts : []))
      .map((part) =>
        part.type === 'fixed' ? part.text : part.type === 'value' ? `[${part.text}]` : part.audioId,
      )
      .join('');
  }

  get nodeId(): string | undefined {
    return this.state.position?.nodeId;
  }

  get branches(): readonly string[] {
    return this.taken.map(({ nodeId, branch }) => `${nodeId}:${branch}`);
  }

  send(event: CallEvent, afterMs = 100): this {
    this.seq += 1;
    this.atMs += afterMs;
    this.step = advance(this.flow, this.state, { seq: this.seq, atMs: this.atMs, event });
    this.taken.push(...this.step.taken);
    for (const action of this.actions)
      if (action.type === 'announce') this.speeds.push(action.speed ?? 'usual');
    return this;
  }

  press(...keys: readonly Key[]): this {
    for (const key of keys) this.send({ type: 'keyPressed', key });
    return this;
  }

  /** The announcement that is heard is over. */
  announced(): this {
    return this.send({ type: 'announced', id: this.state.prompt?.id ?? -1 }, 3_000);
  }

  /** The deadline comes. */
  silence(): this {
    return this.send({ type: 'timePassed' }, (this.state.deadlineMs ?? this.atMs) - this.atMs);
  }

  /** Sends an answer to the last unanswered action that has an id. */
  answer(make: (id: number) => CallEvent): this {
    return this.send(make(this.seq));
  }
}
