import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { ANNOUNCEMENT_SHOTS } from './announcement-shots.ts';
import { launchBrowser } from './browser.ts';
import { CALENDAR_SHOTS } from './calendar-shots.ts';
import { CALL_SHOTS } from './call-shots.ts';
import { CAMPAIGN_SHOTS } from './campaign-shots.ts';
import { EMERGENCY_SHOTS } from './emergency-shots.ts';
import { startFakeServer } from './fake-server.ts';
import { FLOW_SHOTS } from './flow-shots.ts';
import { NUMBER_SHOTS } from './number-shots.ts';
import { PUBLISHING_SHOTS } from './publishing-shots.ts';
import type { Shot } from './shot.ts';
import { STUDIO_SHOTS } from './studio-shots.ts';
import { TRIAL_SHOTS } from './trial-shots.ts';
import { TRUNK_SHOTS } from './trunk-shots.ts';

/**
 * Pictures of every screen, small and large, with little, much and no data, in error and while loading, to be looked at; axe says
 * what it finds. `node packages/web/development/screenshots.ts [parts of names, by commas] [width]` after a build; pictures go to
 * test-output/web. A screen on which something was not found is named, and its picture taken as it is.
 */
const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'test-output/web');
const [, , only = '', onlyWidth] = process.argv;
const parts = only.split(',');
const isWanted = (name: string) => parts.some((part) => name.includes(part));
/** The smaller last: its round ends with signing out. */
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
] as const;
const LARGE = SIZES[0].width;
const ACTION_TIMEOUT_MS = 10_000;
const PAPER = { width: 794, height: 1123 };

const SCREENS = [
  { name: 'live', path: '/live' },
  { name: 'calls', path: '/calls' },
  { name: 'story', path: '/calls/fake-e-0' },
  { name: 'sms', path: '/sms' },
  { name: 'inbox', path: '/inbox' },
  { name: 'item', path: '/inbox/item-1' },
  { name: 'citizen', path: '/citizen?number=09000001237' },
  { name: 'choices', path: '/note-choices' },
  { name: 'trunks', path: '/trunks' },
  { name: 'announcements', path: '/announcements' },
  { name: 'audio', path: '/announcements/audio' },
  { name: 'readings', path: '/announcements/readings' },
  { name: 'voice', path: '/announcements/voice' },
  { name: 'flows', path: '/flows' },
  { name: 'new-flow-templates', path: '/flows/new?way=template' },
  { name: 'new-flow-levy', path: '/flows/new?way=template&template=kokuho-levy' },
  { name: 'studio', path: '/flows/levy' },
  { name: 'outline', path: '/flows/levy?view=outline' },
  { name: 'publish', path: '/flows/levy/publish' },
  { name: 'counts', path: '/flows/levy/counts' },
  { name: 'versions', path: '/flows/levy/versions' },
  { name: 'trial', path: '/flows/levy?mode=trial' },
  { name: 'replay', path: '/flows/levy?mode=replay' },
  { name: 'approvals', path: '/approvals' },
  { name: 'approval', path: '/approvals/proposal-0' },
  { name: 'calendars', path: '/calendars' },
  { name: 'calendar', path: '/calendars/calendar-0' },
  { name: 'calendar-holidays', path: '/calendars/holidays' },
  { name: 'numbers', path: '/numbers' },
  { name: 'number', path: '/numbers/0725008128' },
  { name: 'emergency', path: '/emergency' },
  { name: 'suppressions', path: '/suppressions' },
  { name: 'campaign-cost', path: '/campaign-cost' },
  { name: 'campaigns', path: '/campaigns' },
  { name: 'campaign-draft', path: '/campaigns/campaign-draft' },
  { name: 'campaign-running', path: '/campaigns/campaign-running/running' },
  { name: 'campaign-recipients', path: '/campaigns/campaign-running/recipients' },
  { name: 'campaign-recipient', path: '/campaigns/campaign-running/recipients/3' },
  { name: 'campaign-attempts', path: '/campaigns/campaign-running/attempts' },
  { name: 'campaign-attempt-story', path: '/campaigns/campaign-running/attempts/att-0' },
  { name: 'campaign-results', path: '/campaigns/campaign-ended/results' },
  { name: 'result-mappings', path: '/campaigns/campaign-ended/results/mappings' },
  { name: 'result-mapping-form', path: '/campaigns/campaign-ended/results/mappings/mapping-1' },
  { name: 'result-tokens', path: '/result-tokens' },
  { name: 'campaign-proposal', path: '/campaign-proposals/proposal-0' },
] as const;

