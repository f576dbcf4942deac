import type { Preparable, SayPart } from '@madoguchi/flow';
import { untilParts } from './end-times.ts';
import type { SwitchableMessage } from './port.ts';

/** Messages that one menu tells, by the keys 1 to 8. */
export const PER_PAGE = 8;
/** More numbers than these are counted instead of named. */
const MOST_NAMED = 3;

export type Deed =
  | { readonly type: 'on'; readonly message: SwitchableMessage; readonly endsAt: Date }
  | { readonly type: 'off'; readonly message: SwitchableMessage };

const say = (text: string): readonly SayPart[] => [{ type: 'fixed', text }];
const nameOf = (text: string): SayPart => ({ type: 'value', name: 'name', text, readAs: 'text' });

/** What the caller hears that is always the same. */
export const TEXTS = {
  greeting: say('緊急アナウンスの操作です。'),
  staffNumber: say('担当者番号4桁を押してください。'),
  pin: say('暗証番号を押して、最後に、シャープを押してください。'),
  wrong: say('担当者番号か、暗証番号が違います。もう一度、はじめから押してください。'),
  wrongTooOften: say('担当者番号か、暗証番号が違います。画面からも操作できます。失礼いたします。'),
  notNow: say('ただいま、電話では操作できません。画面から操作してください。失礼いたします。'),
  unsure: say(
    '切り替わったかどうか、確かめられませんでした。画面で確かめるか、しばらくたってから、おかけ直しください。失礼いたします。',
  ),
  nothingPrepared: say('用意されたアナウンスがありません。画面で用意してください。失礼いたします。'),
  noSuchKey: say('その番号は使えません。'),
  duration: say(
    'いつまで流すかを選んでください。3時間後までは1を、本日の終わりまでは2を、24時間後までは3を、やめるには0を、もう一度聞くには9を、押してください。',
  ),
  confirm: say('よろしければ1を、取り消すには2を、もう一度聞くには9を、押してください。'),
  cancelled: say('取り消しました。'),
  refused: say('切り替えられませんでした。ほかの人が、画面で変更したかもしれません。'),
  goodbye: say('操作がないため、電話を切ります。失礼いたします。'),
} as const;

/** The messages of a page, each with its key. @param page from 0 */
export function menuWords(messages: readonly SwitchableMessage[], page: number): readonly SayPart[] {
  const here = messages.slice(page * PER_PAGE, (page + 1) * PER_PAGE);
  const items = here.flatMap(({ name, onUntil }, nth): SayPart[] => [
    nameOf(name),
    ...say(
      onUntil === null ? `を流すには${nth + 1}を、` : `は、いま流れています。これを止めるには${nth + 1}を、`,
    ),
  ]);
  const more = messages.length > PER_PAGE ? say('ほかのアナウンスを聞くには0を、') : [];
  return [
    ...items,
    ...more,
    ...say('もう一度聞くには9を、押してください。終わるときは、電話をお切りください。'),
  ];
}

/** What is about to be done. */
export function deedWords(deed: Deed, nowEpochMs: number): readonly SayPart[] {
  const { message } = deed;
  if (deed.type === 'off') return [nameOf(message.name), ...say('を止めます。')];
  return [
    nameOf(message.name),
    ...say('を、'),
    ...scopeWords(message.numberNames),
    ...untilParts(deed.endsAt, nowEpochMs),
    ...say('流します。'),
  ];
}

/** What was done. */
export function doneWords(deed: Deed, nowEpochMs: number): readonly SayPart[] {
  const name = nameOf(deed.message.name);
  if (deed.type === 'off') return [name, ...say('を止めました。')];
  return [name, ...say('を、流し始めました。'), ...untilParts(deed.endsAt, nowEpochMs), ...say('流します。')];
}

function scopeWords(names: readonly string[] | null): readonly SayPart[] {
  if (names === null) return say('すべての番号で、');
  if (names.length > MOST_NAMED)
    return [
      { type: 'value', name: 'count', text: `${names.length}個`, readAs: 'text' },
      ...say('の番号で、'),
    ];
  return names.flatMap((name, nth) => [
    nameOf(name),
    ...say(nth === names.length - 1 ? 'の番号で、' : 'と、'),
  ]);
}

/** Every announcement in each form that it may take, with samples for its values, so that its fixed sentences lie ready. */
export function wordsToPrepare(): readonly Preparable[] {
  const noon = Date.parse('2026-01-31T12:00:00+09:00');
  const ends = ['2026-01-31T17:00', '2026-02-01T00:00', '2026-02-01T09:00', '2026-02-03T09:00'].map(
    (time) => new Date(`${time}:00+09:00`),
  );
  const sample = (onUntil: Date | null, names: readonly string[] | null = null): SwitchableMessage => ({
    messageId: '',
    name: 'あ',
    version: 1,
    numberNames: names,
    onUntil,
  });
  const pageOf = (onUntil: Date | null, length: number) =>
    menuWords(Array<SwitchableMessage>(length).fill(sample(onUntil)), 0);
  const [end = new Date(noon)] = ends;
  const scopes = [null, ['あ'], ['あ', 'あ'], ['あ', 'あ', 'あ', 'あ']];
  const deeds: readonly Deed[] = [
    { type: 'off', message: sample(end) },
    ...ends.map((endsAt): Deed => ({ type: 'on', message: sample(null), endsAt })),
    ...scopes.map((names): Deed => ({ type: 'on', message: sample(null, names), endsAt: end })),
  ];
  return [
    ...Object.values(TEXTS),
    ...[null, end].flatMap((onUntil) => [pageOf(onUntil, PER_PAGE), pageOf(onUntil, PER_PAGE + 1)]),
    ...deeds.flatMap((deed) => [deedWords(deed, noon), doneWords(deed, noon)]),
  ].map((parts) => ({ parts, speed: 'usual' }));
}
