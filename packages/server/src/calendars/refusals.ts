import type { CalendarUses } from '../http/calendar-contract.ts';
import { Refusal } from '../http/index.ts';

export function calendarGone(): Refusal {
  return new Refusal(404, 'calendarGone', 'このカレンダーは見つかりません。すでに削除されています。');
}

export function calendarChangedMeanwhile(): Refusal {
  return new Refusal(
    409,
    'changedMeanwhile',
    'ほかの職員が先にカレンダーを変更しました。入力した内容はこの画面に残っています。',
  );
}

/** Says by what it is used: numbers by their names, flows by theirs. */
export function calendarInUse({ numbers, flows, drafts }: CalendarUses): Refusal {
  const users = [
    ...(numbers.length === 0 ? [] : [`電話番号（${numbers.map(({ name }) => name).join('、')}）`]),
    ...(flows.length === 0 ? [] : [`フロー（${flows.join('、')}）`]),
    ...(drafts.length === 0 ? [] : [`下書き（${drafts.join('、')}）`]),
  ];
  return new Refusal(
    409,
    'calendarInUse',
    `このカレンダーは使われているため、削除できません。使っているもの：${users.join('、')}`,
  );
}
