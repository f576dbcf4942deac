import type { Browser, BrowserContext, Page } from 'playwright-core';

export const SMALL = { width: 1280, height: 720 } as const;
export const LARGE = { width: 1920, height: 1080 } as const;

export type WatchedWindow = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page did that it must not do: other origins asked, CSP broken, errors in scripts or on the console. */
  readonly offences: readonly string[];
  /** Answers of our own server from 400 on, as '401 /api/me'. The console tells of them too; here they can be told apart. */
  readonly refusals: readonly string[];
};

/** Chromium's console passes over an eval whose refusal the script caught. */
const REPORT_VIOLATIONS = `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  console.error('Content Security Policy: ' + violatedDirective + ' ' + blockedURI);
});`;
/** The console's word for an answer that is listed among the refusals, or for a server that is away. */
const LISTED_OTHERWISE = 'Failed to load resource';

/** A fresh browser window, as on a Japanese clerk's computer, on the pages of `origin`. */
export async function openWatchedWindow(
  browser: Browser,
  origin: string,
  viewport: { readonly width: number; readonly height: number } = SMALL,
): Promise<WatchedWindow> {
  const context = await browser.newContext({
    viewport,
    locale: 'ja-JP',
    reducedMotion: 'reduce',
    baseURL: origin,
  });
  await context.addInitScript(REPORT_VIOLATIONS);
  const page = await context.newPage();
  const offences: string[] = [];
  const refusals: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== origin) offences.push(`asked ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) refusals.push(`${response.status()} ${new URL(response.url()).pathname}`);
  });
  page.on('console', (message) => {
    const text = message.text();
    const isError = message.type() === 'error' && !text.startsWith(LISTED_OTHERWISE);
    if (isError || text.includes('Content Security Policy')) offences.push(text);
  });
  page.on('pageerror', (error) => offences.push(error.message));
  return { context, page, offences, refusals };
}

/** Presses Tab until the focus is on what `selector` names. @throws after `atMost` presses: a keyboard cannot get there. */
export async function tabTo(page: Page, selector: string, atMost = 40): Promise<void> {
  for (let presses = 0; presses < atMost; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await page.locator(':focus').and(page.locator(selector)).count()) > 0) return;
  }
  throw new Error(`the Tab key does not reach ${selector}`);
}
