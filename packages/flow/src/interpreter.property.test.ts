import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { check } from './check/check.ts';
import { LANGUAGE_VERSION } from './draft.ts';
import { advance, begin, type StampedEvent, type Step } from './interpreter.ts';
import { mayDial } from './numbering.ts';
import type { RunnableFlow } from './runnable.ts';
import { type CallState, CallStateSchema } from './state.ts';
import { arbitraryHappening, type Happening, silence } from './testing/arbitrary-events.ts';
import { arbitraryBundle, arbitraryFlow } from './testing/arbitrary-flow.ts';
import { surroundings } from './testing/test-bundle.ts';
import { context } from './testing/test-call.ts';

const callers = fc.constantFrom(
  context,
  { ...context, callerNumber: '0265001234', callerKind: 'landline' as const },
  { ...context, callerNumber: null, callerKind: 'withheld' as const },
);
const happenings = fc.array(arbitraryHappening, { minLength: 1, maxLength: 60 });
const runs = { numRuns: process.env['MADOGUCHI_FULL'] === '1' ? 1_000 : 60 };

/** Lets things happen to an answered call and shows each step to `look`. */
function live(
  flow: RunnableFlow,
  caller: typeof context,
  all: readonly Happening[],
  look: (step: Step, before: CallState, event: StampedEvent) => void,
): CallState {
  let state = begin(flow, caller).state;
  let seq = 0;
  const answered: Happening = (_state, at) => ({ seq: at + 1, atMs: 500, event: { type: 'answered' } });
  for (const happening of [answered, ...all]) {
    const event = happening(state, seq);
    const step = advance(flow, state, event);
    look(step, state, event);
    seq = Math.max(seq, event.seq);
    state = step.state;
  }
  return state;
}

test('whatever happens, a call has ended or has a deadline at which it goes on by itself', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, (flow, caller, all) => {
      live(flow, caller, all, ({ state }) => {
        expect(CallStateSchema.parse(state)).toEqual(state);
        expect(state.ended === null).toBe(state.deadlineMs !== null);
        if (state.ended !== null) return;
        const next = advance(flow, state, silence(state, state.lastSeq + 100));
        expect(next.state).not.toBe(state);
        expect(next.state.ended ?? (next.state.deadlineMs ?? 0) > next.state.lastAtMs).toBeTruthy();
      });
    }),
    runs,
  );
});

test('an event that means nothing gives back the very same state and does nothing', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, (flow, caller, all) => {
      live(flow, caller, all, (step, before, event) => {
        const isOld = event.seq <= before.lastSeq || before.ended !== null;
        if (isOld) expect(step.state).toBe(before);
        if (step.state === before) expect([step.actions, step.taken]).toEqual([[], []]);
      });
    }),
    runs,
  );
});

test('every announcement is slower once the caller has asked for it, and none before', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, (flow, caller, all) => {
      let slower = false;
      live(flow, caller, all, ({ state, actions }, before) => {
        expect(state.slower || !before.slower).toBe(true);
        slower = state.slower;
        for (const action of actions) {
          if (action.type === 'announce') expect(action.speed === 'slower').toBe(slower);
        }
      });
    }),
    runs,
  );
});

test('one event causes at most one SMS, transfer or request to be called back, under its own number', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, (flow, caller, all) => {
      live(flow, caller, all, ({ actions }, _before, { seq }) => {
        const unrepeatable = actions.filter(
          (action) =>
            action.type === 'sendSms' || action.type === 'transfer' || action.type === 'requestCallBack',
        );
        expect(unrepeatable.length).toBeLessThanOrEqual(1);
        expect(unrepeatable.every((action) => action.id === seq)).toBe(true);
        const begun = actions.filter(
          (action) => action.type === 'announce' || action.type === 'recordVoicemail',
        );
        expect(begun.every((action) => action.id === seq)).toBe(true);
        expect(actions.filter((action) => action.type === 'announce').length).toBeLessThanOrEqual(1);
      });
    }),
    runs,
  );
});

test('after a crash of the controller nothing unrepeatable is done again', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, (flow, caller, all) => {
      live(flow, caller, all, ({ state }) => {
        const resumed = {
          seq: state.lastSeq + 100,
          atMs: state.lastAtMs,
          event: { type: 'resumed' },
        } as const;
        const { actions } = advance(flow, state, resumed);
        const types = actions.map((action) => action.type);
        const unrepeatable = ['sendSms', 'transfer', 'recordVoicemail', 'requestCallBack', 'recordAnswer'];
        expect(types.some((type) => unrepeatable.includes(type))).toBe(false);
      });
    }),
    runs,
  );
});

test('once the caller has hung up, the call ends with that event', () => {
  const lasts = fc.constantFrom(
    { type: 'callerHungUp', q850Cause: 16 } as const,
    { type: 'callLost' } as const,
    { type: 'hungUp' } as const,
  );
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, lasts, (flow, caller, all, last) => {
      const state = live(flow, caller, all, () => undefined);
      const step = advance(flow, state, {
        seq: state.lastSeq + 100,
        atMs: state.lastAtMs + 100,
        event: last,
      });
      expect(step.state.ended).not.toBeNull();
      expect(step.actions).toEqual([]);
    }),
    runs,
  );
});

test('a state that went through JSON goes on as the original does', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, (flow, caller, all) => {
      live(flow, caller, all, (step, before, event) => {
        expect(advance(flow, JSON.parse(JSON.stringify(before)), event)).toEqual(step);
      });
    }),
    runs,
  );
});

test('folding does not change the state that was there before', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, (flow, caller, all) => {
      let copy = '';
      live(flow, caller, all, ({ state }, before) => {
        if (copy !== '') expect(JSON.stringify(before)).toBe(copy);
        copy = JSON.stringify(state);
      });
    }),
    runs,
  );
});

