import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { openWatchedWindow, SMALL, type WatchedWindow } from '../../packages/web/tests/watched-window.ts';
import type { HouseUnderTest } from './house-under-test.ts';

const PICTURES = join(import.meta.dirname, '../../test-output/browser-way');

/** The admin page of a real house in a real browser. */
export type AdminPage = WatchedWindow & {
  /** Signs in as the first administrator by keyboard, from wherever the sign-in page stands. */
  signIn(): Promise<void>;
  /** The row of a table for a call, by its caller as staff read it ('090-0000-0001'). */
  row(table: '通話中の電話' | '終わったばかりの通話' | '通話の記録', callerShown: string): Locator;
  /** Leaves a picture in test-output/browser-way, to be looked at. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
};

export async function openAdminPage(
  browser: Browser,
  under: HouseUnderTest,
  viewport: { readonly width: number; readonly height: number } = SMALL,
): Promise<AdminPage> {
  const window = await openWatchedWindow(browser, under.house.httpUrl, viewport);
  const { page, context } = window;
  return {
    ...window,
    signIn: () => signIn(page, under),
    row: (table, callerShown) =>
      page.getByRole('grid', { name: table }).getByRole('row').filter({ hasText: callerShown }),
    async picture(name) {
      await mkdir(PICTURES, { recursive: true });
      await page.evaluate('document.fonts.ready.then(() => true)');
      await page.screenshot({ path: join(PICTURES, `${name}-${viewport.width}.png`) });
    },
    close: () => context.close(),
  };
}

async function signIn(page: Page, under: HouseUnderTest): Promise<void> {
  const { administrator } = under.house;
  if (administrator === null) throw new Error('somebody has an account in this house already');
  await page.getByRole('heading', { name: 'ログイン' }).waitFor();
  await page.locator('input[name=email]:focus').waitFor();
  await page.keyboard.type(administrator.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(administrator.password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'ログアウト' }).waitFor();
}
