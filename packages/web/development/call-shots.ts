import type { Shot } from './shot.ts';

/** Calls, the inbox, citizens and text messages: dialogs, lists of choices, and pages that are not there. */
export const CALL_SHOTS: readonly Shot[] = [
  ...(['ringingStaff', 'ringingCitizen', 'talking', 'ended'] as const).map(
    (call): Shot => ({ name: `item-call-${call}-few`, path: '/inbox/item-1', mode: { call } }),
  ),
  { name: 'citizen-call-talking', path: '/citizen?number=09000001237', mode: { call: 'talking' } },
  {
    name: 'item-own-telephone',
    path: '/inbox/item-1',
    act: async (page) => {
      await page.getByRole('button', { name: 'この番号に電話する' }).click();
      await page.getByRole('dialog').waitFor();
      await page.getByRole('button', { name: '登録して電話する' }).click();
      await page.getByText('自分の電話番号を入力してください。').waitFor();
    },
  },
  { name: 'not-found', path: '/nowhere' },
  { name: 'story-unknown', path: '/calls/nobody' },
  {
    name: 'calls-date',
    path: '/calls?from=2026-11-20',
    act: async (page) => {
      await page.getByRole('button', { name: /この日から/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'calls-select',
    path: '/calls',
    act: async (page) => {
      await page.getByRole('button', { name: /結果/ }).click();
      await page.getByRole('listbox').waitFor();
    },
  },
  {
    name: 'sms-problems',
    path: '/sms',
    act: async (page) => {
      await page.getByLabel('本文').fill('納'.repeat(670));
      await page.getByRole('button', { name: '送信の確認へ' }).click();
    },
  },
  {
    name: 'sms-dialog',
    path: '/sms',
    act: async (page) => {
      await page.getByLabel('送り先の電話番号').fill('090-0000-0001');
      await page.getByLabel('本文').fill('【○○市】試しの送信です。'.repeat(8));
      await page.getByRole('button', { name: '送信の確認へ' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
];
