import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { FakeMode } from '../development/fake-server.ts';
import { launchBrowser, openPage } from './test-browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

const MODES: readonly FakeMode[] = [
  { amount: 'few', trouble: 'none', call: null },
  { amount: 'few', trouble: 'none', call: 'talking' },
  { amount: 'none', trouble: 'none', call: null },
  { amount: 'few', trouble: 'error', call: null },
];

/** Screens that ask the server for nothing, or tell a failure in words of their own: no alert stands there. */
const WITHOUT_ALERT: ReadonlySet<string> = new Set([
  '/live',
  '/nowhere',
  '/trunks/new',
  '/flows/new',
  '/flows/new?way=empty',
  '/flows/new?way=file',
  '/announcements/new',
  '/campaigns/new',
]);

test.each([
  '/live',
  '/inbox',
  '/inbox/item-1',
  '/calls',
  '/calls/fake-e-0',
  '/citizen?number=09000001237',
  '/sms',
  '/note-choices',
  '/numbers',
  '/numbers/0725008128',
  '/emergency',
  '/trunks',
  '/trunks/new',
  '/trunks/trunk-0',
  '/trunks/trunk-0/outcome-table',
  '/flows',
  '/flows/new',
  '/flows/new?way=empty',
  '/flows/new?way=template&template=kokuho-levy',
  '/flows/new?way=file',
  '/flows/levy',
  '/flows/levy?view=outline',
  '/flows/levy/publish',
  '/flows/levy/versions',
  '/flows/levy/counts',
  '/flows/levy/counts?view=outline',
  '/approvals',
  '/approvals?state=settled',
  '/approvals/proposal-0',
  '/calendars',
  '/calendars/calendar-0',
  '/calendars/holidays',
  '/announcements',
  '/announcements/a0',
  '/announcements/a1',
  '/flows/levy?mode=trial',
  '/flows/levy?mode=replay',
  '/announcements/new',
  '/announcements/audio',
  '/announcements/readings',
  '/announcements/voice',
  '/campaigns',
  '/campaigns/new',
  '/campaigns/campaign-draft',
  '/campaigns/campaign-waiting',
  '/campaigns/campaign-approved/running',
  '/campaigns/campaign-running/running',
  '/campaigns/campaign-running/recipients',
  '/campaigns/campaign-running/recipients/3',
  '/campaigns/campaign-running/attempts',
  '/campaigns/campaign-running/attempts/att-0',
  '/campaigns/campaign-ended/results',
  '/campaigns/campaign-approved/notice',
  '/campaign-proposals/proposal-0',
  '/result-exports/export-0',
  '/result-tokens',
  '/campaigns/campaign-ended/results/mappings',
  '/campaigns/campaign-ended/results/mappings/mapping-1',
  '/nowhere',
])('axe finds nothing to object to on %s', async (path) => {
  const { page, server, offences, close } = await openPage(browser);
  onTestFinished(close);
  for (const mode of MODES) {
    server.set(mode);
    await page.goto(path);
    await page.locator('h1').waitFor();
    if (mode.trouble === 'error' && !WITHOUT_ALERT.has(path)) {
      await page.getByRole('alert').first().waitFor();
    }
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  }
  expect(offences).toEqual([]);
});

test('axe finds nothing to object to on the sign-in page and in the dialog before sending', async () => {
  const { page, server, close } = await openPage(browser);
  await page.goto('/sms');
  await page.getByLabel('送り先の電話番号').fill('09000000001');
  await page.getByLabel('本文').fill('試し');
  await page.getByRole('button', { name: '送信の確認へ' }).press('Enter');
  await page.getByRole('alertdialog').waitFor();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  server.endSession();
  await page.goto('/sign-in');
  await page.getByRole('heading', { name: 'ログイン' }).waitFor();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await close();
});
