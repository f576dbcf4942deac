import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { chooseList } from '../development/campaign-shots.ts';
import { launchBrowser, openPage, tabTo } from './test-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

const DRAFT = '/campaigns/campaign-draft';

async function axeFinds(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

async function open(path: string) {
  const opened = await openPage(browser);
  onTestFinished(opened.close);
  await opened.page.goto(path);
  return opened;
}

test('somebody without a mouse begins a campaign: what it is stands there before there is one, and kind and name are asked for', async () => {
  const { page, server, offences } = await openPage(browser);
  onTestFinished(() => page.context().close());
  onTestFinished(() => server.close());
  server.set({ amount: 'none' });
  await page.goto('/campaigns');
  await page.getByText('決裁が済むまでは、だれにも電話もSMSも届きません。').waitFor();
  await tabTo(page, 'main a[href="/campaigns/new"]', 60);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '下書きを作って次へ' }).press('Enter');
  await page.getByText('種類を選んでください。').waitFor();
  await page.getByText('名前を入力してください。').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  expect(server.asked.filter((path) => path === '/api/campaigns')).toHaveLength(1);
  await page.getByRole('radio', { name: /^納付催告/ }).press('Space');
  await page.getByRole('textbox', { name: '名前' }).fill('介護保険料 3期');
  await page.getByRole('button', { name: '下書きを作って次へ' }).press('Enter');
  await page.waitForURL(/\/campaigns\/campaign-draft$/);
  await page.getByText('名簿を取り込んでください。').waitFor();
  expect(offences).toEqual([]);
});

test('a file becomes the list only after its columns, who is left out and why were seen', async () => {
  const { page, server, offences } = await open(DRAFT);
  await chooseList(page, '未納者一覧.csv');
  await page.getByRole('button', { name: /「未納額」の使い道/ }).waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: 'この割り当てで読み込んで確かめる' }).press('Enter');
  await page.getByText('読み終わりました。まだ取り込んでいません。').waitFor();
  await page.getByRole('button', { name: /^電話番号がない/ }).press('Enter');
  await page.getByText('「電話番号1」：電話番号がありません。').first().waitFor();
  expect(await page.getByRole('link', { name: /除く行を、わけを付けて取り出す/ }).getAttribute('href')).toBe(
    '/api/campaign-lists/list-0/left-out.csv',
  );
  expect(await axeFinds(page)).toEqual([]);
  const accepting = () => server.asked.filter((path) => path.endsWith('/accept'));
  await page.getByRole('button', { name: /人を取り込む$/ }).press('Enter');
  await page.getByRole('alertdialog', { name: 'いまの名簿と入れ替えますか' }).waitFor();
  await page.keyboard.press('Escape');
  expect(accepting()).toHaveLength(0);
  await page.getByRole('button', { name: /人を取り込む$/ }).press('Enter');
  await page.getByRole('button', { name: '入れ替える' }).press('Enter');
  await page.getByText('人の名簿を取り込みました').waitFor();
  expect(accepting()).toHaveLength(1);
  expect(offences).toEqual([]);
});

test('a file with マイナンバー is refused in words that name the column, and another can be chosen', async () => {
  const { page } = await open(DRAFT);
  await chooseList(page, 'マイナンバー.csv');
  await page.getByRole('alert').getByText('「個人番号」の列に').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: /ファイルを選ぶ$/ }).waitFor();
});

test('nothing is proposed while something is missing or not saved; then the proposal opens', async () => {
  const { page, server } = await open(DRAFT);
  const propose = page.getByRole('button', { name: '決裁に出す' });
  await page.getByText('「時間とかけ方」「文面の確認」がそろうと、決裁に出せます。').waitFor();
  expect(await propose.isDisabled()).toBe(true);
  server.set({ amount: 'many' });
  await page.reload();
  await page.getByRole('textbox', { name: '名前' }).fill('国保料 4期');
  await page.getByText('先に「下書きを保存する」を押してください。').waitFor();
  expect(await propose.isDisabled()).toBe(true);
  await page.getByRole('button', { name: '下書きを保存する' }).press('Enter');
  await page.getByText('保存しました。').waitFor();
  await page.getByRole('textbox', { name: '伺いの内容と理由' }).fill('納期限の前にお知らせします。');
  await propose.press('Enter');
  await page.waitForURL(/\/campaign-proposals\/proposal-0$/);
});

