import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../development/browser.ts';
import { type FakeServer, startFakeServer } from '../development/fake-server.ts';
import { builtPage } from './built-page.ts';
import { openWatchedWindow, tabTo } from './watched-window.ts';

export const PASSWORD = 'correct horse';

export type OpenPage = {
  readonly page: Page;
  readonly server: FakeServer;
  /** What the page did that it must not do: other origins asked, CSP broken, uncaught errors. */
  readonly offences: readonly string[];
  close(): Promise<void>;
};

/** A fresh browser window on a fake server of its own. */
export async function openPage(browser: Browser, { signedIn = true } = {}): Promise<OpenPage> {
  const server = await startFakeServer({ webDist: await builtPage(), now: () => Date.now(), signedIn });
  const { context, page, offences } = await openWatchedWindow(browser, server.url);
  return {
    page,
    server,
    offences,
    async close() {
      await context.close();
      await server.close();
    },
  };
}

export { launchBrowser, tabTo };
