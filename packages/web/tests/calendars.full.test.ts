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

const focusedDay = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-date'));

test('somebody without a mouse walks the month, closes a day, sees it before saving, and saves it after the summary', async () => {
  const { page, offences, close } = await openPage(browser);
  await page.goto('/calendars');
  await page.getByRole('grid', { name: '開庁日カレンダー' }).waitFor();
  await tabTo(page, '[role=grid] *');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /市役所の開庁時間|納付相談/ }).waitFor();
  await page.getByRole('grid', { name: /の開庁日$/ }).waitFor();
  await tabTo(page, '[data-date]');
  const today = await focusedDay(page);
  await page.keyboard.press('PageDown');
  const nextMonth = String(await focusedDay(page)).slice(0, 7);
  expect(nextMonth > String(today).slice(0, 7)).toBe(true);
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  // A Saturday; from there to the next day that is open.
  const isOpenDay = () =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.includes('、開庁 ') ?? false);
  for (let days = 0; days < 30 && !(await isOpenDay()); days += 1) await page.keyboard.press('ArrowRight');
  const opened = String(await focusedDay(page));
  expect(opened > String(today)).toBe(true);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await tabTo(page, '[role=dialog] input[type=radio]');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '[role=dialog] input[type=text]');
  await page.keyboard.insertText('庁舎停電');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const cell = page.locator(`[data-date="${opened}"]`);
  expect(await cell.getAttribute('aria-label')).toMatch(/閉庁、特別日「庁舎停電」、保存前の変更あり/);
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: '保存の確認へ' }).press('Enter');
  const [, month, day] = opened.split('-').map(Number);
  await page
    .getByRole('alertdialog')
    .getByText(new RegExp(`${month}月${day}日（.）：.* → 閉庁`))
    .waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: '保存する' }).press('Enter');
  await page.getByText('保存しました').waitFor();
  expect(await cell.getAttribute('aria-label')).not.toContain('保存前');
  expect(offences).toEqual([]);
  await close();
});

test('a second Thursday is made longer, typed as people write times, and the month shows it at once', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/calendars/calendar-1');
  await page.getByRole('button', { name: /^延長窓口 / }).press('Enter');
  await page.getByRole('button', { name: '延長窓口を追加' }).press('Enter');
  await page.getByLabel('名前', { exact: true }).fill('第2木曜延長');
  await page.getByRole('button', { name: /週$/ }).press('Enter');
  await page.getByRole('option', { name: '第2' }).press('Enter');
  await page.getByLabel('第2木曜延長の終了').fill('１９時３０分');
  await page.getByLabel('第2木曜延長の終了').press('Tab');
  await page.getByText('8:45〜19:30').first().waitFor();
  expect(await page.getByText('8:45〜19:30').count()).toBe(1);
  await close();
});

test('what is wrong is told at its place once saving was tried, and the first of it has the focus', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/calendars/calendar-0');
  await page.getByRole('button', { name: /^曜日ごと/ }).press('Enter');
  await page.getByLabel('月曜日の開始').fill('朝');
  await page.getByLabel('月曜日の開始').press('Tab');
  await page.getByRole('button', { name: '保存の確認へ' }).press('Enter');
  await page.getByText('時刻は「08:45」のように入力してください。').waitFor();
  await page.locator('input[aria-invalid=true]:focus').waitFor();
  expect(await page.getByRole('alertdialog').count()).toBe(0);
  expect(await axeFinds(page)).toEqual([]);
  await close();
});

test('when somebody else has saved in between nothing that was typed is lost, and both ways on are offered', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/calendars/calendar-0');
  await page.getByLabel('カレンダーの名前').fill('ほかの人');
  await page.getByRole('button', { name: '保存の確認へ' }).press('Enter');
  await page.getByRole('button', { name: '保存する' }).press('Enter');
  await page.getByText('ほかの職員が先に内容を変更しました').waitFor();
  expect(await page.getByLabel('カレンダーの名前').inputValue()).toBe('ほかの人');
  await page.getByRole('button', { name: '自分の入力を残して続ける' }).press('Enter');
  await page.getByRole('button', { name: '保存の確認へ' }).press('Enter');
  await page.getByRole('button', { name: '保存する' }).press('Enter');
  await page.getByText('保存しました').waitFor();
  await close();
});

test('what a caller hears is told for any day and time, and beside it what the unsaved change would make of it', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/calendars/calendar-0');
  const time = page.getByLabel('時刻', { exact: true });
  await time.fill('23:50');
  await time.press('Enter');
  await page.getByText('本日の受付は終わりました').first().waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: /^特別日 / }).press('Enter');
  await page.getByRole('button', { name: '特別日を追加' }).press('Enter');
  await page.getByLabel('名前', { exact: true }).last().fill('終日');
  await page.getByRole('button', { name: '終日：時間を追加' }).press('Enter');
  await page.getByLabel('終日の開始').fill('0:00');
  await page.getByLabel('終日の終了').fill('24:00');
  await page.getByLabel('終日の終了').press('Tab');
  await page.getByText('いまの変更を保存すると、この日時は').waitFor();
  await close();
});

test('a wrong file of 祝日 is refused with the line, a right one says what it changes, and the warning goes', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/calendars/holidays');
  await page.getByText('確認済みの祝日は、2026年12月31日（木）までです').waitFor();
  const choose = async (name: string) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'ファイルを選んで読み込む' }).click();
    await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from('x') });
  };
  await choose('wrong.csv');
  await page.getByText('祝日ファイルの4行目を読み取れません').waitFor();
  await page.getByText('祝日は変わっていません').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await choose('syukujitsu.csv');
  await page.getByText('2027年12月24日（金）：祝日ではない → 臨時の休日').waitFor();
  await page.getByText('確認済みの祝日は、2026年12月31日（木）までです').waitFor({ state: 'detached' });
  await close();
});
