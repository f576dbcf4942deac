import { expect, test } from 'vitest';
import { whoKeyedIn } from './call-of-recipient.ts';
import type { DueRecipient } from './due-recipients.ts';

const key = Buffer.alloc(32);
const person = (recipientId: number, birthDate: string | null): DueRecipient => ({
  recipientId,
  telephone: '0725000101',
  birthDate,
  values: { 金額: { text: String(recipientId), readAs: 'amount' } },
  personKey: key,
  telephoneKey: key,
});
const monthDay = (digits: string) => ({ format: 'monthDay', digits }) as const;
const birthDate = (digits: string) => ({ format: 'birthDate', digits }) as const;

test('a birthday is compared whole or by month and day; who has none in the list is never taken for the person meant', () => {
  const alone = [person(1, '1950-01-02')];
  expect(whoKeyedIn(alone, monthDay('0102')).matches).toBe(true);
  expect(whoKeyedIn(alone, monthDay('0201')).matches).toBe(false);
  expect(whoKeyedIn(alone, birthDate('19500102')).matches).toBe(true);
  expect(whoKeyedIn(alone, birthDate('0102')).matches).toBe(false);
  expect(whoKeyedIn([person(1, null)], monthDay('0102')).matches).toBe(false);
});

test('of several at one telephone the birthday says who is on the line, and only of that person anything may be said', () => {
  const household = [person(1, '1950-01-02'), person(2, '1952-03-04'), person(3, null)];
  expect(whoKeyedIn(household, monthDay('0304'))).toEqual({
    matches: true,
    person: { recipientId: 2, values: { 金額: { text: '2', readAs: 'amount' } } },
  });
});

test('a birthday that two have is nobody’s, until the year tells them apart', () => {
  const twins = [person(1, '1950-01-02'), person(2, '1952-01-02')];
  expect(whoKeyedIn(twins, monthDay('0102'))).toEqual({ matches: false });
  expect(whoKeyedIn(twins, birthDate('19520102')).person?.recipientId).toBe(2);
});

test('who was taken off meanwhile is told nothing, and who has the same birthday is not taken for him', () => {
  const household = [person(1, '1950-01-02'), person(2, '1952-03-04'), person(3, '1980-01-02')];
  expect(whoKeyedIn(household, monthDay('0304'), { gone: new Set([2]) })).toEqual({ matches: false });
  expect(whoKeyedIn(household, monthDay('0102'), { gone: new Set([1]) })).toEqual({ matches: false });
  expect(
    whoKeyedIn(household.slice(0, 2), monthDay('0102'), { gone: new Set([2]) }).person?.recipientId,
  ).toBe(1);
});

test('a call-back does not know of whom it is, though one person alone may be on the line', () => {
  const alone = [person(1, '1950-01-02')];
  expect(whoKeyedIn(alone, monthDay('0102')).person).toBeUndefined();
  expect(whoKeyedIn(alone, monthDay('0102'), { isKnown: false }).person?.recipientId).toBe(1);
});
