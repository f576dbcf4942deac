import type { LineEvent, SurvivingCall } from '../line/index.ts';

/** An event of one call. */
export type CallLineEvent = Extract<LineEvent, { readonly callId: string }>;

export type UnattendedCall = { readonly survivor: SurvivingCall; readonly missed: readonly CallLineEvent[] };

/**
 * Calls that the engine held when this process took over and whose past is not known yet. What happens to them meanwhile is kept, so that
 * a talk or message that ended then is not thought to go on. Keys are not kept: nobody had asked for them.
 */
export class UnattendedCalls {
  readonly #calls: Map<string, { readonly survivor: SurvivingCall; readonly missed: CallLineEvent[] }>;

  constructor(surviving: readonly SurvivingCall[]) {
    this.#calls = new Map(surviving.map((survivor) => [survivor.callId, { survivor, missed: [] }]));
  }

  hear(event: CallLineEvent): void {
    if (event.type !== 'keyPressed') this.#calls.get(event.callId)?.missed.push(event);
  }

  /** Hands a call over to whoever attends to it from now on. */
  take(callId: string): UnattendedCall | null {
    const call = this.#calls.get(callId) ?? null;
    this.#calls.delete(callId);
    return call;
  }

  takeAll(): readonly UnattendedCall[] {
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    return calls;
  }
}
