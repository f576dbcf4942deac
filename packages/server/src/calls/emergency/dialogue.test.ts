import { KeySchema, type SayPart } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { advance } from './dialogue.ts';
import { BEGINNING, type DialogueAction, type DialogueEvent, type DialogueState } from './dialogue-state.ts';
import { untilParts } from './end-times.ts';
import type { SwitchableMessage } from './port.ts';

const EVENING = Date.parse('2026-06-30T21:30:40+09:00');
const rain: SwitchableMessage = {
  messageId: 'rain',
  name: '大雨のお知らせ',
  version: 1,
  numberNames: null,
  onUntil: null,
};
const outage: SwitchableMessage = {
  ...rain,
  messageId: 'outage',
  name: '停電のお知らせ',
  onUntil: new Date(EVENING + 3_600_000),
};

/** A call that is told what happens, one thing after the other. */
function dial(now = EVENING) {
  let state: DialogueState = BEGINNING;
  let actions: readonly DialogueAction[] = [];
  const all: DialogueAction[] = [];
  const call = {
    on(...events: readonly DialogueEvent[]) {
      for (const event of events) {
        ({ state, actions } = advance(state, event, now));
        all.push(...actions);
      }
      return call;
    },
    press: (keys: string) =>
      call.on(...Array.from(keys, (key) => ({ type: 'keyPressed', key: KeySchema.parse(key) }) as const)),
    get last() {
      return actions;
    },
    get all() {
      return all;
    },
    get heard() {
      return actions.flatMap((action) => (action.type === 'say' ? [spoken(action.parts)] : [])).join('');
    },
    get waitMs() {
      return state.waitMs;
    },
    get left() {
      return all.some(({ type }) => type === 'hangUp');
    },
    get switched() {
      return all.filter(({ type }) => type === 'switch');
    },
  };
  return call.on({ type: 'answered' }, { type: 'timePassed' });
}

const spoken = (parts: readonly SayPart[]) =>
  parts.map((part) => (part.type === 'audio' ? '' : part.text)).join('');
const SAID = { type: 'said' } as const;
const WRONG = { type: 'looked', entered: { type: 'wrong' } } as const;
const entered = (messages: readonly SwitchableMessage[] = [outage, rain], now = EVENING) =>
  dial(now)
    .press('4821739164#')
    .on({ type: 'looked', entered: { type: 'entered', person: 'chief' } }, { type: 'listed', messages });

test('number, PIN, message, end and a confirmation that was heard whole switch it on; the caller hears all of it', () => {
  const call = dial();
  expect(call.heard).toBe('緊急アナウンスの操作です。担当者番号4桁を押してください。');
  expect(call.press('4821').heard).toContain('暗証番号を押して');
  call.press('739164#');
  expect(call.last).toEqual([{ type: 'enter', entry: { staffNumber: '4821', pin: '739164' } }]);
  call.on({ type: 'looked', entered: { type: 'entered', person: 'chief' } });
  expect(call.last).toEqual([{ type: 'list' }]);
  call.on({ type: 'listed', messages: [outage, rain] });
  expect(call.heard).toContain(
    '停電のお知らせは、いま流れています。これを止めるには1を、大雨のお知らせを流すには2を、',
  );
  expect(call.press('2').heard).toContain('3時間後までは1を');
  expect(call.press('2').heard).toBe('大雨のお知らせを、すべての番号で、本日24時まで流します。');
  call.press('1');
  expect(call.switched).toEqual([]);
  expect(call.on(SAID).heard).toContain('よろしければ1を');
  call.press('1');
  const endsAt = new Date('2026-07-01T00:00:00+09:00');
  expect(call.switched).toEqual([
    { type: 'switch', person: 'chief', deed: { type: 'on', message: rain, endsAt } },
  ]);
  call.on({ type: 'switched', switched: 'done' }, { type: 'listed', messages: [outage] });
  expect(call.heard).toMatch(/^大雨のお知らせを、流し始めました。本日24時まで流します。停電のお知らせは/);
});

test('what is on is stopped after a confirmation of its own; 2 takes it back and switches nothing', () => {
  const call = entered().press('1');
  expect(call.heard).toContain('停電のお知らせを止めます。');
  call
    .on(SAID)
    .press('2')
    .on({ type: 'listed', messages: [outage] });
  expect(call.heard).toContain('取り消しました。');
  call.press('1').on(SAID).press('1');
  expect(call.switched).toEqual([
    { type: 'switch', person: 'chief', deed: { type: 'off', message: outage } },
  ]);
});

test.each([
  ['1', '明日の00:30まで', '2026-07-01T00:30:00+09:00'],
  ['2', '本日24時まで', '2026-07-01T00:00:00+09:00'],
  ['3', '明日の21:30まで', '2026-07-01T21:30:00+09:00'],
])('key %s ends it at a whole minute that is told as %s', (key, told, at) => {
  const call = entered([rain]).press('1').press(key);
  expect(call.heard).toContain(told);
  call.on(SAID).press('1');
  expect(call.switched).toMatchObject([{ deed: { endsAt: new Date(at) } }]);
});

