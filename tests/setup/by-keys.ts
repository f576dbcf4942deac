import type { Locator, Page } from 'playwright-core';

/** Farther than any screen is long. */
const MOST_PRESSES = 120;

/** Presses Tab (or Shift+Tab) until the focus is on `target`. @throws where the keyboard does not get there. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.first().waitFor();
  for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
    if (await hasFocus(page, target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`the ${key} key does not reach ${target}`);
}

/** Goes to a tool of the toolbar around it by Tab, since that is one stop, then by arrows, and presses Enter. */
export async function pressToolByKeys(
  page: Page,
  tool: Locator,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<void> {
  const tools = page.getByRole('toolbar').filter({ has: tool }).locator('button:not([disabled])');
  await tabTo(page, tools, key);
  for (let presses = await tools.count(); presses > 0; presses -= 1) {
    if (await hasFocus(page, tools.first())) break;
    await page.keyboard.press('ArrowLeft');
  }
  for (let presses = await tools.count(); presses > 0; presses -= 1) {
    if (await hasFocus(page, tool)) break;
    await page.keyboard.press('ArrowRight');
  }
  if (!(await hasFocus(page, tool))) throw new Error(`the arrow keys do not reach ${tool}`);
  await page.keyboard.press('Enter');
}

/** Goes to a button, link or row by Tab and presses Enter there. */
export async function pressByKeys(
  page: Page,
  target: Locator,
  key: 'Tab' | 'Shift+Tab' = 'Tab',
): Promise<void> {
  await tabTo(page, target, key);
  await page.keyboard.press('Enter');
}

/** Goes to a field by Tab and puts `text` in the place of what stands there, all at once as from a Japanese input method. */
export async function typeByKeys(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** Opens a list of choices and takes one, by Tab, arrows and Enter. */
export async function chooseByKeys(page: Page, list: Locator, choice: RegExp): Promise<void> {
  await pressByKeys(page, list);
  const options = page.getByRole('listbox').getByRole('option');
  await options.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Home');
  const wanted = options.filter({ hasText: choice });
  for (let presses = await options.count(); presses > 0; presses -= 1) {
    if (await hasFocus(page, wanted)) break;
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
}

async function hasFocus(page: Page, target: Locator): Promise<boolean> {
  return (await target.and(page.locator(':focus')).count()) > 0;
}
