import { expect, test } from 'vitest';
import { stepStateOf } from './step-states.ts';

const outlook = {
  missing: [
    { step: 'list', path: '', message: '名簿がまだありません。' },
    { step: 'schedule', path: 'settings.lastDay', message: '最後の日を選んでください。' },
    { step: 'schedule', path: 'settings.firstDay', message: '最後の日を選んでください。' },
  ],
  estimate: null,
} as const;
const whole = { missing: [], estimate: { lowYen: 1, likelyYen: 2, worstYen: 3, assumptions: [] } };

test('each step says what it still wants, the same words once', () => {
  expect(stepStateOf('basics', { ...outlook, missing: [...outlook.missing] })).toEqual({ type: 'done' });
  expect(stepStateOf('schedule', { ...outlook, missing: [...outlook.missing] })).toEqual({
    type: 'missing',
    what: ['最後の日を選んでください。'],
  });
});

test('決裁 waits for the steps that are not whole, by their names', () => {
  expect(stepStateOf('propose', { ...outlook, missing: [...outlook.missing] })).toEqual({
    type: 'later',
    after: '「名簿」「時間とかけ方」',
  });
  expect(stepStateOf('propose', whole)).toEqual({ type: 'ready' });
  expect(stepStateOf('propose', undefined)).toBeNull();
});

test('the texts are not told to be done while there is no scenario or no list', () => {
  const without = (...steps: ('basics' | 'list')[]) =>
    stepStateOf('text', {
      missing: steps.map((step) => ({ step, path: '', message: '足りません。' })),
      estimate: null,
    });
  expect(without('basics', 'list')).toEqual({ type: 'later', after: '「名前と番号」「名簿」' });
  expect(without('list')).toEqual({ type: 'later', after: '「名簿」' });
  expect(without()).toEqual({ type: 'done' });
});
