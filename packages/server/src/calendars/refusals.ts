import type { CalendarUses } from '../http/calendar-contract.ts';
import { Refusal } from '../http/index.ts';
import type { AskingVersions } from './asking-versions.ts';

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
export function calendarInUse(
  { numbers, flows, drafts }: CalendarUses,
  { proposals }: Pick<AskingVersions, 'proposals'>,
): Refusal {
  const users = [
    ...(numbers.length === 0 ? [] : [`電話番号（${numbers.map(({ name }) => name).join('、')}）`]),
    ...(flows.length === 0 ? [] : [`フロー（${flows.join('、')}）`]),
    ...(drafts.length === 0 ? [] : [`下書き（${drafts.join('、')}）`]),
    ...(proposals.length === 0 ? [] : [`公開前の伺い（${proposals.join('、')}）`]),
  ];
  return new Refusal(
    409,
    'calendarInUse',
    `このカレンダーは使われているため、削除できません。使っているもの：${users.join('、')}`,
  );
}

/** To be removed only by somebody who has been told what cannot be gone back to afterwards. */
export function calendarInVersions({ earlierVersions }: Pick<AskingVersions, 'earlierVersions'>): Refusal {
  return new Refusal(
    409,
    'calendarInVersions',
    `このカレンダーは、以前の版が使っています。削除すると、次の版には戻せなくなります：${earlierVersions.join('、')}`,
  );
}
