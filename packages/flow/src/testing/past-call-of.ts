import { fold } from '../fold.ts';
import type { StampedEvent } from '../interpreter.ts';
import type { PastCall } from '../replay/past-call.ts';
import type { RunnableFlow } from '../runnable.ts';

/** A call as the records would tell it, of its events. Throws where it is not over. */
export function pastCallOf(flow: RunnableFlow, events: readonly StampedEvent[], callId = 'call-1'): PastCall {
  const steps = fold(flow, events);
  const outcome = steps.at(-1)?.state.ended ?? null;
  if (outcome === null) throw new Error('the call is not over');
  return { callId, events, sealed: false, outcome, taken: steps.flatMap(({ taken }) => taken) };
}