test('what people hear who call back is chosen without a mouse; a number that tells callers nothing of its own is named', async () => {
  const { page, server } = await open(DRAFT);
  server.set({ amount: 'many' });
  await page.reload();
  await page.getByText('この番号には、受ける電話の案内がありません').waitFor();
  await page.getByRole('button', { name: /^くわしく決める/ }).press('Enter');
  const choice = page.getByRole('button', { name: /折り返しの方に流す案内/ });
  expect(await choice.textContent()).toContain('配信と同じシナリオ');
  await choice.press('Enter');
  await page.getByRole('option', { name: '納付催告（介護保険料）' }).press('Enter');
  expect(await choice.textContent()).toContain('納付催告（介護保険料）');
  expect(await axeFinds(page)).toEqual([]);
  // Whom nobody knows nothing can be let hear.
  await page.getByRole('textbox', { name: '折り返しとして受ける期間' }).fill('0');
  await page.getByRole('textbox', { name: '折り返しとして受ける期間' }).press('Tab');
  expect(await choice.count()).toBe(0);
});

test('what a colleague changed meanwhile is told, and what was typed stays', async () => {
  const { page } = await open(DRAFT);
  await page.getByRole('textbox', { name: '名前' }).fill('ほかの人');
  await page.getByRole('button', { name: '下書きを保存する' }).press('Enter');
  await page.getByText('入力した内容はこの画面に残っています。').waitFor();
  expect(await page.getByRole('textbox', { name: '名前' }).inputValue()).toBe('ほかの人');
});

test('of a person at random one reads what anybody hears and what only the person hears', async () => {
  const { page, server } = await open(DRAFT);
  await page.getByRole('button', { name: '無作為に20人を選ぶ' }).press('Enter');
  await page.getByRole('list', { name: '無作為に選んだ方' }).getByRole('button').first().press('Enter');
  const shown = page.getByRole('region', { name: 'この方に流れる内容' });
  await shown.getByText('本人確認の後（ご本人だけが聞きます）').waitFor();
  const texts = ((await shown.textContent()) ?? '').replaceAll('\n', ' ');
  const [before = '', after = ''] = texts.split('本人確認の後');
  expect(before).toContain('大切なお知らせがあります');
  expect(before).not.toContain('24,300円');
  expect(after).toContain('納期限は、2026年12月28日です。金額は、24,300円です。');
  await shown.getByRole('button', { name: /^聞く：ミホン ハナコ様/ }).press('Enter');
  await expect.poll(() => server.asked).toContain('/api/speech/preview');
  expect(await axeFinds(page)).toEqual([]);
});

test('a department is chosen in the draft and narrows the list; where its money runs short, every screen says so in words', async () => {
  const { page, server, offences } = await open('/campaigns');
  await page.getByRole('button', { name: /部署/ }).press('Enter');
  await page.getByRole('option', { name: '介護保険課' }).press('Enter');
  await page.waitForURL(/department=/);
  await page
    .getByRole('row', { name: /介護保険課/ })
    .first()
    .waitFor();
  expect(await page.getByRole('row', { name: /納税課/ }).count()).toBe(0);
  expect(await axeFinds(page)).toEqual([]);
  server.set({ amount: 'many' });
  await page.goto('/campaigns');
  await page.getByText('12月の納税課の配分を超える見込みです（108％）').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.goto(DRAFT);
  await page.getByText('12月の市の配信の予算の91％を使う見込みです').waitFor();
  await page.getByText('この配信の見込み14,300円').first().waitFor();
  const department = page.getByRole('button', { name: /予算を使う部署/ });
  await department.press('Enter');
  await page.getByRole('option', { name: '国保年金課' }).press('Enter');
  const [saved] = await Promise.all([
    page.waitForRequest((request) => request.method() === 'PUT'),
    page.getByRole('button', { name: '下書きを保存する' }).press('Enter'),
  ]);
  expect(saved.postDataJSON()).toMatchObject({ draft: { department: '国保年金課' } });
  expect(await axeFinds(page)).toEqual([]);
  await page.goto('/campaign-proposals/proposal-0');
  await page.getByText('12月の納税課の配分を超える見込みです').waitFor();
  await page.goto('/campaigns/campaign-running/running');
  await page.getByText('今月の納税課の配分に達したため、1月1日まで待っています').waitFor();
  await page.getByText('続けないときは、「中止する」を押してください。').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  expect(offences).toEqual([]);
});

