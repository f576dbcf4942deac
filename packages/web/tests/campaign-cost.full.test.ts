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

test('a person is suppressed by keyboard once a reason is chosen, and staff read whom that took off campaigns', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/suppressions');
  await page.getByRole('table', { name: '発信止めの一覧' }).waitFor();
  const submit = page.getByRole('button', { name: '発信を止める' });
  await page.getByRole('textbox', { name: '宛名番号', exact: true }).fill('0000099999');
  expect(await submit.isDisabled()).toBe(true);
  await page.getByRole('button', { name: /理由 選んでください|選んでください 理由/ }).press('Enter');
  await page.getByRole('option', { name: 'DV等支援措置' }).press('Enter');
  await submit.press('Enter');
  await page.getByText('1件を登録しました').waitFor();
  await page.getByText('待っている配信先から2件を外しました。').waitFor();
  expect(server.asked).toContain('/api/suppressions');
  expect(await axeFinds(page)).toEqual([]);
  expect(offences).toEqual([]);
  await close();
});

test('a suppression is lifted only after a question; escape means no', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/suppressions');
  const lift = page.getByRole('button', { name: '宛名番号 0000012345の発信止めを解除する' });
  await lift.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  expect(server.asked).not.toContain('/api/suppressions/sup-0/lift');
  await lift.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await expect.poll(() => server.asked).toContain('/api/suppressions/sup-0/lift');
  expect(offences).toEqual([]);
  await close();
});

test('a budget whose shares are more than campaigns may use cannot be saved, and it is said why', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/campaign-cost');
  const save = page.getByRole('button', { name: '予算を保存する' });
  await page.getByRole('textbox', { name: '1か月の上限（円）（1）' }).fill('１４３，６０１');
  await page.getByText('部署の配分の合計が、配信に使える額を超えています。').waitFor();
  expect(await save.isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: '1か月の上限（円）（1）' }).fill('50000');
  await save.press('Enter');
  await page.getByText('予算を保存しました').waitFor();
  expect(server.asked).toContain('/api/campaign-cost/budget');
  expect(await axeFinds(page)).toEqual([]);
  expect(offences).toEqual([]);
  await close();
});

test('the city’s own pages are named one a line, copied addresses among them; what is nobody’s own cannot be saved', async () => {
  const { page, offences, close } = await openPage(browser);
  await page.goto('/campaign-cost');
  const box = page.getByRole('textbox', { name: '市のホームページのアドレス' });
  const save = page.getByRole('button', { name: 'アドレスを保存する' });
  await box.fill('www.city.mihon.lg.jp\nlg.jp');
  await page.getByText('「lg.jp」は、市だけのアドレスとして読み取れません。').waitFor();
  expect(await save.isDisabled()).toBe(true);
  await box.fill('https://www.city.mihon.lg.jp/nouzei\nmihon.jp');
  const [sent] = await Promise.all([
    page.waitForRequest((request) => request.method() === 'PUT'),
    save.press('Enter'),
  ]);
  await page.getByText('アドレスを保存しました').waitFor();
  expect(sent.postDataJSON()).toMatchObject({
    hosts: ['www.city.mihon.lg.jp', 'mihon.jp'],
  });
  expect(await axeFinds(page)).toEqual([]);
  expect(offences).toEqual([]);
  await close();
});

test('limits that allow less in a week than in a day cannot be saved; a rate is put right by keyboard', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/campaign-cost');
  const perDay = page.getByRole('textbox', { name: '電話は1日に（回まで）' });
  await perDay.fill('4');
  await page.getByText('順に小さくならないように').waitFor();
  await perDay.fill('2');
  await page.getByRole('button', { name: '上限を保存する' }).press('Enter');
  await page.getByText('上限を保存しました').waitFor();
  await page.getByRole('button', { name: '携帯電話の2026-01-01からの料金を直す' }).press('Enter');
  await page.getByRole('textbox', { name: '単位ごとの料金（円・税抜き）' }).fill('16.5');
  await page.getByRole('button', { name: '料金を保存する' }).press('Enter');
  await page.getByText('料金を保存しました').waitFor();
  expect(server.asked).toContain('/api/campaign-cost/rates');
  expect(await axeFinds(page)).toEqual([]);
  expect(offences).toEqual([]);
  await close();
});
