import type { SayPart } from '@madoguchi/flow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { preparableSegmentsOf } from './preparable-segments.ts';
import { compileSegments, type Segment } from './segments.ts';

type Value = Extract<SayPart, { type: 'value' }>;
const fixed = (text: string): SayPart => ({ type: 'fixed', text });
const value = (readAs: Value['readAs']): SayPart => ({ type: 'value', name: 'x', text: '1', readAs });
const isFixed = (segment: Segment) => segment.type === 'audio' || segment.kind === 'fixed';
const told = (...parts: SayPart[]) =>
  preparableSegmentsOf(parts).map((segment) =>
    segment.type === 'audio' ? segment.audioId : `${segment.reading}/${segment.ending}`,
  );

const piece = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '納付額は',
      '円です。',
      '件、',
      'は納期限です',
      'へどうぞ。お電話を',
      '番',
      '。',
    ),
  },
  fc.constant('x'),
);
const readAs = fc.constantFrom<Value['readAs']>(
  'text',
  'digits',
  'telephone',
  'date',
  'time',
  'amount',
  'number',
);
const part: fc.Arbitrary<SayPart> = fc.oneof(
  { weight: 3, arbitrary: piece.map(fixed) },
  { weight: 3, arbitrary: readAs.map(value) },
  fc.constant<SayPart>({ type: 'audio', audioId: 'melody' }),
);
/** Null: nothing has set the value in this call. */
const valueInCall = fc.constantFrom(null, '1', '12,800', '市民課', '2026-01-31', '09000001234');

test('whatever the values of a call are, and whichever are missing, no fixed text is left to be made in it', () => {
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 8 }),
      fc.array(valueInCall, { minLength: 8, maxLength: 8 }),
      (announcement, texts) => {
        const said = announcement.flatMap((each, index): SayPart[] => {
          const text = texts[index] ?? null;
          if (each.type !== 'value') return [each];
          return text === null ? [] : [{ ...each, text }];
        });
        const ready = preparableSegmentsOf(announcement).map((segment) => JSON.stringify(segment));
        const asked = compileSegments(said).filter(isFixed);
        expect(ready).toEqual(expect.arrayContaining(asked.map((segment) => JSON.stringify(segment))));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('text behind a value that may be a figure is made with its counter and without', () => {
  expect(new Set(told(value('text'), fixed('番です。')))).toEqual(
    new Set(['番です。/sentence', 'です。/sentence']),
  );
});

test('text before a value is made as one that goes on, and as an end for when the value is missing', () => {
  expect(told(fixed('納付額は'), value('amount'))).toEqual(['納付額は/joined', '納付額は/sentence']);
});

test('a text without values is made in one form only', () => {
  expect(told(fixed('お電話ありがとうございます。ご案内します'))).toEqual([
    'お電話ありがとうございます。/sentence',
    'ご案内します/sentence',
  ]);
});
