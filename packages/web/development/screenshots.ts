import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { CAMPAIGN_SHOTS } from './campaign-shots.ts';
import { startFakeServer } from './fake-server.ts';
import { brokenFlowFile, chooseFlowFile, sampleFlowFile } from './flow-files.ts';
import { PUBLISHING_SHOTS } from './publishing-shots.ts';
import type { Shot } from './shot.ts';
import { STUDIO_SHOTS } from './studio-shots.ts';

/**
 * Pictures of every screen, small and large, with little, much and no data, in error and while loading, to be looked at; axe says
 * what it finds. `node packages/web/development/screenshots.ts [parts of names, by commas] [width]` after a build; pictures go to
 * test-output/web. A screen on which something was not found is named, and its picture taken as it is.
 */
const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'test-output/web');
const [, , only = '', onlyWidth] = process.argv;
const parts = only.split(',');
const isWanted = (name: string) => parts.some((part) => name.includes(part));
/** The smaller last: its round ends with signing out. */
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
] as const;
const LARGE = SIZES[0].width;
const ACTION_TIMEOUT_MS = 10_000;
const PAPER = { width: 794, height: 1123 };

const SCREENS = [
  { name: 'live', path: '/live' },
  { name: 'calls', path: '/calls' },
  { name: 'story', path: '/calls/fake-e-0' },
  { name: 'sms', path: '/sms' },
  { name: 'inbox', path: '/inbox' },
  { name: 'item', path: '/inbox/item-1' },
  { name: 'citizen', path: '/citizen?number=09000001237' },
  { name: 'choices', path: '/note-choices' },
  { name: 'trunks', path: '/trunks' },
  { name: 'announcements', path: '/announcements' },
  { name: 'audio', path: '/announcements/audio' },
  { name: 'readings', path: '/announcements/readings' },
  { name: 'flows', path: '/flows' },
  { name: 'new-flow-templates', path: '/flows/new?way=template' },
  { name: 'new-flow-levy', path: '/flows/new?way=template&template=kokuho-levy' },
  { name: 'studio', path: '/flows/levy' },
  { name: 'outline', path: '/flows/levy?view=outline' },
  { name: 'publish', path: '/flows/levy/publish' },
  { name: 'counts', path: '/flows/levy/counts' },
  { name: 'versions', path: '/flows/levy/versions' },
  { name: 'trial', path: '/flows/levy?mode=trial' },
  { name: 'replay', path: '/flows/levy?mode=replay' },
  { name: 'approvals', path: '/approvals' },
  { name: 'approval', path: '/approvals/proposal-0' },
  { name: 'calendars', path: '/calendars' },
  { name: 'calendar', path: '/calendars/calendar-0' },
  { name: 'calendar-holidays', path: '/calendars/holidays' },
  { name: 'numbers', path: '/numbers' },
  { name: 'number', path: '/numbers/0725008128' },
  { name: 'emergency', path: '/emergency' },
  { name: 'suppressions', path: '/suppressions' },
  { name: 'campaign-cost', path: '/campaign-cost' },
  { name: 'campaigns', path: '/campaigns' },
  { name: 'campaign-draft', path: '/campaigns/campaign-draft' },
  { name: 'campaign-running', path: '/campaigns/campaign-running/running' },
  { name: 'campaign-recipients', path: '/campaigns/campaign-running/recipients' },
  { name: 'campaign-recipient', path: '/campaigns/campaign-running/recipients/3' },
  { name: 'campaign-results', path: '/campaigns/campaign-ended/results' },
  { name: 'campaign-proposal', path: '/campaign-proposals/proposal-0' },
] as const;

