import { expect, test } from 'vitest';
import { spokenKeysOf } from './spoken-keys.ts';
import { wordsOf } from './spoken-length.ts';

const spoken = (text: string) => spokenKeysOf(wordsOf({ type: 'text', text }) ?? '');

test.each<[string, string]>([
  ['住民票の方は1を、税金の方は2を押してください。', '12'],
  ['住民票は、1番を。税金は、2番を押してください。', '12'],
  ['住民票については、１を。もう一度お聞きになる方は、０を押してください。', '01'],
  ['住民票は1、税金は2、そのほかは9を押してください。', '129'],
  ['よろしければ1を、入力し直す場合は2を押してください。', '12'],
  ['もう一度お聞きになる方はシャープを、職員をご希望の方は米印を押してください。', '#*'],
  ['終わりましたら、＃を。やり直すときは、＊を押してください。', '#*'],
  ['聞き直す場合はアスタリスクを、ゆっくり聞く場合は井桁を押してください。', '#*'],
  ['職員をご希望の方は、9番のボタンを押してください。', '9'],
  ['職員をご希望の方は「9」を押してください。', '9'],
  ['職員をご希望の方は九番を、もう一度の方はゼロを押してください。', '09'],
  ['{{callerNumber}}の方は3を押してください。', '3'],
  ['お手元の納入通知書にある、8桁の番号を押してください。', ''],
  ['受付は平日8時45分から5時までです。2026年1月4日は休みます。', ''],
  ['3番窓口の1階で、5枚の書類を2部お出しください。', ''],
  ['様式の統一を進めています。もう一度、おかけ直しください。', ''],
  ['お問い合わせは、0725-00-1001までお願いします。', ''],
])('hears in 「%s」 that these keys are to be pressed: %s', (text, keys) => {
  const { asked, beforeMeaning, named } = spoken(text);
  expect([...asked].toSorted().join('')).toBe(keys);
  for (const key of asked) expect(named).toContain(key);
  expect([...beforeMeaning]).toEqual([]);
});

test.each<[string, string]>([
  ['1番は住民票、2番は税金です。', '12'],
  ['1を押すと住民票のご案内をします。2を押しますと税金のご案内をします。', '12'],
  ['ご用件をお選びください。1、住民票。2、税金。', '12'],
  ['１：住民票、２：税金', '12'],
  ['途中で9を押すと、職員におつなぎします。', '9'],
  ['シャープを押していただくと、もう一度ご案内します。', '#'],
  ['一番は住民票です。', '1'],
])('hears in 「%s」 that these keys come before their meaning: %s', (text, keys) => {
  const { beforeMeaning, named } = spoken(text);
  expect([...beforeMeaning].toSorted().join('')).toBe(keys);
  for (const key of beforeMeaning) expect(named).toContain(key);
});

test.each([
  '職員とお話しになりたい方は、9を押していただくと、おつなぎします。',
  'もう一度お聞きになる方は、0を。',
  '令和8年は、1月4日から受け付けます。',
  '40歳から74歳までの方は、年に1回、無料で受けられます。',
])('takes nothing in 「%s」 for a key before its meaning', (text) => {
  expect([...spoken(text).beforeMeaning]).toEqual([]);
});

test.each<[string, string]>([
  ['1か2を押してください。', '12'],
  ['ご用件の番号を1、2、3からお選びください。', '123'],
  ['1階は3番窓口です。', ''],
])('a caller may know from 「%s」 of these keys: %s', (text, keys) => {
  expect([...spoken(text).named].toSorted().join('')).toBe(keys);
});

test('the first choice has been said where its key has', () => {
  const text = 'お選びください。住民票は1を、税金は2を。';
  expect(text.slice(0, spoken(text).firstEnd ?? 0)).toBe('お選びください。住民票は1');
  expect(spoken('番号を押してください。').firstEnd).toBeNull();
});
