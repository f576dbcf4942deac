import { expect, test } from 'vitest';
import { hashPin, isPin, pinProblem, tidyPin } from './pin.ts';

test.each(['739164', '8264917', '90517362'])('%s is taken', (pin) => {
  expect(pinProblem(pin)).toBeNull();
});

test.each(['', '12345', '123456789', '73916a'])('%j is no number of six to eight figures', (pin) => {
  expect(pinProblem(pin)).toContain('6桁から8桁');
});

test.each([
  '000000',
  '123456',
  '98765432',
  '890123',
  '135791',
  '525252',
  '529529',
  '52915291',
  '5295295',
  '112211',
])('%s is too easy to guess', (pin) => {
  expect(pinProblem(pin)).toContain('続き番号');
});

test.each(['19740315', '740315', '3491231', '20010229'])('%s could be a birthday', (pin) => {
  expect(pinProblem(pin)).toContain('生年月日');
});

test('full-width figures are read as figures', () => {
  expect(tidyPin(' ７３９１６４ ')).toBe('739164');
});

test('a PIN is kept as a salted hash that opens for it alone', async () => {
  const [kept, again] = await Promise.all([hashPin('739164'), hashPin('739164')]);
  expect(kept).not.toBe(again);
  expect(kept).not.toContain('739164');
  expect(await isPin('739164', kept)).toBe(true);
  expect(await isPin('739165', kept)).toBe(false);
  expect(await isPin('739164', null)).toBe(false);
});