const shots: readonly Shot[] = [
  ...SCREENS.flatMap(({ name, path }): Shot[] => [
    { name: `${name}-few`, path },
    { name: `${name}-many`, path, mode: { amount: 'many' } },
    { name: `${name}-none`, path, mode: { amount: 'none' } },
    { name: `${name}-error`, path, mode: { trouble: 'error' } },
    { name: `${name}-loading`, path, mode: { trouble: 'slow' } },
  ]),
  ...STUDIO_SHOTS,
  ...PUBLISHING_SHOTS,
  ...CAMPAIGN_SHOTS,
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
  { name: 'new-flow-few', path: '/flows/new' },
  {
    name: 'new-flow-empty-few',
    path: '/flows/new?way=empty',
    act: async (page) => {
      await page.getByRole('button', { name: '追加して開く' }).click();
    },
  },
  {
    name: 'new-flow-problems-few',
    path: '/flows/new?way=template&template=kokuho-levy',
    act: async (page) => {
      await page.getByRole('textbox', { name: '市の名前', exact: true }).fill('見本市');
      await page.getByLabel('職員の電話番号').fill('110');
      await page.getByRole('button', { name: '追加して開く' }).click();
    },
  },
  {
    name: 'new-flow-nodes-few',
    path: '/flows/new?way=template&template=kokuho-levy',
    act: async (page) => {
      await page.getByRole('textbox', { name: 'フローの名前' }).fill('追加できない');
      await page.getByRole('button', { name: /^ノードの一覧/ }).click();
      await page.getByRole('button', { name: '追加して開く' }).click();
      await page.getByText('追加できませんでした').waitFor();
    },
  },
  { name: 'new-flow-file-few', path: '/flows/new?way=file' },
  {
    name: 'new-flow-file-broken-few',
    path: '/flows/new?way=file',
    act: async (page) => chooseFlowFile(page, brokenFlowFile()),
  },
  {
    name: 'new-flow-file-read-few',
    path: '/flows/new?way=file',
    act: async (page) => chooseFlowFile(page, sampleFlowFile()),
  },
  {
    name: 'new-flow-file-added-few',
    path: '/flows/new?way=file',
    act: async (page) => {
      await chooseFlowFile(page, sampleFlowFile());
      await page.getByRole('button', { name: /追加して開く/ }).click();
      await page.getByText('追加したフローを開く').waitFor();
    },
  },
  ...(['copy', 'export', 'remove'] as const).map(
    (deed): Shot => ({
      name: `flows-${deed}-few`,
      path: '/flows',
      act: async (page) => {
        await page.getByRole('button', { name: '操作' }).last().click();
        const word = { copy: '写しを作る', export: 'ファイルに書き出す', remove: '削除する' }[deed];
        await page.getByRole('menuitem', { name: word }).click();
        await page.getByText(/写しを開く|書き出しました|削除しますか|削除できません/).waitFor();
      },
    }),
  ),
  {
    name: 'flows-menu-few',
    path: '/flows',
    act: async (page) => {
      await page.getByRole('button', { name: '操作' }).first().click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'studio-keys-few',
    path: '/flows/levy',
    act: async (page) => {
      await page.getByRole('button', { name: 'キーの使い方' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'studio-exported-few',
    path: '/flows/levy',
    act: async (page) => {
      await page.getByRole('button', { name: 'ファイルに書き出す' }).click();
      await page.getByText('書き出しました').waitFor();
    },
  },
  { name: 'trunks-saved-few', path: '/trunks?done=saved' },
  { name: 'trunk-new-few', path: '/trunks/new' },
  {
    name: 'trunk-new-registering-few',
    path: '/trunks/new',
    act: async (page) => {
      await page.getByRole('radio', { name: /050番号/ }).click({ force: true });
      await page.getByLabel('回線の名前').scrollIntoViewIfNeeded();
    },
  },
  { name: 'trunk-few', path: '/trunks/trunk-0' },
  { name: 'trunk-lost-many', path: '/trunks/trunk-5', mode: { amount: 'many' } },
  { name: 'trunk-error', path: '/trunks/trunk-0', mode: { trouble: 'error' } },
  { name: 'answers-usual-few', path: '/trunks/trunk-0/outcome-table' },
  { name: 'answers-own-few', path: '/trunks/trunk-1/outcome-table' },
  { name: 'answers-none', path: '/trunks/trunk-1/outcome-table', mode: { amount: 'none' } },
  { name: 'answers-error', path: '/trunks/trunk-0/outcome-table', mode: { trouble: 'error' } },
  { name: 'answers-loading', path: '/trunks/trunk-0/outcome-table', mode: { trouble: 'slow' } },
  {
    name: 'answers-rule-few',
    path: '/trunks/trunk-1/outcome-table',
    act: async (page) => {
      await page.getByRole('button', { name: '2行目を直す' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'answers-problems-few',
    path: '/trunks/trunk-1/outcome-table',
    act: async (page) => {
      await page.getByRole('button', { name: '行を追加する' }).click();
      await page.getByLabel('SIP応答番号').fill('話し中');
      await page.getByRole('button', { name: '表に入れる' }).click();
      await page.getByText('結果を選んでください').waitFor();
    },
  },
  {
    name: 'answers-conflict-few',
    path: '/trunks/trunk-2/outcome-table',
    act: async (page) => {
      await page.getByRole('button', { name: '1行目を一つ下へ', exact: true }).click();
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('button', { name: /保存し直す/ }).waitFor();
    },
  },
  {
    name: 'answers-reset-few',
    path: '/trunks/trunk-1/outcome-table',
    act: async (page) => {
      await page.getByRole('button', { name: '初期値に戻す' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'trunk-answers-few',
    path: '/trunks/trunk-1',
    act: async (page) => {
      await page.getByRole('link', { name: '読み替えの表を開く' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'trunk-details-few',
    path: '/trunks/trunk-0',
    act: async (page) => {
      await page.getByRole('button', { name: /詳しい設定/ }).click();
      await page.getByLabel('音声の形式').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'trunk-problems-few',
    path: '/trunks/trunk-0',
    act: async (page) => {
      await page.getByLabel('回線の名前').fill('');
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'trunk-conflict-few',
    path: '/trunks/trunk-0',
    act: async (page) => {
      await page.getByLabel('回線の名前').fill('ほかの人');
      await page.getByRole('button', { name: '保存する' }).click();
      await page.getByRole('button', { name: /保存し直す/ }).waitFor();
    },
  },
  {
    name: 'trunk-testing-few',
    path: '/trunks/trunk-0',
    act: async (page) => {
      await page.getByLabel('相手のアドレス').fill('192.0.2.255');
      await page.getByRole('button', { name: '接続を試す' }).click();
      await page.getByText('相手の機器に問い合わせています').waitFor();
    },
  },
  {
    name: 'trunk-tested-few',
    path: '/trunks/trunk-1',
    act: async (page) => {
      await page.getByRole('button', { name: '接続を試す' }).click();
      await page.getByText('接続を試した結果').waitFor();
    },
  },
  {
    name: 'trunks-tested-few',
    path: '/trunks',
    act: async (page) => {
      await page
        .getByRole('button', { name: /接続を試す/ })
        .nth(1)
        .click();
      await page.getByText('接続を試した結果').waitFor();
    },
  },
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
  {
    name: 'trunk-removing-few',
    path: '/trunks/trunk-1',
    act: async (page) => {
      await page.getByRole('button', { name: 'この回線を削除する' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
];

await mkdir(folder, { recursive: true });
const server = await startFakeServer({
  webDist: join(import.meta.dirname, '../dist'),
  now: () => Date.now(),
  signedIn: true,
});
const browser = await launchBrowser();
let violations = 0;
let troubles = 0;

/** Waits until what the screen is for stands there. */
async function settled(page: Page, { name, mode }: Shot): Promise<void> {
  await page.locator('h1').waitFor();
  if (mode?.trouble === undefined) await page.waitForLoadState('load');
  if (
    mode?.trouble === 'slow' ||
    ['new-flow-templates-error', 'new-flow-levy-error', 'not-found', 'story-unknown', 'live-error'].includes(
      name,
    )
  )
    return;
  // Errors show after the second try.
  if (mode?.trouble === 'error') await page.getByRole('alert').first().waitFor();
  else await page.getByText('読み込んでいます').first().waitFor({ state: 'detached' });
}

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const { width } = page.viewportSize() ?? { width: 0 };
  await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  if (width === LARGE || process.env['WITHOUT_AXE'] === '1') return;
  const found = await new AxeBuilder({ page }).analyze();
  for (const each of found.violations) {
    violations += 1;
    console.log(
      `${name}-${width}: ${each.id} (${each.impact}) ${each.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    );
  }
}

for (const viewport of SIZES.filter(({ width }) => onlyWidth === undefined || onlyWidth === `${width}`)) {
  const context = await browser.newContext({
    viewport,
    locale: 'ja-JP',
    reducedMotion: 'reduce',
    bypassCSP: false,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(ACTION_TIMEOUT_MS);
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      console.log(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => console.log(`page: ${error.message}`));
  const isLarge = viewport.width === LARGE;
  const wanted = shots.filter(({ name }) => isWanted(name) && (!isLarge || /-(few|many)$/.test(name)));
  for (const shot of wanted) {
    server.set({ amount: 'few', trouble: 'none', call: null, ...shot.mode });
    await page.setViewportSize(
      shot.onPaper ? PAPER : { ...viewport, height: shot.height ?? viewport.height },
    );
    await page.emulateMedia({ media: shot.onPaper ? 'print' : 'screen' });
    await page.goto(server.url + shot.path);
    try {
      await settled(page, shot);
      await shot.act?.(page);
    } catch (error) {
      troubles += 1;
      console.log(`${shot.name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
    await picture(page, shot.name);
  }
  if (isWanted('sign-in') && !isLarge) {
    server.set({ amount: 'few', trouble: 'none' });
    server.endSession();
    await page.goto(`${server.url}/calls`);
    await page.getByRole('heading', { name: 'ログイン' }).waitFor();
    await picture(page, 'sign-in');
    for (let attempt = 0; attempt <= 5; attempt += 1) {
      await page.getByLabel('メールアドレス').fill('clerk@city.example');
      await page.getByLabel('パスワード', { exact: true }).fill('wrong');
      const answered = page.waitForResponse('**/sign-in/email');
      await page.getByRole('button', { name: 'ログイン' }).click();
      await answered;
      if (attempt === 0) await picture(page, 'sign-in-wrong');
    }
    await page.getByText('いまはログインできません').waitFor();
    await picture(page, 'sign-in-locked');
  }
  await context.close();
}
await browser.close();
await server.close();
console.log(`${violations} violations, ${troubles} troubles; pictures in ${folder}`);
