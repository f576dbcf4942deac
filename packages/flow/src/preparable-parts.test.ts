import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SayPart } from './action.ts';
import { advance, begin } from './interpreter.ts';
import { preparablePartsOf } from './preparable-parts.ts';
import { arbitraryHappening } from './testing/arbitrary-events.ts';
import { arbitraryFlow } from './testing/arbitrary-flow.ts';
import { runnableOf, say } from './testing/test-bundle.ts';
import { context } from './testing/test-call.ts';

const runs = { numRuns: process.env['MADOGUCHI_FULL'] === '1' ? 1_000 : 100 };

/** Whether an announcement of a call is the prepared one, with values of its own and perhaps without some of them. */
function fits(said: readonly SayPart[], prepared: readonly SayPart[]): boolean {
  const [part, ...rest] = prepared;
  if (part === undefined) return said.length === 0;
  const [first, ...others] = said;
  if (part.type !== 'value') {
    return JSON.stringify(first) === JSON.stringify(part) && fits(others, rest);
  }
  return fits(said, rest) || (first?.type === 'value' && first.name === part.name && fits(others, rest));
}

test('every announcement of every call is among those made ready before publishing', () => {
  fc.assert(
    fc.property(
      arbitraryFlow,
      fc.constantFrom(context, { ...context, callerNumber: null, callerKind: 'withheld' as const }),
      fc.array(arbitraryHappening, { minLength: 1, maxLength: 60 }),
      (flow, caller, happenings) => {
        const prepared = preparablePartsOf(flow);
        let { state } = begin(flow, caller);
        const answered = () => ({ seq: 1, atMs: 500, event: { type: 'answered' as const } });
        for (const happening of [answered, ...happenings]) {
          const step = advance(flow, state, happening(state, state.lastSeq));
          for (const action of step.actions) {
            if (action.type !== 'announce') continue;
            const speed = action.speed ?? 'usual';
            const ready = prepared.filter((each) => each.speed === speed);
            expect(ready.some(({ parts }) => fits(action.parts, parts))).toBe(true);
          }
          state = step.state;
        }
      },
    ),
    runs,
  );
});

test('a prompt stands alone and after the words that ask again, with its values in their places', () => {
  const flow = runnableOf({
    menu: {
      kind: 'menu',
      prompt: say('{{callerNumber|digits}}の方は1を'),
      choices: [{ key: '1' }],
      wrongKey: { retries: 1, prompt: say('違います') },
      next: { 'key:1': 'end', wrongKey: 'end', noKey: 'end' },
    },
    end: { kind: 'end' },
  });
  const number: SayPart = { type: 'value', name: 'callerNumber', text: '1', readAs: 'digits' };
  const question: SayPart = { type: 'fixed', text: 'の方は1を' };
  const wrong: SayPart = { type: 'fixed', text: '違います' };
  const prepared = preparablePartsOf(flow);
  expect(prepared).toContainEqual({ parts: [number, question], speed: 'usual' });
  expect(prepared).toContainEqual({ parts: [wrong, number, question], speed: 'usual' });
});

test('a text that several nodes say is made ready once', () => {
  const announcement = (next: string) => ({
    kind: 'announcement',
    prompt: say('案内です。'),
    next: { next },
  });
  const flow = runnableOf({ one: announcement('two'), two: announcement('end'), end: { kind: 'end' } });
  expect(preparablePartsOf(flow)).toEqual([
    { parts: [{ type: 'fixed', text: '案内です。' }], speed: 'usual' },
  ]);
});

test('where a menu offers the slower voice, whatever the call may say is made ready in both, elsewhere in one', () => {
  const flowWith = (slowerKey: string | null) =>
    runnableOf(
      {
        menu: {
          kind: 'menu',
          prompt: say('窓口は1を'),
          choices: [{ key: '1' }],
          slowerKey,
          next: { 'key:1': 'other', wrongKey: 'end', noKey: 'end' },
        },
        other: { kind: 'goToFlow', flowId: 'other' },
        end: { kind: 'end' },
      },
      { other: { bye: { kind: 'end', farewell: say('さようなら') } } },
    );
  const said = (slowerKey: string | null) =>
    preparablePartsOf(flowWith(slowerKey)).map(
      ({ parts, speed }) =>
        `${speed} ${parts.map((part) => (part.type === 'fixed' ? part.text : '')).join('')}`,
    );
  expect(said(null)).toEqual(['usual 窓口は1を', 'usual さようなら']);
  expect(said('8')).toEqual(['usual 窓口は1を', 'usual さようなら', 'slower 窓口は1を', 'slower さようなら']);
});
