import type { Shot } from './shot.ts';

/** The library, sounds and readings: what a change touches, and dialogs. */
export const ANNOUNCEMENT_SHOTS: readonly Shot[] = [
  { name: 'announcement-few', path: '/announcements/a0' },
  { name: 'announcement-sound-few', path: '/announcements/a1' },
  { name: 'announcement-new-few', path: '/announcements/new' },
  {
    name: 'announcement-touches-few',
    path: '/announcements/a0',
    act: async (page) => {
      await page.getByLabel('読み上げる文章').fill('お電話をありがとうございます。');
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'announcement-behind-few',
    path: '/announcements/a0',
    act: async (page) => {
      await page.getByLabel('名前').fill('ほかの人');
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'announcement-sounds-few',
    path: '/announcements/a0',
    act: async (page) => {
      await page.getByRole('button', { name: '録音した音声に変える' }).click();
      await page.getByRole('dialog').waitFor();
      await page.getByText('お待ちいただく間の音楽').waitFor();
    },
  },
  {
    name: 'announcement-reading-few',
    path: '/announcements/a0',
    act: async (page) => {
      await page.getByRole('button', { name: '言葉の読みを直す' }).click();
      await page.getByRole('button', { name: 'この読みを登録する' }).click();
      await page.getByText('言葉を入力してください。').waitFor();
    },
  },
  {
    name: 'audio-telephone-few',
    path: '/announcements/audio',
    mode: { call: 'ended' },
    act: async (page) => {
      await page.getByRole('button', { name: '音声を追加する' }).click();
      await page.getByRole('radio', { name: '電話機で録音' }).click({ force: true });
      await page.getByRole('button', { name: '電話機を鳴らして録音する' }).click();
      await page.getByText('「電話機での録音」を登録しました').waitFor();
    },
  },
];