test('twenty people are heard one after another and read along, with previous, next and stop by keyboard; and in one call by telephone', async () => {
  const { page, server, offences } = await open('/campaigns');
  // A clerk who has told which telephone is the own one.
  server.set({ amount: 'many', call: 'ended' });
  await page.goto(DRAFT);
  await page.getByRole('button', { name: '無作為に20人を選ぶ' }).press('Enter');
  const row = page.getByRole('region', { name: '続けて聞く' });
  await row.getByText('1人目（20人のうち）').waitFor();
  expect(await row.getByRole('button', { name: '前の方' }).isDisabled()).toBe(true);
  const heard = () => server.asked.filter((path) => path === '/api/speech/preview').length;
  await row.getByRole('button', { name: '20人を続けて聞く' }).press('Enter');
  await row.locator('[aria-current=true]').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  // By itself on to the next one.
  await row.getByText('2人目（20人のうち）').waitFor();
  await row.getByRole('button', { name: '次の方' }).press('Enter');
  await row.getByText(/^([3-9]|1\d)人目/).waitFor();
  await row.getByRole('button', { name: '止める' }).press('Enter');
  await row.getByRole('button', { name: '20人を続けて聞く' }).waitFor();
  expect(await row.locator('[aria-current=true]').count()).toBe(0);
  const before = heard();
  expect(before).toBeGreaterThan(1);
  await row.getByRole('button', { name: '前の方' }).press('Enter');
  expect(heard()).toBe(before);
  const [rung] = await Promise.all([
    page.waitForRequest((request) => request.url().endsWith('/api/desk-calls')),
    row.getByRole('button', { name: '電話機で20人分を聞く' }).press('Enter'),
  ]);
  const { kind, heard: first, more } = rung.postDataJSON();
  expect([kind, first.content.text]).toEqual(['listen', '1人目です。']);
  const places = more.filter(({ content }: { content: { text: string } }) =>
    /人目です。$/.test(content.text),
  );
  expect(places).toHaveLength(19);
  expect(offences).toEqual([]);
});

test('who decides allows personal values in SMS knowingly, or sends back with a reason', async () => {
  const { page, server, offences } = await open('/campaign-proposals/proposal-0');
  const decided = () => server.asked.filter((path) => path.endsWith('/decisions'));
  server.set({ amount: 'many' });
  await page.reload();
  await page.getByRole('button', { name: 'この内容で決裁する' }).press('Enter');
  await page.getByText('許可しないときは、差し戻して').waitFor();
  await page.getByRole('button', { name: '差し戻す' }).press('Enter');
  await page.getByText('理由を入力してください。').waitFor();
  expect(decided()).toHaveLength(0);
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('checkbox', { name: /個人に関わる値（金額）/ }).press('Space');
  await page.getByRole('button', { name: 'この内容で決裁する' }).press('Enter');
  await expect.poll(decided).toHaveLength(1);
  expect(offences).toEqual([]);
});

test('a campaign is stopped only after saying yes; escape means no', async () => {
  const { page, server, offences } = await open('/campaigns/campaign-running/running');
  await page.getByText('6,128').waitFor();
  const told = () => server.asked.filter((path) => path.endsWith('/state'));
  await page.getByRole('button', { name: '中止する' }).press('Enter');
  await page.getByRole('alertdialog', { name: '配信を中止しますか' }).waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(told()).toHaveLength(0);
  await page.getByRole('button', { name: '一時停止する' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: '一時停止する' }).press('Enter');
  await expect.poll(told).toHaveLength(1);
  expect(offences).toEqual([]);
});

test('the chart says its figures in a table too', async () => {
  const { page } = await open('/campaigns/campaign-running/running');
  await page.getByText('数字で見る').press('Enter');
  await page.getByRole('columnheader', { name: '連絡がついた人' }).waitFor();
  expect(await axeFinds(page)).toEqual([]);
});

test('recipients are looked for by number, and one is taken off with a reason', async () => {
  const { page, server } = await open('/campaigns/campaign-running/recipients');
  await page.getByRole('grid', { name: '配信先' }).waitFor();
  const search = page.getByRole('search', { name: '配信先の絞り込み' });
  await search.getByRole('textbox').fill('0100200');
  await page.keyboard.press('Enter');
  await page.waitForURL(/search=/);
  await page.getByText('3人のうち3人を表示しています').waitFor();
  await tabTo(page, '[role=row]');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^宛名番号/ }).waitFor();
  await page.getByRole('button', { name: 'この方への発信を取りやめる' }).press('Enter');
  await page.getByRole('button', { name: '発信を取りやめる', exact: true }).press('Enter');
  await page.getByText('理由を入力してください。').waitFor();
  const removed = () => server.asked.filter((path) => path.endsWith('/removal'));
  expect(removed()).toHaveLength(0);
  await page.getByLabel('取りやめる理由').fill('窓口で納付を確認しました。');
  await page.getByRole('button', { name: '発信を取りやめる', exact: true }).press('Enter');
  await expect.poll(removed).toHaveLength(1);
});

