import type { Shot } from './shot.ts';

/** Trying a flow out, by telephone too, trying former calls again, and what was counted. */
export const TRIAL_SHOTS: readonly Shot[] = [
  {
    name: 'trial-calling-few',
    path: '/flows/levy?mode=trial',
    act: async (page) => {
      await page.getByRole('button', { name: '平日の10時' }).click();
      await page.getByRole('button', { name: '電話をかける' }).click();
      await page.getByRole('list', { name: '通話の流れ' }).waitFor();
      await page.getByRole('button', { name: /^1（/ }).click();
    },
  },
  ...(['few', 'many', 'none', 'error'] as const).map(
    (what): Shot => ({
      name: `telephone-trial-${what}`,
      path: '/flows/levy?mode=trial',
      mode: what === 'error' ? {} : { amount: what },
      act: async (page) => {
        // The dialog alone fails: without the studio around it, it could not be opened.
        if (what === 'error')
          await page.route('**/{telephone-trials,test-callers}', (route) => route.abort());
        await page.getByRole('button', { name: '電話で試す' }).click();
        await page.getByRole('dialog').waitFor();
        const told = what === 'error' ? '電話番号を読み込めませんでした' : /^0725|ありません/;
        await page.getByRole('dialog').getByText(told).first().waitFor();
        if (what === 'error') await page.unroute('**/{telephone-trials,test-callers}');
      },
    }),
  ),
  {
    name: 'telephone-trial-preparing-few',
    path: '/flows/levy?mode=trial',
    act: async (page) => {
      await page.getByRole('button', { name: '電話で試す' }).click();
      await page
        .getByRole('button', { name: /^いまの下書き/ })
        .first()
        .click();
      await page.getByText('音声を準備しています').waitFor();
    },
  },
  {
    name: 'telephone-trial-refused-many',
    path: '/flows/levy?mode=trial',
    mode: { amount: 'many' },
    act: async (page) => {
      await page.getByRole('button', { name: '電話で試す' }).click();
      await page.getByRole('button', { name: '0725-00-8199' }).first().click();
      await page.getByText('お試しを始められませんでした').waitFor();
    },
  },
  { name: 'number-trial-few', path: '/numbers/0725008130' },
  {
    name: 'replay-running-few',
    path: '/flows/levy?mode=replay',
    act: async (page) => {
      await page.getByRole('button', { name: '過去の通話で試算する' }).click();
      await page.getByRole('progressbar').waitFor();
    },
  },
  { name: 'counts-outline-few', path: '/flows/levy/counts?view=outline' },
  {
    name: 'counts-node-few',
    path: '/flows/levy/counts',
    act: async (page) => {
      await page.locator('[data-card=mainMenu]').click();
      await page.getByText(/^来た電話/).waitFor();
    },
  },
  {
    name: 'counts-days-few',
    path: '/flows/levy/counts?from=2026-11-20&to=2026-11-02',
    act: async (page) => {
      await page.getByRole('button', { name: 'この期間を表示する' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'counts-quiet-few', path: '/flows/levy/counts?from=2019-01-01&to=2019-01-31' },
];
