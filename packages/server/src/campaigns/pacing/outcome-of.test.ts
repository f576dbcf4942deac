import { expect, test } from 'vitest';
import { DEFAULT_OUTCOME_TABLE } from './default-outcome-table.ts';
import { type NetworkAnswer, OutcomeTableSchema, outcomeOf } from './outcome-of.ts';

const NOTHING: NetworkAnswer = {
  sipCode: null,
  q850Cause: null,
  rang: false,
  earlyMedia: false,
  answerAfterMs: null,
  endAfterMs: 4_000,
  endedBy: 'them',
};
const usual = (answer: Partial<NetworkAnswer>) => outcomeOf({ ...NOTHING, ...answer }, DEFAULT_OUTCOME_TABLE);

test('each answer of a Japanese network is told apart', () => {
  expect(usual({ sipCode: 486, q850Cause: 17 })).toBe('busy');
  expect(usual({ sipCode: 600, rang: true })).toBe('busy');
  expect(usual({ sipCode: 480, rang: true, endAfterMs: 31_000 })).toBe('unanswered');
  expect(usual({ sipCode: 480, q850Cause: 20, rang: true })).toBe('outOfRange');
  expect(usual({ sipCode: 480, rang: true, earlyMedia: true, endAfterMs: 12_000 })).toBe('outOfRange');
  expect(usual({ sipCode: 480, rang: true, earlyMedia: true, endAfterMs: 31_000 })).toBe('unanswered');
  expect(usual({ sipCode: 480 })).toBe('outOfRange');
  expect(usual({ sipCode: 404, q850Cause: 1 })).toBe('unassigned');
  expect(usual({ q850Cause: 1 })).toBe('unassigned');
  expect(usual({ sipCode: 603, q850Cause: 21, rang: true })).toBe('declined');
  expect(usual({ q850Cause: 21, rang: true })).toBe('declined');
  // the engine derives cause 21 from it, yet nobody declined
  expect(usual({ sipCode: 403, q850Cause: 21 })).toBe('trunkRefused');
  expect(usual({ sipCode: 503, q850Cause: 34 })).toBe('trunkRefused');
  expect(usual({ sipCode: 487, rang: true, endedBy: 'us', endAfterMs: 30_000 })).toBe('unanswered');
  expect(usual({ sipCode: 408, rang: true })).toBe('unanswered');
  expect(usual({ rang: true, endedBy: 'us', endAfterMs: 30_000 })).toBe('unanswered');
});

test('who hangs up within two seconds heard nothing; who stays, or whom we hang up on, answered', () => {
  const answered = { sipCode: 200, rang: true, answerAfterMs: 5_000 };
  expect(usual({ ...answered, endAfterMs: 6_900 })).toBe('hungUpAtOnce');
  expect(usual({ ...answered, endAfterMs: 7_100 })).toBe('answered');
  expect(usual({ ...answered, endAfterMs: 6_000, endedBy: 'us' })).toBe('answered');
});

test('what nobody knows stays unknown', () => {
  expect(usual({ sipCode: 499 })).toBe('unknown');
  expect(usual({})).toBe('unknown');
  expect(outcomeOf({ ...NOTHING, sipCode: 486 }, [])).toBe('unknown');
});

test('a trunk of its own ways has its own table, of which the first fitting rule decides', () => {
  const table = OutcomeTableSchema.parse([
    { when: { sipCodes: [503], endWithinMs: 1_000 }, outcome: 'noLine', because: '契約回線数を超えた' },
    { when: { sipCodes: [503] }, outcome: 'outOfRange', because: 'この回線の圏外案内' },
  ]);
  expect(outcomeOf({ ...NOTHING, sipCode: 503, endAfterMs: 200 }, table)).toBe('noLine');
  expect(outcomeOf({ ...NOTHING, sipCode: 503 }, table)).toBe('outOfRange');
});

test('every rule of the default table says why, and none is hidden by those before it', () => {
  expect(OutcomeTableSchema.parse(DEFAULT_OUTCOME_TABLE)).toEqual(DEFAULT_OUTCOME_TABLE);
  const decides = new Set<number>();
  for (const sipCode of [null, 200, 401, 403, 404, 408, 480, 482, 484, 486, 487, 503, 504, 603, 608]) {
    for (const q850Cause of [null, 1, 17, 18, 20, 21, 34]) {
      for (const rang of [false, true]) {
        for (const earlyMedia of [false, true]) {
          for (const endedBy of ['us', 'them'] as const) {
            for (const endAfterMs of [1_500, 31_000]) {
              const answerAfterMs = sipCode === 200 ? 500 : null;
              const answer = { sipCode, q850Cause, rang, earlyMedia, endedBy, endAfterMs, answerAfterMs };
              const decisive = DEFAULT_OUTCOME_TABLE.findIndex(
                (rule) => outcomeOf(answer, [rule]) !== 'unknown',
              );
              decides.add(decisive);
            }
          }
        }
      }
    }
  }
  expect([...DEFAULT_OUTCOME_TABLE.keys()].filter((rule) => !decides.has(rule))).toEqual([]);
});