const shots: readonly Shot[] = [
  ...SCREENS.flatMap(({ name, path }): Shot[] => [
    { name: `${name}-few`, path },
    { name: `${name}-many`, path, mode: { amount: 'many' } },
    { name: `${name}-none`, path, mode: { amount: 'none' } },
    { name: `${name}-error`, path, mode: { trouble: 'error' } },
    { name: `${name}-loading`, path, mode: { trouble: 'slow' } },
  ]),
  ...STUDIO_SHOTS,
  ...PUBLISHING_SHOTS,
  ...CAMPAIGN_SHOTS,
  ...ANNOUNCEMENT_SHOTS,
  ...CALENDAR_SHOTS,
  ...CALL_SHOTS,
  ...EMERGENCY_SHOTS,
  ...FLOW_SHOTS,
  ...NUMBER_SHOTS,
  ...TRIAL_SHOTS,
  ...TRUNK_SHOTS,
];

await mkdir(folder, { recursive: true });
const server = await startFakeServer({
  webDist: join(import.meta.dirname, '../dist'),
  now: () => Date.now(),
  signedIn: true,
});
const browser = await launchBrowser();
let violations = 0;
let troubles = 0;

/** Waits until what the screen is for stands there. */
async function settled(page: Page, { name, mode }: Shot): Promise<void> {
  await page.locator('h1').waitFor();
  if (mode?.trouble === undefined) await page.waitForLoadState('load');
  if (
    mode?.trouble === 'slow' ||
    ['new-flow-templates-error', 'new-flow-levy-error', 'not-found', 'story-unknown', 'live-error'].includes(
      name,
    )
  )
    return;
  // Errors show after the second try.
  if (mode?.trouble === 'error') await page.getByRole('alert').first().waitFor();
  else await page.getByText('読み込んでいます').first().waitFor({ state: 'detached' });
}

async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const { width } = page.viewportSize() ?? { width: 0 };
  await page.screenshot({ path: join(folder, `${name}-${width}.png`) });
  if (width === LARGE || process.env['WITHOUT_AXE'] === '1') return;
  const found = await new AxeBuilder({ page }).analyze();
  for (const each of found.violations) {
    violations += 1;
    console.log(
      `${name}-${width}: ${each.id} (${each.impact}) ${each.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
    );
  }
}

for (const viewport of SIZES.filter(({ width }) => onlyWidth === undefined || onlyWidth === `${width}`)) {
  const context = await browser.newContext({
    viewport,
    locale: 'ja-JP',
    reducedMotion: 'reduce',
    bypassCSP: false,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(ACTION_TIMEOUT_MS);
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
      console.log(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => console.log(`page: ${error.message}`));
  const isLarge = viewport.width === LARGE;
  const wanted = shots.filter(({ name }) => isWanted(name) && (!isLarge || /-(few|many)$/.test(name)));
  for (const shot of wanted) {
    server.set({ amount: 'few', trouble: 'none', call: null, ...shot.mode });
    await page.setViewportSize(
      shot.onPaper ? PAPER : { ...viewport, height: shot.height ?? viewport.height },
    );
    await page.emulateMedia({ media: shot.onPaper ? 'print' : 'screen' });
    await page.goto(server.url + shot.path);
    try {
      await settled(page, shot);
      await shot.act?.(page);
    } catch (error) {
      troubles += 1;
      console.log(`${shot.name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
    await picture(page, shot.name);
  }
  if (isWanted('sign-in') && !isLarge) {
    server.set({ amount: 'few', trouble: 'none' });
    server.endSession();
    await page.goto(`${server.url}/calls`);
    await page.getByRole('heading', { name: 'ログイン' }).waitFor();
    await picture(page, 'sign-in');
    for (let attempt = 0; attempt <= 5; attempt += 1) {
      await page.getByLabel('メールアドレス').fill('clerk@city.example');
      await page.getByLabel('パスワード', { exact: true }).fill('wrong');
      const answered = page.waitForResponse('**/sign-in/email');
      await page.getByRole('button', { name: 'ログイン' }).click();
      await answered;
      if (attempt === 0) await picture(page, 'sign-in-wrong');
    }
    await page.getByText('いまはログインできません').waitFor();
    await picture(page, 'sign-in-locked');
  }
  await context.close();
}
await browser.close();
await server.close();
console.log(`${violations} violations, ${troubles} troubles; pictures in ${folder}`);