test('where the checker warns of no loop, a caller who does nothing is not held for ever', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, (flow, caller) => {
      fc.pre(!check(flow.bundle, surroundings).some((problem) => problem.code === 'silentCallerLoop'));
      const state = live(flow, caller, Array<Happening>(400).fill(silence), () => undefined);
      expect(state.ended).not.toBeNull();
      expect(state.failed).toBe(false);
    }),
    runs,
  );
});

test('a caller who does nothing comes to no text message or staff call twice, and asks nobody to call him', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, (flow, caller) => {
      // Within one coming to a transfer its telephones are rung one after another, and again while he waits.
      const acting = new Map<number, string>();
      live(flow, caller, Array<Happening>(400).fill(silence), ({ state, actions }) => {
        const acts = actions.some((action) => action.type === 'sendSms' || action.type === 'transfer');
        expect(actions.some((action) => action.type === 'requestCallBack')).toBe(false);
        if (acts) acting.set(state.nodesEntered, JSON.stringify(state.position));
      });
      expect([...acting.values()]).toEqual([...new Set(acting.values())]);
    }),
    runs,
  );
});

/** Staff telephones are all taken and say so at once; nothing else happens. */
const allBusy: Happening = (state, seq) => {
  const data = z.object({ stage: z.literal('ringing'), id: z.int() }).safeParse(state.nodeData);
  if (!data.success || state.prompt?.playing === true) return silence(state, seq);
  const { id } = data.data;
  const event = { type: 'transferFailed', id, reason: 'busy', sipCode: 486, q850Cause: 17 } as const;
  return { seq: seq + 1, atMs: state.lastAtMs + 200, event };
};

test('a caller who waits for staff who are all taken is let go on at the limit', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, (flow, caller) => {
      fc.pre(!check(flow.bundle, surroundings).some((problem) => problem.code === 'silentCallerLoop'));
      let sinceMs = 0;
      let nodes = 0;
      const end = live(flow, caller, Array<Happening>(900).fill(allBusy), ({ state }) => {
        if (state.nodesEntered !== nodes) sinceMs = state.lastAtMs;
        nodes = state.nodesEntered;
        // Each announcement whose end nobody reports is waited for ten minutes.
        if (waitsForStaff(state))
          expect(state.lastAtMs - sinceMs).toBeLessThan(180_000 + 2 * 600_000 + 1_000);
      });
      expect(end.ended).not.toBeNull();
    }),
    // Each run is a call of up to 900 events.
    { numRuns: Math.min(runs.numRuns, 150) },
  );
});

function waitsForStaff({ nodeData, ended }: CallState): boolean {
  return ended === null && z.object({ stage: z.enum(['ringing', 'pausing']) }).safeParse(nodeData).success;
}

test('nothing is recorded before a notice of it was heard to its end', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, (flow, caller, all) => {
      let isTold = false;
      live(flow, caller, all, ({ actions }, { prompt }, { event }) => {
        const isHeard = event.type === 'announced' && prompt?.playing === true && prompt.id === event.id;
        const isNotice = prompt?.parts.some((part) => part.type === 'fixed' && part.text === '録音します。');
        if (isHeard && isNotice) isTold = true;
        const records = actions.some(
          (action) => action.type === 'recordVoicemail' || (action.type === 'transfer' && action.record),
        );
        if (records) expect(isTold).toBe(true);
      });
    }),
    runs,
  );
});

test('a call sends at most one text to numbers other than that of the caller', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, (flow, caller, all) => {
      let elsewhere = 0;
      live(flow, caller, all, ({ actions }) => {
        for (const action of actions)
          if (action.type === 'sendSms' && action.to !== caller.callerNumber) elsewhere += 1;
      });
      expect(elsewhere).toBeLessThanOrEqual(1);
    }),
    runs,
  );
});

test('staff are asked to call only numbers that may be dialled', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, (flow, caller, all) => {
      live(flow, caller, all, ({ actions }) => {
        for (const action of actions)
          if (action.type === 'requestCallBack')
            expect(mayDial(action.number, { tollFree: false }).allowed).toBe(true);
      });
    }),
    runs,
  );
});

test('no accepted flow fails by itself', () => {
  fc.assert(
    fc.property(arbitraryFlow, callers, happenings, (flow, caller, all) => {
      expect(live(flow, caller, all, () => undefined).failed).toBe(false);
    }),
    runs,
  );
});

test('the checker says something of any draft and never throws', () => {
  const draft = fc.record({
    bundleId: fc.constant('x'),
    entryFlowId: fc.constantFrom('main', 'constructor', 'gone'),
    flows: fc.dictionary(
      fc.constantFrom('main', 'constructor'),
      fc.record({
        languageVersion: fc.constant(LANGUAGE_VERSION),
        id: fc.constant('main'),
        name: fc.string(),
        startNodeId: fc.constantFrom('a', 'b', 'toString'),
        nodes: fc.dictionary(
          fc.constantFrom('a', 'b', 'toString'),
          fc.record({
            kind: fc.constantFrom('announcement', 'menu', 'transfer', 'end', 'constructor', ''),
            title: fc.string(),
            next: fc.dictionary(
              fc.constantFrom('next', 'key:1', 'toString'),
              fc.constantFrom('a', 'b', 'toString'),
            ),
            at: fc.constant(null),
            prompt: fc.anything(),
            choices: fc.anything(),
            to: fc.oneof(fc.string(), fc.anything()),
          }),
        ),
      }),
    ),
  });
  fc.assert(
    fc.property(fc.oneof(draft, arbitraryBundle), (bundle) => {
      expect(Array.isArray(check(bundle, surroundings))).toBe(true);
    }),
    runs,
  );
});
