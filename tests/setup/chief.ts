import { pino } from 'pino';
import type { Browser } from 'playwright-core';
import { createAuth } from '../../packages/server/src/accounts/index.ts';
import { systemClock } from '../../packages/server/src/clock.ts';
import { type AdminPage, openAdminPage } from './admin-page.ts';
import type { HouseUnderTest } from './house-under-test.ts';

/** A second person, who decides of what the first one drafts. */
export const CHIEF = { email: 'chief@example.jp', password: 'correct horse battery' };

export async function addChief({ house, database }: HouseUnderTest): Promise<void> {
  const { secret, origins } = house.settings.http;
  const auth = createAuth({
    db: database.db,
    settings: { secret, origins, secureCookies: false },
    clock: systemClock,
    log: pino({ level: 'silent' }),
  });
  await auth.createPerson({ name: '試験の責任者', role: 'chief', ...CHIEF });
}

/** The chief at a window of their own, signed in. */
export async function openChiefPage(browser: Browser, under: HouseUnderTest): Promise<AdminPage> {
  await addChief(under);
  const window = await openAdminPage(browser, under);
  const { page } = window;
  await page.goto('/');
  await page.getByLabel('メールアドレス').fill(CHIEF.email);
  await page.getByLabel('パスワード', { exact: true }).fill(CHIEF.password);
  await page.getByRole('button', { name: 'ログイン' }).click();
  await page.getByRole('button', { name: 'ログアウト' }).waitFor();
  return window;
}
