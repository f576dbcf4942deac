import fc from 'fast-check';
import { type CallEvent, KeySchema, TransferFailureSchema } from '../event.ts';
import type { StampedEvent } from '../interpreter.ts';
import type { CallState } from '../state.ts';

/** Something that may happen next, made into an event when it is known where the call stands. */
export type Happening = (state: CallState, seq: number) => StampedEvent;

type WithId = Extract<CallEvent, { id: number }>;
type Unnamed<E> = E extends WithId ? Omit<E, 'id'> : never;

const key = fc.constantFrom(...KeySchema.options);
const failure = fc.constantFrom(...TransferFailureSchema.options);

const withoutId: fc.Arbitrary<CallEvent> = fc.oneof(
  { weight: 6, arbitrary: key.map((each): CallEvent => ({ type: 'keyPressed', key: each })) },
  fc
    .constantFrom('はい', 'いいえ', '違います', 'あ')
    .map((text): CallEvent => ({ type: 'heard', text, confidence: 0.8 })),
  {
    weight: 4,
    arbitrary: fc
      .boolean()
      .map((open): CallEvent => ({ type: 'calendarSaid', calendarId: 'city', open, reason: '' })),
  },
  {
    weight: 4,
    arbitrary: fc.boolean().map((contains): CallEvent => ({ type: 'listSaid', listId: 'vip', contains })),
  },
  fc.constantFrom<CallEvent>(
    { type: 'answered' },
    { type: 'resumed' },
    { type: 'timePassed' },
    { type: 'calendarSaid', calendarId: 'gone', open: true, reason: '' },
  ),
);

const withId: fc.Arbitrary<Unnamed<WithId>> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Unnamed<WithId>>({ type: 'announced' }) },
  fc.constantFrom<Unnamed<WithId>>(
    { type: 'identitySaid', matches: true },
    { type: 'identitySaid', matches: false },
    { type: 'smsAccepted' },
    { type: 'smsUnknown' },
    { type: 'smsRefused', reason: 'no' },
    { type: 'transferRinging' },
    { type: 'transferAnswered' },
    { type: 'transferAnswered', target: 1 },
    { type: 'transferEnded', by: 'staff' },
    { type: 'transferEnded', by: 'caller' },
    { type: 'actionFailed', reason: 'fault' },
  ),
  failure.map(
    (reason): Unnamed<WithId> => ({ type: 'transferFailed', reason, sipCode: null, q850Cause: null }),
  ),
  fc
    .tuple(fc.constantFrom(0, 500, 9_000), fc.constantFrom('key', 'silence', 'limit', 'hangUp', 'fault'))
    .map(([durationMs, endedBy]): Unnamed<WithId> => ({ type: 'voicemailRecorded', durationMs, endedBy })),
);

/** The id of the announcement, of the action that the node waits for, or any other. */
function idOf(choice: number, state: CallState, seq: number): number {
  const data = state.nodeData;
  const own = data !== null && typeof data === 'object' && !Array.isArray(data) ? data['id'] : undefined;
  if (choice < 5 && state.prompt !== null && state.prompt.playing) return state.prompt.id;
  if (choice < 9 && typeof own === 'number') return own;
  return seq - choice;
}

const event: fc.Arbitrary<(state: CallState, seq: number) => CallEvent> = fc.oneof(
  { weight: 3, arbitrary: withoutId.map((each) => () => each) },
  {
    weight: 3,
    arbitrary: fc.tuple(withId, fc.nat(12)).map(
      ([each, choice]) =>
        (state: CallState, seq: number): CallEvent => ({ ...each, id: idOf(choice, state, seq) }),
    ),
  },
);

const stale = fc.tuple(event, fc.integer({ min: -5, max: 0 }), fc.integer({ min: -90_000, max: 90_000 }));
const usual = fc.tuple(event, fc.constant(1), fc.integer({ min: 0, max: 20_000 }));

/** Mostly what fits or nearly fits, now and then silence to the deadline, now and then an event out of order or out of time. */
export const arbitraryHappening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: usual.map(
      ([make, step, afterMs]): Happening =>
        (state, seq) => ({ seq: seq + step, atMs: state.lastAtMs + afterMs, event: make(state, seq) }),
    ),
  },
  {
    weight: 1,
    arbitrary: stale.map(
      ([make, step, afterMs]): Happening =>
        (state, seq) => ({ seq: seq + step, atMs: state.lastAtMs + afterMs, event: make(state, seq) }),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Happening>(silence) },
);

/** Nothing happens until the deadline comes. */
export function silence(state: CallState, seq: number): StampedEvent {
  return { seq: seq + 1, atMs: state.deadlineMs ?? state.lastAtMs, event: { type: 'timePassed' } };
}
