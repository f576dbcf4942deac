import { expect, test } from 'vitest';
import { ownHostOf } from './own-host.ts';

test.each([
  ['https://www.City.mihon.lg.jp/nouzei/index.html?a=1', 'www.city.mihon.lg.jp'],
  [' ｗｗｗ．ｍｉｈｏｎ．ｊｐ ', 'www.mihon.jp'],
  ['mihon.jp', 'mihon.jp'],
  ['lg.jp', null],
  ['co.jp', null],
  ['jp', null],
  ['localhost', null],
  ['市役所', null],
  ['https://user@www.city.mihon.lg.jp', null],
  ['', null],
])('an address %j names the host %j', (typed, host) => {
  expect(ownHostOf(typed)).toBe(host);
});
