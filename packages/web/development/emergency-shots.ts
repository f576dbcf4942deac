import type { Shot } from './shot.ts';

/** Emergency announcements: adding one, the PIN, and one that is on. */
export const EMERGENCY_SHOTS: readonly Shot[] = [
  {
    name: 'emergency-adding-few',
    path: '/emergency',
    act: async (page) => {
      await page.getByRole('button', { name: '案内を用意する' }).click();
      await page.getByText('選んだ番号だけ').click();
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'emergency-pin-few',
    path: '/emergency',
    act: async (page) => {
      await page.getByRole('button', { name: /^暗証番号を(設定|変更)する$/ }).click();
      await page.getByRole('dialog').waitFor();
      await page.getByLabel('新しい暗証番号').fill('123456');
      await page.getByLabel('もう一度入力').fill('123456');
      await page.getByRole('button', { name: '暗証番号を保存する' }).click();
      await page.getByText('続き番号、繰り返しは使えません').waitFor();
    },
  },
  {
    name: 'emergency-telephone-many',
    path: '/emergency',
    mode: { amount: 'many' },
    act: async (page) => {
      await page
        .getByRole('heading', { name: '電話での操作' })
        .evaluate((heading) => heading.scrollIntoView());
    },
  },
  {
    name: 'emergency-on-few',
    path: '/emergency',
    act: async (page) => {
      // It stays on for the next size.
      const on = page.getByRole('button', { name: '「大雨による閉庁」を流す' });
      if ((await on.count()) > 0) await on.click();
      await page.getByText('緊急アナウンスを流しています').waitFor();
    },
  },
];
