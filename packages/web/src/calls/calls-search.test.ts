import { expect, test } from 'vitest';
import { CallsSearchSchema, callsPath, digitsOf } from './calls-search.ts';

test('a number may be typed full-width, with hyphens or spaces', () => {
  expect(digitsOf('０９０ー００００－０００１ ')).toBe('09000000001');
});

test('nonsense in the address is passed over instead of breaking the page', () => {
  expect(CallsSearchSchema.parse({ from: '2026-99-99', to: '2026-04-01', number: 123 })).toEqual({
    from: undefined,
    to: '2026-04-01',
    number: '123',
  });
});

test('only what is searched by is asked of the server', () => {
  expect(callsPath({}, null)).toBe('/api/calls');
  expect(callsPath({ number: '0900', outcome: undefined }, 'c 1')).toBe('/api/calls?number=0900&cursor=c+1');
});
