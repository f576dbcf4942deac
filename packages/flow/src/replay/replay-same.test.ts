import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { defaultHolidays } from '../calendar/holidays.ts';
import { advance, begin, type StampedEvent } from '../interpreter.ts';
import { loadPublished, type RunnableFlow } from '../runnable.ts';
import { arbitraryHappening, type Happening } from '../testing/arbitrary-events.ts';
import { arbitraryFlow } from '../testing/arbitrary-flow.ts';
import { pastCallOf } from '../testing/past-call-of.ts';
import { context } from '../testing/test-call.ts';
import type { HouseView } from '../trial/house-view.ts';
import { upcast } from '../upcast.ts';
import { replayer } from './replay-call.ts';

/** Knows nothing: what a call through its own version needs was answered in it. */
const house: HouseView = { calendars: [], holidays: defaultHolidays, standsOn: () => null };
const runs = { numRuns: process.env['MADOGUCHI_FULL'] === '1' ? 2_000 : 200 };
const callers = fc.constantFrom(
  context,
  { ...context, callerNumber: '0265001234', callerKind: 'landline' as const },
  { ...context, callerNumber: null, callerKind: 'withheld' as const },
  { ...context, refusal: 'linesFull' as const },
);
const happenings = fc.array(arbitraryHappening, { minLength: 1, maxLength: 60 });
const endings = fc.constantFrom(
  { type: 'callerHungUp', q850Cause: 16 } as const,
  { type: 'callLost' } as const,
  { type: 'hungUp' } as const,
);

/** The events of a call as a log keeps them, each with a number of its own; the last one ends it. */
function lived(
  flow: RunnableFlow,
  caller: typeof context,
  all: readonly Happening[],
  ending: StampedEvent['event'],
): readonly StampedEvent[] {
  let { state } = begin(flow, caller);
  const events: StampedEvent[] = [{ seq: 0, atMs: 0, event: { type: 'began', context: caller } }];
  const answered: Happening = (_state, seq) => ({ seq: seq + 1, atMs: 500, event: { type: 'answered' } });
  for (const happening of [answered, ...all]) {
    const seq = events.at(-1)?.seq ?? 0;
    const event = happening(state, seq);
    if (event.seq <= seq) continue;
    events.push(event);
    state = advance(flow, state, event).state;
  }
  const last = events.at(-1);
  return [...events, { seq: (last?.seq ?? 0) + 1, atMs: (last?.atMs ?? 0) + 700, event: ending }];
}

test('replayed through its own version, a call comes to exactly what it came to, by the same branches', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, endings, (flow, caller, all, ending) => {
      const call = pastCallOf(flow, lived(flow, caller, all, ending));
      const { after } = replayer(flow, flow, house)(call);
      expect(after).toEqual({ outcome: call.outcome, taken: call.taken, doubt: null, assumedSms: false });
    }),
    runs,
  );
});

test('whatever draft it is replayed through, a call comes to something that is known or to one doubt', () => {
  fc.assert(
    fc.property(
      arbitraryFlow,
      arbitraryFlow,
      callers,
      happenings,
      endings,
      (flow, draft, caller, all, ending) => {
        const call = pastCallOf(flow, lived(flow, caller, all, ending));
        const { after } = replayer(flow, draft, house)(call);
        expect(after.outcome === null).toBe(after.doubt !== null);
        expect(after.doubt?.reason).not.toBe('record');
        if (after.doubt !== null) expect(draft.node(after.doubt)).not.toBeNull();
      },
    ),
    runs,
  );
});

const folder = join(import.meta.dirname, '../golden');
const GoldenSchema = z.object({ bundle: z.unknown(), events: z.array(z.unknown()) });

test.each(readdirSync(folder).filter((name) => name.endsWith('.json')))(
  'the log %s of an earlier release is reproduced',
  (name) => {
    const golden = GoldenSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    const flow = loadPublished(golden.bundle);
    const call = pastCallOf(flow, golden.events.map(upcast));
    const { after } = replayer(flow, flow, house)(call);
    expect(after).toEqual({ outcome: call.outcome, taken: call.taken, doubt: null, assumedSms: false });
  },
);
