import type { Shot } from './shot.ts';

/** From a draft to what callers hear: beyond the lists, what is answered on them and what goes round on paper. */
export const PUBLISHING_SHOTS: readonly Shot[] = [
  {
    name: 'versions-difference-few',
    path: '/flows/levy/versions',
    act: async (page) => {
      await page.getByRole('button', { name: '下書きとの違いを見る' }).first().click();
      await page.getByText('いまの下書きで変わったところ').waitFor();
    },
  },
  {
    name: 'versions-back-few',
    path: '/flows/levy/versions',
    act: async (page) => {
      await page
        .getByRole('button', { name: /をこの版にする$/ })
        .first()
        .click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'publish-form-few',
    path: '/flows/levy/publish',
    act: async (page) => {
      await page.getByText('日時を決める').click();
      await page.getByRole('button', { name: /^(伺いを出す|公開する)$/ }).click();
      await page.getByRole('button', { name: /^(伺いを出す|公開する)$/ }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'approval-missing-few',
    path: '/approvals/proposal-0',
    act: async (page) => {
      await page.getByText('代決（ほかの人に代わって決裁する）').click();
      await page.getByRole('button', { name: '差し戻す' }).click();
      await page.getByRole('button', { name: '差し戻す' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'approval-settled-few', path: '/approvals?state=settled' },
  { name: 'approval-paper', path: '/approvals/proposal-0', onPaper: true },
  { name: 'calendar-paper', path: '/calendars/calendar-0', onPaper: true },
  { name: 'citizen-paper', path: '/citizen?number=09000001237', onPaper: true },
  { name: 'story-paper', path: '/calls/fake-e-0', onPaper: true },
  { name: 'studio-paper', path: '/flows/levy', onPaper: true },
  { name: 'outline-paper', path: '/flows/levy?view=outline', onPaper: true },
  { name: 'counts-paper', path: '/flows/levy/counts', onPaper: true },
];