test('an end on a later day is told with its date, one on the same day as today', () => {
  const until = (end: string) => spoken(untilParts(new Date(`${end}:00+09:00`), EVENING));
  expect(until('2026-07-03T09:05')).toBe('7月3日の09:05まで');
  expect(until('2026-06-30T23:59')).toBe('本日23:59まで');
  expect(until('2026-07-02T00:00')).toBe('7月2日の00:00まで');
});

test('a message for some numbers names them; for many it counts them', () => {
  const scopeOf = (numberNames: readonly string[]) =>
    entered([{ ...rain, numberNames }])
      .press('1')
      .press('1').heard;
  expect(scopeOf(['資格給付', '賦課徴収'])).toContain('を、資格給付と、賦課徴収の番号で、');
  expect(scopeOf(['1', '2', '3', '4'])).toContain('を、4個の番号で、');
});

test('more than eight messages come in pages: 0 goes on and round, 9 repeats', () => {
  const many = Array.from({ length: 10 }, (_, nth) => ({ ...rain, name: `案内${nth}`, messageId: `${nth}` }));
  const call = entered(many);
  expect(call.heard).toContain('案内7を流すには8を、ほかのアナウンスを聞くには0を');
  expect(call.heard).not.toContain('案内8');
  expect(call.press('0').heard).toMatch(/^案内8を流すには1を、案内9を流すには2を/);
  expect(call.press('9').heard).toMatch(/^案内8/);
  expect(call.press('3').heard).toMatch(/^その番号は使えません。/);
  expect(call.press('0').heard).toMatch(/^案内0/);
});

test('a wrong number or PIN is asked for anew in the same words; after three the call ends', () => {
  const call = dial().press('1111739164#').on(WRONG);
  expect(call.heard).toBe(
    '担当者番号か、暗証番号が違います。もう一度、はじめから押してください。担当者番号4桁を押してください。',
  );
  call.press('1111739164#').on(WRONG).press('1111739164#').on(WRONG);
  expect(call.heard).toContain('失礼いたします');
  expect(call.left).toBe(false);
  expect(call.on(SAID).left).toBe(true);
});

test('a PIN ends by #, by its eighth figure, or by itself after a pause; * begins it anew', () => {
  const ends = (keys: string) => dial().press('4821').press(keys).last;
  expect(ends('73916405')).toMatchObject([{ type: 'enter', entry: { pin: '73916405' } }]);
  expect(ends('11*739164#')).toMatchObject([{ entry: { pin: '739164' } }]);
  const call = dial().press('4821').press('739164');
  expect(call.waitMs).toBe(4_000);
  expect(call.on({ type: 'timePassed' }).last).toMatchObject([{ entry: { pin: '739164' } }]);
});

test('keys that come while it is looked at, and the # after a long PIN, mean nothing', () => {
  const call = dial().press('482173916405#1');
  expect(call.all.filter(({ type }) => type === 'enter')).toHaveLength(1);
  call.on(
    { type: 'looked', entered: { type: 'entered', person: 'chief' } },
    { type: 'listed', messages: [rain] },
  );
  call.press('#');
  expect(call.last).toEqual([]);
});

test('who presses nothing is asked three times, then the call ends', () => {
  const call = dial();
  for (let times = 0; times < 2; times++) call.on(SAID, { type: 'timePassed' });
  expect(call.heard).toContain('担当者番号');
  expect(call.on(SAID, { type: 'timePassed' }, SAID).left).toBe(true);
});

test('while PostgreSQL is away, or too many have failed, the caller hears that it is not possible now', () => {
  for (const answer of [{ type: 'unavailable' }, { type: 'looked', entered: { type: 'closed' } }] as const) {
    const call = dial().press('4821739164#').on(answer);
    expect(call.heard).toContain('ただいま、電話では操作できません。');
    expect(call.on(SAID).left).toBe(true);
  }
});

test('where nobody knows whether it was switched, the caller is told so, and that it was where only the list is missing', () => {
  const ordered = () => entered([rain]).press('1').press('1').on(SAID).press('1');
  expect(ordered().on({ type: 'unavailable' }).heard).toContain('確かめられませんでした');
  const done = ordered().on({ type: 'switched', switched: 'done' }, { type: 'unavailable' });
  expect(done.heard).toContain('流し始めました');
});

test('what was changed on a screen meanwhile is not switched, and the list is read anew', () => {
  const call = entered([rain]).press('1').press('1').on(SAID).press('1');
  call.on({ type: 'switched', switched: 'refused' }, { type: 'listed', messages: [outage] });
  expect(call.heard).toMatch(/^切り替えられませんでした。.*停電のお知らせは、いま流れています/);
});

test('what did not reach the caller is said again, and no key confirms it before', () => {
  const call = entered([rain]).press('1').press('1').on(SAID, { type: 'unsaid' });
  expect(call.heard).toContain('大雨のお知らせを、');
  call.press('1');
  expect(call.switched).toEqual([]);
});
