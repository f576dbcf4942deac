import { expect, test } from 'vitest';
import { isMyNumber, MyNumberWatch } from './my-number.ts';

function withCheckDigit(eleven: string): string {
  const digit = Array.from('0123456789').find((each) => isMyNumber(`${eleven}${each}`));
  return `${eleven}${digit ?? ''}`;
}

test('a number with the right check digit is known, in whatever way it is written', () => {
  // 6·1+5·2+4·3+3·4+2·5+7·6+6·7+5·8+4·9+3·0+2·1 = 212; 212 mod 11 = 3; 11 − 3 = 8
  expect(isMyNumber('123456789018')).toBe(true);
  expect(isMyNumber('1234 5678 9018')).toBe(true);
  expect(isMyNumber('１２３４-５６７８-９０１８')).toBe(true);
  for (const wrong of ['123456789017', '12345678901', '1234567890180', '12345678901X', '']) {
    expect(isMyNumber(wrong), wrong).toBe(false);
  }
  // With a rest of 0 or 1 the digit is 0.
  expect(isMyNumber('000000000000')).toBe(true);
});

test('of ten last digits exactly one is right', () => {
  for (const eleven of ['00000000001', '98765432109', '55555555555', '31415926535']) {
    const fitting = Array.from('0123456789').filter((digit) => isMyNumber(`${eleven}${digit}`));
    expect(fitting, eleven).toHaveLength(1);
  }
});

test('a column is suspected once more than half of what is in it fits, however much of it is empty', () => {
  const watch = new MyNumberWatch();
  const numbers = Array.from({ length: 40 }, (_, nth) => withCheckDigit(String(10_000_000_000 + nth * 7919)));
  for (const number of numbers) watch.add(['0001', number, '']);
  for (let nth = 0; nth < 100; nth++) watch.add(['0001', '', '']);
  expect(watch.suspect()).toBe(1);
});

test('宛名番号 of twelve digits are no マイナンバー, though one in eleven fits by chance', () => {
  const watch = new MyNumberWatch();
  for (let nth = 0; nth < 1_000; nth++) watch.add([String(nth).padStart(12, '0')]);
  expect(watch.suspect()).toBeNull();
});