test('a result file is made only after its content and what cannot be written was seen', async () => {
  const { page, server, offences } = await open('/campaigns/campaign-ended/results');
  await page.getByRole('button', { name: 'ファイルの中身を確かめる' }).press('Enter');
  await page.getByText('19行目「宛名カナ」の「𠮷」（U+20BB7）は「〓」と書きます').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  const made = () => server.asked.filter((path) => path.endsWith('/result-exports'));
  const before = made().length;
  await page.getByRole('button', { name: 'この内容で結果ファイルを作る' }).press('Enter');
  await page.getByText('結果ファイルを作りました。').waitFor();
  expect(made().length).toBeGreaterThan(before);
  expect(
    await page.getByRole('link', { name: '結果ファイルを取り出す' }).first().getAttribute('href'),
  ).toMatch(/^\/api\/result-exports\/export-\d\/files\/data$/);
  await page.getByRole('link', { name: '送付票を開く' }).first().press('Enter');
  await page.getByRole('heading', { name: '送付票' }).waitFor();
  expect(offences).toEqual([]);
});

test('what was taken out once is taken out again only with a reason, and staff see until when a file can be had', async () => {
  const { page, server, offences } = await open('/campaigns/campaign-ended/results');
  await page
    .getByText(/まで取り出せます。$/)
    .first()
    .waitFor();
  await page.getByText('第1回の再出力').waitFor();
  await page.getByText('再出力の理由：基幹システムでの取り込みに失敗したため').waitFor();
  const first = page.getByRole('listitem').filter({ hasText: '保管の期限が過ぎたため' });
  expect(await first.getByRole('link', { name: '結果ファイルを取り出す' }).count()).toBe(0);
  await first.getByRole('button', { name: 'もう一度出す' }).press('Enter');
  const asked = page.getByRole('dialog', { name: '第1回の結果をもう一度出しますか' });
  const orders = () => server.asked.filter((path) => path.endsWith('/result-exports')).length;
  const before = orders();
  await asked.getByRole('button', { name: 'もう一度出す' }).press('Enter');
  await asked.getByText('理由を入力してください。').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  expect(orders()).toBe(before);
  await asked.getByRole('textbox', { name: /^もう一度出す理由/ }).fill('媒体を失くしたため');
  await page.keyboard.press('Enter');
  await asked.waitFor({ state: 'detached' });
  expect(orders()).toBeGreaterThan(before);
  expect(offences).toEqual([]);
});

test('single attempts are cut by outcome and day, and one tells word for word what was heard and how far', async () => {
  const { page, server, offences } = await open('/campaigns/campaign-running/attempts');
  const table = page.getByRole('grid', { name: '発信の記録' });
  await table.waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: /発信の結果/ }).press('Enter');
  await page.getByRole('option', { name: '応答なし' }).press('Enter');
  await page.waitForURL(/outcome=unanswered/);
  await expect.poll(() => table.getByRole('rowheader').count()).toBe(1);
  await page.goto('/campaigns/campaign-running/attempts?day=2020-01-01');
  await page.getByText('条件に合う発信はありません').waitFor();
  await page.getByRole('button', { name: '日を消す' }).press('Enter');
  await table.getByRole('row').nth(1).press('Enter');
  await page.waitForURL(/\/attempts\/att-0$/);
  await page.getByText('途中の9秒まで流れました').waitFor();
  await page.getByText('最後まで流れました').waitFor();
  await page.getByText('1●●●●1').waitFor();
  expect(server.asked).toContain('/api/campaign-attempts/att-0');
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('link', { name: '0100200300' }).press('Enter');
  await page.waitForURL(/\/recipients\/1$/);
  await page
    .getByRole('link', { name: /の発信をくわしく見る$/ })
    .first()
    .waitFor();
  expect(offences).toEqual([]);
});

test('many attempts come page after page', async () => {
  const { page, server } = await open('/campaigns/campaign-running/attempts');
  server.set({ amount: 'many' });
  await page.reload();
  await page.getByText('新しいものから50件を表示しています（続きがあります）').waitFor();
  await page.getByRole('button', { name: '次の50件を表示する' }).press('Enter');
  await page.getByText('新しいものから100件を表示しています（続きがあります）').waitFor();
  await page.getByRole('button', { name: '次の50件を表示する' }).press('Enter');
  await page.getByText('新しいものから120件を表示しています').waitFor();
  expect(await page.getByRole('button', { name: '次の50件を表示する' }).count()).toBe(0);
});
