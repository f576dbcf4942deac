import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage } from './test-browser.ts';

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

/** Goes back by the keyboard to the next that `selector` names. */
async function tabBackTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 10; presses++) {
    await page.keyboard.press('Shift+Tab');
    if ((await page.locator(':focus').and(page.locator(selector)).count()) > 0) return;
  }
  throw new Error(`the keyboard does not come back to ${selector}`);
}

const settings = (page: Page) => page.getByRole('complementary', { name: '選んだノードの設定' });

test('somebody without a mouse names a value of the recipient; texts offer it, and the checker holds it to the identity check', async () => {
  const { page, offences, close } = await openPage(browser);
  await page.goto('/flows/levy');
  await page.getByRole('button', { name: /^配信先の値/ }).press('Enter');
  await page.getByRole('button', { name: '値を追加する' }).press('Enter');
  // The new one stands before the button, its example and (after what may be ticked and chosen) its name last.
  await tabBackTo(page, 'aside input[type=text]');
  await page.keyboard.insertText('12000');
  await tabBackTo(page, 'aside button[aria-haspopup]');
  await tabBackTo(page, 'aside input[type=text]');
  await page.keyboard.insertText('滞納額');
  expect(await axeFinds(page)).toEqual([]);
  // A flow with such values is for calls that the city places: it must say who calls, and more.
  await page.getByRole('button', { name: /^直すところ[1-9]/ }).press('Enter');
  await page
    .getByText('何も押さない方や留守番電話に、市の電話番号を伝えないまま終わる道があります。')
    .first()
    .waitFor();
  await page.keyboard.press('Escape');

  await page.locator('.react-flow__node').first().click();
  await settings(page).getByRole('button', { name: '値を入れる' }).first().press('Enter');
  await page.getByRole('menuitem', { name: '滞納額（配信先の値）' }).press('Enter');
  await settings(page)
    .getByText('個人に関わる値（滞納額）を、本人確認をしないまま伝える道があります。')
    .waitFor();
  expect(offences).toEqual([]);
  await close();
});

test('a call that the city places is tried with the examples or other values, by the person meant or another', async () => {
  const { page, offences, close } = await openPage(browser);
  await page.goto('/flows/saikoku-kaigo?mode=trial');
  await page.getByLabel('配信先の値「宛名」').fill('ミホン ハナコ');
  await page.getByRole('button', { name: '電話をかける' }).press('Enter');
  const conversation = page.getByRole('list', { name: '通話の流れ' });
  await conversation.getByText('こちらは、見本市、保険年金課です。').waitFor();
  // The focus is on the telephone: its keys are pressed by those of the keyboard.
  for (const key of '10102') await page.keyboard.press(key);
  await conversation.getByText('ご本人のお誕生日と合いました').waitFor();
  await conversation.getByText(/^ミホン ハナコ様。介護保険料の、納付のお願いです。/).waitFor();
  await conversation.getByText('結果を残しました：案内を聞いた').waitFor();
  expect(await axeFinds(page)).toEqual([]);

  await page.getByRole('button', { name: /^電話の条件/ }).press('Enter');
  await page.getByRole('button', { name: /本人確認の入力/ }).press('Enter');
  await page.getByRole('option', { name: '合わない' }).press('Enter');
  await page.getByRole('button', { name: '電話をかける' }).press('Enter');
  await conversation.getByText('こちらは、見本市、保険年金課です。').waitFor();
  await page.keyboard.press('1');
  for (let round = 0; round < 3; round++) for (const key of '0102') await page.keyboard.press(key);
  await conversation.getByText('結果を残しました：本人確認できず').waitFor();
  expect(await conversation.getByText(/介護保険料/).count()).toBe(0);
  expect(offences).toEqual([]);
  await close();
});

test('the words of an identity check follow what is compared, unless staff wrote their own', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/flows/saikoku-kaigo?node=identity');
  const words = settings(page).getByLabel('本人確認の案内');
  const choose = async (name: RegExp) => {
    await settings(page)
      .getByRole('button', { name: /確かめる内容/ })
      .press('Enter');
    await page.getByRole('option', { name }).press('Enter');
  };
  await choose(/^生年月日/);
  await expect.poll(() => words.inputValue()).toContain('昭和が3');
  await words.fill('生年月日を押してください。');
  await choose(/^お誕生日/);
  expect(await words.inputValue()).toBe('生年月日を押してください。');
  await close();
});
