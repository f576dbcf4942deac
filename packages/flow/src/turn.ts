import type { Action, SayPart } from './action.ts';
import { builtinValue } from './builtin-values.ts';
import type { CallContext, Key } from './event.ts';
import type { Json, Next, Turn } from './node-kind.ts';
import type { Prompt } from './prompt.ts';
import type { RunnableFlow } from './runnable.ts';
import type { CallState, Position, Served } from './state.ts';
import { namesIn, sayPartsOf, type Value } from './template.ts';

/** More keys than this pressed ahead are an elbow on the keypad. */
const TYPED_AHEAD_LIMIT = 20;
/** A key that follows a number out of habit follows it within this time. */
const HABIT_MS = 3_000;

/** The interpreter's side of a turn: a copy of the state that nodes change through `Turn`, and the actions gathered on the way. */
export class CallTurn implements Turn {
  readonly state: CallState;
  readonly actions: Action[] = [];
  readonly seq: number;
  readonly atMs: number;
  readonly #flow: Pick<RunnableFlow, 'personalNames'>;

  constructor(flow: Pick<RunnableFlow, 'personalNames'>, before: CallState, seq: number, atMs: number) {
    this.#flow = flow;
    this.seq = seq;
    this.atMs = atMs;
    this.state = {
      ...before,
      variables: { ...before.variables },
      typedAhead: [...before.typedAhead],
      served: { ...before.served },
      lastSeq: seq,
      lastAtMs: atMs,
    };
  }

  get context(): CallContext {
    return this.state.context;
  }

  get announcing(): boolean {
    return this.state.prompt?.playing === true;
  }

  get toldOfRecording(): boolean {
    return this.state.toldOfRecording;
  }

  get unrepeatableActions(): number {
    return this.actions.filter(
      (action) =>
        action.type === 'sendSms' || action.type === 'transfer' || action.type === 'requestCallBack',
    ).length;
  }

  values = (name: string): Value | null => {
    const own = Object.hasOwn(this.state.variables, name) ? this.state.variables[name] : undefined;
    return own ?? builtinValue(name, this.context, this.atMs);
  };

  takeTypedKey(): Key | null {
    return this.state.typedAhead.shift() ?? null;
  }

  hasTypedKeys(): boolean {
    return this.state.typedAhead.length > 0;
  }

  keepKey(key: Key): void {
    if (this.state.typedAhead.length < TYPED_AHEAD_LIMIT) this.state.typedAhead.push(key);
  }

  dropTypedKeys(): void {
    this.state.typedAhead = [];
  }

  passOver(key: Key): void {
    while (this.state.typedAhead[0] === key) this.state.typedAhead.shift();
    this.state.passedOver = { key, untilMs: this.atMs + HABIT_MS };
  }

  /** False for a key that is passed over. With any other the habit is over: the caller means what he presses. */
  admits(key: Key): boolean {
    const { passedOver } = this.state;
    if (passedOver?.key === key && this.atMs <= passedOver.untilMs) return false;
    this.state.passedOver = null;
    return true;
  }

  say(
    prompts: readonly (Prompt | null)[],
    { interruptible, aside = false }: { readonly interruptible: boolean; readonly aside?: boolean },
  ): boolean {
    const parts = prompts.flatMap((prompt) => [...sayPartsOf(prompt, this.values)]);
    this.stopAnnouncing();
    if (parts.length === 0) return false;
    this.state.prompt = { id: this.seq, parts, interruptible, playing: true, aside };
    this.#announce(parts);
    return true;
  }

  sayAgain(): boolean {
    const prompt = this.state.prompt;
    if (prompt === null) return false;
    // The engine goes on playing while the controlling process is away.
    this.stopAnnouncing();
    this.state.prompt = { ...prompt, id: this.seq, playing: true };
    this.#announce(prompt.parts);
    return true;
  }

  #announce(parts: readonly SayPart[]): void {
    const speed = this.state.slower ? ({ speed: 'slower' } as const) : {};
    this.actions.push({ type: 'announce', id: this.seq, parts, ...speed });
  }

  speakSlower(): void {
    this.state.slower = true;
  }

  stopAnnouncing(): void {
    if (this.state.prompt === null || !this.state.prompt.playing) return;
    this.state.prompt = { ...this.state.prompt, playing: false };
    this.actions.push({ type: 'stopAnnouncing' });
  }

  get textedElsewhere(): boolean {
    return this.state.textedElsewhere;
  }

  mayWrite(text: string): boolean {
    const { placed } = this.context;
    if (placed === undefined || placed.smsMayTellPersonal === true) return true;
    return !namesIn(text).some((name) => this.#flow.personalNames.has(name));
  }

  act(action: Parameters<Turn['act']>[0]): void {
    if (action.type === 'sendSms' && action.to !== this.context.callerNumber)
      this.state.textedElsewhere = true;
    this.actions.push(action);
  }

  recordAnswer(answer: Parameters<Turn['recordAnswer']>[0]): void {
    const { position } = this.state;
    if (position !== null) this.actions.push({ type: 'recordAnswer', id: this.seq, ...position, ...answer });
  }

  setVariable(name: string, value: Value): void {
    this.state.variables[name] = { ...value };
  }

  clearVariable(name: string): void {
    delete this.state.variables[name];
  }

  markServed(served: Served): void {
    this.state.served[served] = true;
  }

  markEndReached(): void {
    this.state.reachedEnd = true;
  }

  /** The announcement was heard out; `overdue`: nobody reported its end, so it is stopped to be sure. */
  promptIsOver(overdue: boolean): void {
    if (overdue) this.stopAnnouncing();
    if (this.state.prompt !== null) this.state.prompt = { ...this.state.prompt, playing: false };
  }

  noticeIsOver(heard: boolean): void {
    this.state.toldOfRecording = heard;
  }

  stay(data: Json, wait: Extract<Next<Json>, { type: 'stay' }>['wait'], announcementLimitMs: number): void {
    this.state.nodeData = data;
    if (wait === 'unchanged') return;
    this.state.deadlineMs = this.atMs + (wait === 'announced' ? announcementLimitMs : wait.forMs);
  }

  moveTo(position: Position): void {
    this.stopAnnouncing();
    this.state.prompt = null;
    this.state.position = position;
    this.state.nodeData = null;
    this.state.nodesEntered += 1;
  }

  answerAgain(limitMs: number): void {
    this.actions.push({ type: 'answer' });
    this.state.deadlineMs = this.atMs + limitMs;
  }

  hangUp(limitMs: number, cause?: 'busy'): void {
    this.stopAnnouncing();
    this.actions.push({ type: 'hangUp', ...(cause === undefined ? {} : { cause }) });
    this.state.phase = 'hangingUp';
    this.state.deadlineMs = this.atMs + limitMs;
  }
}
