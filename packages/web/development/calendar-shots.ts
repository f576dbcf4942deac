import type { Shot } from './shot.ts';

/** Opening calendars: a year, a day, rules, problems. */
export const CALENDAR_SHOTS: readonly Shot[] = [
  {
    name: 'calendar-removing-few',
    path: '/calendars/calendar-1',
    act: async (page) => {
      await page.getByRole('button', { name: 'このカレンダーを削除する' }).click();
      await page.getByText('次の版には戻せなくなります').waitFor();
    },
  },
  {
    name: 'calendar-year-few',
    path: '/calendars/calendar-0',
    act: async (page) => {
      await page.getByText('1年', { exact: true }).click();
      await page.getByRole('table').nth(11).waitFor();
    },
  },
  {
    name: 'calendar-day-few',
    path: '/calendars/calendar-0',
    act: async (page) => {
      await page.locator('[data-date$="-24"]').click();
      await page.getByText('この日だけの時間で開庁').click();
    },
  },
  {
    name: 'calendar-rules-few',
    path: '/calendars/calendar-0',
    act: async (page) => {
      for (const title of [/^曜日ごと/, /^延長窓口 /, /^年末年始など/])
        await page.getByRole('button', { name: title }).click();
      await page.getByRole('button', { name: '延長窓口を追加' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'calendar-heard-few',
    path: '/calendars/calendar-0',
    act: async (page) => {
      await page.getByLabel('時刻', { exact: true }).fill('10:00');
      await page.getByRole('button', { name: '調べる' }).click();
      await page.getByText('最初に聞く案内です').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'calendar-saving-few',
    path: '/calendars/calendar-0',
    act: async (page) => {
      await page.getByRole('button', { name: '年末年始など、毎年の期間' }).click();
      await page.getByRole('button', { name: '「年末年始」を削除する' }).click();
      await page.getByRole('button', { name: '保存の確認へ' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'calendar-problems-few',
    path: '/calendars/calendar-0',
    act: async (page) => {
      await page.getByRole('button', { name: /^延長窓口 / }).click();
      await page.getByRole('button', { name: '延長窓口を追加' }).click();
      await page.getByRole('button', { name: '保存の確認へ' }).click();
      await page.getByText('名前を入力してください').waitFor();
    },
  },
  {
    name: 'calendar-conflict-few',
    path: '/calendars/calendar-1',
    act: async (page) => {
      await page.getByLabel('カレンダーの名前').fill('ほかの人');
      await page.getByRole('button', { name: '保存の確認へ' }).click();
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByText('自分の入力を残して続ける').waitFor();
      await page.getByText('自分の入力を残して続ける').scrollIntoViewIfNeeded();
    },
  },
];
