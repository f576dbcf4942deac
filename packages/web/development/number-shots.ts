import type { Shot } from './shot.ts';

/** Phone numbers: what is asked before a state is changed, and what is wrong with a setting. */
export const NUMBER_SHOTS: readonly Shot[] = [
  {
    name: 'number-stopping-few',
    path: '/numbers/0725008128',
    act: async (page) => {
      await page.getByRole('button', { name: '「停止」にする' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'number-problem-few',
    path: '/numbers/0725008128',
    act: async (page) => {
      await page.getByLabel('停止中の転送先').fill('0725-00-8128');
      await page.getByRole('button', { name: '設定を保存する' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
];
