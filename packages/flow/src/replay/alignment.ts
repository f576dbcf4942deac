import type { CallEvent } from '../event.ts';
import { ANSWER_SILENCE_MS } from '../interpreter.ts';
import type { CallState } from '../state.ts';

/** From the numbers and times of one call to those of another that stands where it stood. */
export type Shift = { readonly seq: number; readonly atMs: number };

export function shiftOf(then: CallState, now: CallState): Shift {
  return { seq: now.lastSeq - then.lastSeq, atMs: now.lastAtMs - then.lastAtMs };
}

/** An event of the one call as the other hears of it: it answers the same action. */
export function shifted(event: CallEvent, { seq }: Shift): CallEvent {
  return 'id' in event ? { ...event, id: event.id + seq } : event;
}

/** Whether two calls stand at their nodes in the same way, so that the same events have the same meaning to both. */
export function isAligned(then: CallState, now: CallState): boolean {
  return comparable(then) === comparable(now);
}

/** What a node's behaviour depends on, apart from its settings and values; numbers and times count from the present. */
function comparable({
  lastSeq,
  lastAtMs,
  nodeData,
  prompt,
  typedAhead,
  passedOver,
  deadlineMs,
  answeredAtMs,
  toldOfRecording,
  textedElsewhere,
}: CallState): string {
  const sinceAnswerMs = lastAtMs - (answeredAtMs ?? 0);
  const all = {
    nodeData,
    prompt: prompt === null ? null : { ...prompt, parts: null },
    typedAhead,
    passedOver,
    deadlineMs,
    toldOfRecording,
    textedElsewhere,
    silence: sinceAnswerMs < ANSWER_SILENCE_MS ? sinceAnswerMs : null,
  };
  return JSON.stringify(all, (name, value: unknown) => {
    if (typeof value !== 'number') return value;
    // So nodes name what they remember of actions and of the clock.
    if (name === 'id') return value - lastSeq;
    return name.endsWith('Ms') ? value - lastAtMs : value;
  });
}
