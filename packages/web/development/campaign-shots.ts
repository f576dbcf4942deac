import type { Page } from 'playwright-core';
import type { Shot } from './shot.ts';

const DRAFT = '/campaigns/campaign-draft';
const HIGH = 2_600;

/** Chooses a file as if it came from the clerk's machine. */
export async function chooseList(page: Page, name: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: /ファイルを選ぶ$/ }).click(),
  ]);
  await chooser.setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from('宛名番号\r\n1\r\n') });
}

/** Campaigns: beyond their lists, the way of a file, the previews, what is asked before a deed, and paper. */
export const CAMPAIGN_SHOTS: readonly Shot[] = [
  { name: 'campaign-new-few', path: '/campaigns/new' },
  { name: 'campaigns-ended-few', path: '/campaigns?state=ended' },
  { name: 'campaign-draft-whole-few', path: DRAFT, height: HIGH },
  { name: 'campaign-draft-whole-many', path: DRAFT, mode: { amount: 'many' }, height: HIGH },
  { name: 'campaign-draft-whole-none', path: DRAFT, mode: { amount: 'none' }, height: HIGH },
  {
    name: 'campaign-details-few',
    path: DRAFT,
    mode: { amount: 'many' },
    act: async (page) => {
      await page.getByRole('button', { name: /^くわしく決める/ }).click();
      await page.getByText('つながらなかったときに').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'campaign-call-backs-few',
    path: DRAFT,
    mode: { amount: 'many' },
    act: async (page) => {
      await page.getByRole('button', { name: /^くわしく決める/ }).click();
      await page.getByText('折り返しとして受ける期間').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'campaign-mapping-few',
    path: '/campaigns/campaign-5',
    act: async (page) => {
      // It waits still where another size was taken before.
      if ((await page.getByText('を受け取りました').count()) === 0) await chooseList(page, '未納者一覧.csv');
      await page.getByText('この割り当てで読み込んで確かめる').scrollIntoViewIfNeeded();
      await page.getByRole('heading', { name: '2. 名簿' }).evaluate((each) => each.scrollIntoView());
    },
  },
  {
    name: 'campaign-checked-few',
    path: '/campaigns/campaign-10',
    act: async (page) => {
      await chooseListIfAsked(page, '未納者一覧.csv');
      await page.getByRole('button', { name: /電話番号がない/ }).click();
      await page.getByText('4行目').waitFor();
      await page.getByRole('heading', { name: '2. 名簿' }).evaluate((each) => each.scrollIntoView());
    },
  },
  {
    name: 'campaign-refused-few',
    path: '/campaigns/campaign-15',
    act: async (page) => {
      await chooseList(page, 'マイナンバー.csv');
      await page.getByRole('alert').waitFor();
      await page.getByRole('alert').evaluate((each) => each.scrollIntoView({ block: 'center' }));
    },
  },
  {
    name: 'campaign-preview-few',
    path: '/campaigns/campaign-20',
    act: async (page) => {
      await page.getByRole('button', { name: '無作為に20人を選ぶ' }).click();
      await page.getByRole('list', { name: '無作為に選んだ方' }).getByRole('button').first().click();
      await page.getByText('本人確認の後').waitFor();
      await page
        .getByRole('region', { name: 'この方に流れる内容' })
        .evaluate((each) => each.scrollIntoView());
    },
  },
  {
    name: 'campaign-in-a-row-few',
    path: '/campaigns/campaign-30',
    act: async (page) => {
      await page.getByRole('button', { name: '無作為に20人を選ぶ' }).click();
      const row = page.getByRole('region', { name: '続けて聞く' });
      await row.getByRole('button', { name: /人を続けて聞く$/ }).click();
      await row.locator('[aria-current=true]').waitFor();
      await row.evaluate((each) => each.scrollIntoView());
    },
  },
  { name: 'campaign-cost-whole-few', path: '/campaign-cost', height: HIGH },
  {
    name: 'campaign-running-whole-many',
    path: '/campaigns/campaign-running/running',
    mode: { amount: 'many' },
    height: 1_600,
  },
  {
    name: 'campaign-proposal-whole-many',
    path: '/campaign-proposals/proposal-0',
    mode: { amount: 'many' },
    height: HIGH,
  },
  {
    name: 'campaign-behind-few',
    path: '/campaigns/campaign-25',
    act: async (page) => {
      await page.getByRole('textbox', { name: '名前' }).fill('ほかの人');
      await page.getByRole('button', { name: '下書きを保存する' }).click();
      await page.getByText('保存できませんでした').waitFor();
    },
  },
  {
    name: 'campaign-stopping-few',
    path: '/campaigns/campaign-running/running',
    act: async (page) => {
      await page.getByRole('button', { name: '中止する' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'campaign-running-whole-few', path: '/campaigns/campaign-running/running', height: 1_600 },
  { name: 'campaign-approved-few', path: '/campaigns/campaign-approved/running' },
  { name: 'campaign-plan-few', path: '/campaigns/campaign-waiting' },
  { name: 'campaign-proposal-whole-few', path: '/campaign-proposals/proposal-0', height: HIGH },
  { name: 'campaign-proposal-paper', path: '/campaign-proposals/proposal-0', onPaper: true },
  {
    name: 'campaign-proposal-missing-few',
    path: '/campaign-proposals/proposal-0',
    mode: { amount: 'many' },
    act: async (page) => {
      await page.getByRole('button', { name: 'この内容で決裁する' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByRole('button', { name: '差し戻す' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'campaign-removal-few',
    path: '/campaigns/campaign-running/recipients/1',
    act: async (page) => {
      await page.getByRole('button', { name: 'この方への発信を取りやめる' }).click();
      await page.getByRole('button', { name: '発信を取りやめる', exact: true }).click();
    },
  },
  { name: 'campaign-removed-few', path: '/campaigns/campaign-running/recipients/5' },
  {
    name: 'campaign-export-few',
    path: '/campaigns/campaign-ended/results',
    act: async (page) => {
      await page.getByRole('button', { name: 'ファイルの中身を確かめる' }).click();
      await page.getByText('書けない文字').scrollIntoViewIfNeeded();
      await page.getByRole('button', { name: 'この内容で結果ファイルを作る' }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'campaign-files-few', path: '/campaigns/campaign-ended/results', height: 1_900 },
  {
    name: 'campaign-again-few',
    path: '/campaigns/campaign-ended/results',
    act: async (page) => {
      await page.getByRole('button', { name: 'もう一度出す' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'もう一度出す' }).click();
      await page.getByText('理由を入力してください。').waitFor();
    },
  },
  {
    name: 'result-mapping-whole-few',
    path: '/campaigns/campaign-ended/results/mappings/mapping-1',
    height: 1_900,
    act: async (page) => {
      await page.getByRole('button', { name: /^コード表/ }).click();
      await page.getByRole('textbox', { name: '様式の名前' }).fill('');
      await page.getByRole('textbox', { name: '2列目の見出し' }).fill('宛名番号');
      await page.getByRole('button', { name: '様式を保存する' }).click();
      await page.getByText('＊様式の名前を入力してください。').waitFor();
    },
  },
  {
    name: 'result-mapping-behind-few',
    path: '/campaigns/campaign-ended/results/mappings/mapping-1',
    act: async (page) => {
      await page.getByRole('textbox', { name: '様式の名前' }).fill('ほかの人');
      await page.getByRole('button', { name: '様式を保存する' }).click();
      await page.getByText('ほかの職員が先に').waitFor();
    },
  },
  { name: 'campaign-attempt-sms-few', path: '/campaigns/campaign-running/attempts/att-2' },
  { name: 'campaign-attempt-whole-few', path: '/campaigns/campaign-running/attempts/att-0', height: 1_300 },
  {
    name: 'campaign-attempts-nobody-few',
    path: '/campaigns/campaign-running/attempts?day=2020-01-01&outcome=busy',
  },
  {
    name: 'result-token-made-few',
    path: '/result-tokens',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'どのシステムの鍵か' }).fill('税務システム');
      await page.getByRole('button', { name: '鍵を作る' }).click();
      await page.getByText('表示されるのは、いまだけです').waitFor();
      await page.getByRole('button', { name: /^取り出し方/ }).click();
    },
  },
  {
    name: 'result-token-revoking-few',
    path: '/result-tokens',
    act: async (page) => {
      await page.getByRole('button', { name: '「国保システム」の鍵を無効にする' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'campaign-results-paper', path: '/campaigns/campaign-ended/results', onPaper: true },
  { name: 'campaign-slip-few', path: '/result-exports/export-0' },
  { name: 'campaign-slip-paper', path: '/result-exports/export-0', onPaper: true },
  { name: 'campaign-notice-few', path: '/campaigns/campaign-approved/notice' },
  { name: 'campaign-notice-paper', path: '/campaigns/campaign-approved/notice', onPaper: true },
];

/** A list of an earlier size's round may be open still. */
async function chooseListIfAsked(page: Page, name: string): Promise<void> {
  const isOpen = await page.getByText('読み終わりました').count();
  if (isOpen > 0) return;
  await chooseList(page, name);
  await page.getByRole('button', { name: 'この割り当てで読み込んで確かめる' }).click();
  await page.getByText('読み終わりました').waitFor();
}
