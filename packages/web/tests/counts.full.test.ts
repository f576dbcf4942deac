import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage, tabTo } from './test-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

async function axeFinds(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

const numberIn = (words: string) => Number(/\d+/.exec(words)?.[0]);

/** The table beside the picture, as it is read from top to bottom. */
async function tableRows(page: Page) {
  const table = page.getByRole('grid', { name: 'ノードごとの件数' });
  await table.waitFor();
  const rows = await table
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') })
    .all();
  return Promise.all(
    rows.map(async (row) => {
      const title = (await row.getByRole('rowheader').textContent()) ?? '';
      const [came = '', what = '', count = ''] = await row.getByRole('gridcell').allTextContents();
      return { title, came: numberIn(came), what, count: numberIn(count) };
    }),
  );
}

test('what stands on the ways and nodes of the picture is what the table says, and each node adds up to the calls that came to it', async () => {
  const { page, offences, close } = await openPage(browser);
  await page.goto('/flows/levy/counts');
  await page.getByText(/^第3版、.*：電話 293件（うち、つながる前に切れた電話 4件）$/).waitFor();
  const rows = await tableRows(page);
  expect(rows.some(({ what, count }) => what === 'ここで切った方' && count > 0)).toBe(true);
  for (const [title, own] of Map.groupBy(rows, (row) => row.title)) {
    const card = page.locator(`[data-card][aria-label^="${title}、"]`);
    const spoken = (await card.getAttribute('aria-label')) ?? '';
    const came = own[0]?.came ?? Number.NaN;
    expect([title, own.reduce((sum, { count }) => sum + count, 0)]).toEqual([title, came]);
    expect(spoken).toContain(`${came}件`);
    for (const { what, count } of own) {
      if (what === 'ここで切った方') expect(spoken).toContain(`ここで切った方 ${count}件`);
      else if (!/ここ|通った電話はありません|電話$/.test(what)) {
        expect(spoken).toContain(`${what} ${count}件`);
        expect(await card.getByText(`${count}件`).count()).toBeGreaterThan(0);
      }
    }
  }
  expect(await axeFinds(page)).toEqual([]);
  expect(offences).toEqual([]);
  await close();
});

test('somebody without a mouse chooses version, number and period; the address keeps them', async () => {
  const { page, offences, close } = await openPage(browser);
  const { keyboard } = page;
  await page.goto('/flows/levy/counts');
  const told = page.getByRole('status').filter({ hasText: /電話 \d+件/ });
  await told.filter({ hasText: '第3版' }).waitFor();

  await tabTo(page, 'main button[aria-haspopup=listbox]');
  await keyboard.press('Enter');
  await page
    .getByRole('option', { name: /^第3版.*使用中$/ })
    .and(page.locator(':focus'))
    .waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await told.filter({ hasText: '第2版' }).waitFor();

  await keyboard.press('Tab');
  await keyboard.press('Enter');
  await page.getByRole('listbox').waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await told.filter({ hasText: '電話 206件' }).waitFor();

  await keyboard.press('Tab');
  await page.getByRole('radio', { name: '今月' }).and(page.locator(':focus')).waitFor();
  await keyboard.press('ArrowRight');
  await expect.poll(() => new URL(page.url()).searchParams.get('to')).not.toBeNull();
  const kept = page.url();
  const words = (await told.textContent()) ?? '';
  await page.reload();
  await told.filter({ hasText: words }).waitFor();
  expect(page.url()).toBe(kept);

  await page.getByRole('radio', { name: '先月' }).focus();
  await keyboard.press('ArrowRight');
  const days = page.getByRole('form', { name: '期間の日' });
  const type = async (group: string, digits: string) => {
    await days.getByRole('group', { name: group }).getByRole('spinbutton').first().focus();
    await keyboard.type(digits);
  };
  await type('この日から', '20261005');
  await type('この日まで', '20261004');
  await days.getByRole('button', { name: 'この期間を表示する' }).press('Enter');
  await days.getByRole('alert').filter({ hasText: '後の日になっています' }).waitFor();
  expect(page.url()).toBe(kept);
  expect(await axeFinds(page)).toEqual([]);
  await type('この日まで', '20261006');
  await days.getByRole('button', { name: 'この期間を表示する' }).press('Enter');
  await told.filter({ hasText: '2026年10月5日から2026年10月6日まで' }).waitFor();
  expect(offences).toEqual([]);
  await close();
});

test('somebody without a mouse goes from card to card and into what is known of one; nothing can be changed', async () => {
  const { page, offences, close } = await openPage(browser);
  const { keyboard } = page;
  await page.goto('/flows/levy/counts');
  await tableRows(page);
  const card = page.locator('[data-card]:focus');
  const panel = page.getByRole('complementary', { name: '選んだノードの件数' });
  await tabTo(page, '[data-card]');
  const first = await card.getAttribute('data-card');
  await panel.getByText(/^来た電話\s+\d+件$/).waitFor();
  await keyboard.press('ArrowRight');
  await page.locator(`[data-card]:focus:not([data-card="${first}"])`).waitFor();
  const cards = await page.locator('[data-card]').count();
  for (const key of ['Delete', 'a', 'c', 'Control+x', 'Control+v']) await keyboard.press(key);
  expect(await page.locator('[data-card]').count()).toBe(cards);
  expect(await page.getByRole('dialog').count()).toBe(0);
  await keyboard.press('Enter');
  await panel.getByRole('heading').and(page.locator(':focus')).waitFor();
  expect(await axeFinds(page)).toEqual([]);

  await page.getByRole('button', { name: '一覧', exact: true }).press('Enter');
  const outline = page.getByRole('list', { name: 'フローの一覧' });
  await outline
    .getByText(/ここで切った方 \d+件/)
    .first()
    .waitFor();
  expect(await outline.getByRole('button', { name: /削除|追加|行き先/ }).count()).toBe(0);
  expect(await axeFinds(page)).toEqual([]);
  expect(offences).toEqual([]);
  await close();
});

test('the table is sorted by a key press, the most calls first', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/flows/levy/counts');
  await tableRows(page);
  const column = page.getByRole('columnheader', { name: '件数', exact: true });
  await column.press('Enter');
  await page.locator('[role=columnheader][aria-sort=ascending]').filter({ hasText: /^件数/ }).waitFor();
  await column.press('Enter');
  await page.locator('[role=columnheader][aria-sort=descending]').filter({ hasText: /^件数/ }).waitFor();
  const counts = (await tableRows(page)).map(({ count }) => count);
  expect(counts).toEqual(counts.toSorted((a, b) => b - a));
  await close();
});

test('days without a call, a flow without a version and a server that does not answer each say what to do', async () => {
  const { page, server, close } = await openPage(browser);
  await page.goto('/flows/levy/counts?from=2019-01-01&to=2019-01-31');
  await page.getByText('この期間に、この版で受けた電話はありません').waitFor();
  expect(await axeFinds(page)).toEqual([]);

  server.set({ amount: 'none' });
  await page.goto('/flows/levy/counts');
  await page.getByText('公開した版はまだありません').waitFor();

  server.set({ amount: 'few', trouble: 'error' });
  await page.goto('/flows/levy/counts');
  await page.getByRole('alert').filter({ hasText: '版の一覧を読み込めませんでした' }).waitFor();
  server.set({ trouble: 'none' });
  await page.getByRole('button', { name: 'もう一度読み込む' }).press('Enter');
  await tableRows(page);
  await close();
});
