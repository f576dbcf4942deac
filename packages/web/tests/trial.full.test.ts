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

test('somebody without a mouse calls, presses keys of his keyboard, sees where they lead, hangs up and keeps the run', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/flows/kokuho-fuka?mode=trial');
  await page.getByRole('button', { name: '平日の10時' }).press('Enter');
  await page.getByRole('button', { name: '電話をかける' }).press('Enter');
  const conversation = page.getByRole('list', { name: '通話の流れ' });
  await conversation.getByText('開庁中です').waitFor();
  // The focus is on the telephone: its keys are pressed by those of the keyboard.
  await page.keyboard.press('1');
  await conversation.getByText('「1」を押しました').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: '電話を切る' }).press('Enter');
  await conversation.getByText(/通話の結果：/).waitFor();
  await page.getByRole('button', { name: '保存する', exact: true }).press('Enter');
  await page.getByText('名前を入力してください').waitFor();
  await page.getByLabel('この通話を確認として保存する').fill('平日に1を押す');
  const asked = server.asked.filter((path) => path.endsWith('/tests')).length;
  await page.getByRole('button', { name: '保存する', exact: true }).press('Enter');
  await expect
    .poll(() => server.asked.filter((path) => path.endsWith('/tests')).length, { timeout: 10_000 })
    .toBe(asked + 2);
  expect(offences).toEqual([]);
  await close();
});

test('a key typed into a field is text, not a key of the telephone', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/flows/kokuho-fuka?mode=trial');
  await page.getByRole('button', { name: '電話をかける' }).click();
  await page.getByRole('list', { name: '通話の流れ' }).waitFor();
  await page.getByLabel('この通話を確認として保存する').pressSequentially('1');
  expect(await page.getByText('「1」を押しました').count()).toBe(0);
  await close();
});

test('going back takes the last key back; other conditions begin a new call', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/flows/kokuho-fuka?mode=trial');
  await page.getByRole('button', { name: '平日の10時' }).click();
  await page.getByRole('button', { name: '電話をかける' }).click();
  await page.getByRole('button', { name: /^1（/ }).click();
  await page.getByText('「1」を押しました').waitFor();
  await page.getByRole('button', { name: '一つ前に戻る' }).click();
  await page.getByText('「1」を押しました').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^電話の条件/ }).click();
  await page.getByRole('button', { name: /^祝日/ }).click();
  await page.getByText('まだ電話をかけていません').waitFor();
  await page.getByRole('button', { name: '電話をかける' }).click();
  await page.getByText('閉庁中です').waitFor();
  await close();
});

test('kept runs are made again at once: what differs says so, and is removed after a question only', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/flows/kokuho-fuka?mode=trial');
  await page.getByText('3件のうち1件が、保存したときと違う結果です').waitFor();
  const remove = page.getByRole('button', { name: '削除：祝日の昼' });
  await remove.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'もう一度見る：祝日の昼' }).press('Enter');
  await page.getByRole('list', { name: '通話の流れ' }).waitFor();
  await close();
});

test('past calls are replayed with the keyboard alone; what came of it is compared, and one that runs can be stopped', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/flows/kokuho-fuka?mode=replay');
  await page.getByRole('grid', { name: '結果の比較' }).waitFor();
  await page.getByText('新しい質問で、まだだれも答えていません').first().waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await tabTo(page, 'button[type=submit]');
  await page.keyboard.press('Enter');
  await page.getByRole('progressbar').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.getByRole('button', { name: '中止する' }).press('Enter');
  await expect
    .poll(() => server.asked.filter((path) => path.endsWith('/replays/replay-new')).length)
    .toBeGreaterThan(1);
  expect(offences).toEqual([]);
  await close();
});

test('somebody without a mouse orders the draft by telephone, reads that its sounds are made and then where to call, and ends it', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/flows/kokuho-fuka?mode=trial');
  await page.getByRole('button', { name: '電話で試す' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: '電話で試す' });
  await dialog.getByText('まだ試していません').waitFor();
  await dialog.getByText('担当係長の携帯').waitFor();
  // Its days are over: it reaches nothing.
  expect(await dialog.getByText('090-0000-0011').count()).toBe(0);
  expect(await axeFinds(page)).toEqual([]);
  const order = dialog.getByRole('button', { name: 'いまの下書きで試す：0725-00-8130' });
  await order.press('Enter');
  await dialog.getByText('音声を準備しています').waitFor();
  await dialog
    .getByText(/登録した電話から、0725-00-8130へおかけください。いまの下書き（.+）が流れます。/)
    .waitFor();
  expect(await axeFinds(page)).toEqual([]);
  // The button has gone with its purpose; the keyboard stays in the dialog.
  await page.keyboard.press('Tab');
  expect(await dialog.locator(':focus').count()).toBe(1);
  await dialog.getByRole('button', { name: 'お試しをやめる：0725-00-8130' }).press('Enter');
  await dialog.getByText('まだ試していません').waitFor();
  expect(server.asked).toContain('/api/phone-numbers/0725008130/trial');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(offences).toEqual([]);
  await close();
});

test('a draft that changed after it was put on trial says so and offers to renew it; one with errors says what is wrong', async () => {
  const { page, server, close } = await openPage(browser);
  server.set({ amount: 'many' });
  await page.goto('/flows/kokuho-fuka?mode=trial');
  await page.getByRole('button', { name: '電話で試す' }).click();
  const dialog = page.getByRole('dialog', { name: '電話で試す' });
  await dialog.getByText('下書きが変わっています').waitFor();
  await dialog.getByRole('button', { name: 'いまの下書きに入れ替える：0725-00-8132' }).click();
  await dialog.getByText('下書きが変わっています').waitFor({ state: 'detached' });
  await dialog.getByText('0725-00-8132へおかけください').waitFor();
  await dialog.getByRole('button', { name: 'いまの下書きで試す：0725-00-8199' }).click();
  await dialog.getByText('「閉庁の案内」の文章が空です。').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await close();
});

test('without a number under test, and without a test caller, the dialog says where they are made', async () => {
  const { page, server, close } = await openPage(browser);
  server.set({ amount: 'none' });
  await page.goto('/flows/kokuho-fuka?mode=trial');
  await page.getByRole('button', { name: '電話で試す' }).click();
  const dialog = page.getByRole('dialog', { name: '電話で試す' });
  await dialog.getByText('「テスト」の電話番号がありません').waitFor();
  await dialog.getByText('いま使える試験発信者の電話が、登録されていません').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await dialog.getByRole('link', { name: '電話番号の画面で登録する' }).press('Enter');
  await page.getByRole('heading', { name: '試験発信者' }).waitFor();
  await close();
});
