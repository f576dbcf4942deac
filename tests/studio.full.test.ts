import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAuth } from '../packages/server/src/accounts/index.ts';
import { systemClock } from '../packages/server/src/clock.ts';
import { launchBrowser } from '../packages/web/development/browser.ts';
import { type AdminPage, openAdminPage } from './setup/admin-page.ts';
import { soundOfCall } from './setup/caller-acts.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { until } from './setup/until.ts';

const MOUSE_NUMBER = '0725000181';
const KEYBOARD_NUMBER = '0725000182';
const CHIEF = { email: 'chief@example.jp', password: 'correct horse battery' };
/** Saving, making sounds and publishing take moments; the deadline catches hanging only. */
const LIMIT_MS = 90_000;

let under: HouseUnderTest;
let sounds: PromptSounds;
let browser: Browser;
let clerk: AdminPage;
let chief: Page;

beforeAll(async () => {
  [under, browser] = await Promise.all([startHouseUnderTest(), launchBrowser()]);
  sounds = await openPromptSounds(under.house);
  await under.database.db
    .insertInto('phone_number')
    .values(
      [MOUSE_NUMBER, KEYBOARD_NUMBER].map((phone_number) => ({
        phone_number,
        name: '試験の番号',
        state: 'live' as const,
      })),
    )
    .execute();
  clerk = await openAdminPage(browser, under);
  await clerk.page.goto('/');
  await clerk.signIn();
  chief = await chiefPage();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await sounds?.close();
  await under?.stop();
});

/** A second person, who decides, in a window of their own. */
async function chiefPage(): Promise<Page> {
  const { house, database } = under;
  const auth = createAuth({
    db: database.db,
    settings: {
      secret: house.settings.http.secret,
      origins: house.settings.http.origins,
      secureCookies: false,
    },
    clock: systemClock,
    log: pino({ level: 'silent' }),
  });
  await auth.createPerson({ name: '試験の責任者', role: 'chief', ...CHIEF });
  const { page } = await openAdminPage(browser, under);
  await page.goto('/');
  await page.getByLabel('メールアドレス').fill(CHIEF.email);
  await page.getByLabel('パスワード', { exact: true }).fill(CHIEF.password);
  await page.getByRole('button', { name: 'ログイン' }).click();
  await page.getByRole('button', { name: 'ログアウト' }).waitFor();
  return page;
}

const panel = (page: Page) => page.getByRole('complementary', { name: '選んだノードの設定' });

/** Types a text into a field of the panel, all at once as from a Japanese input method. */
async function fill(page: Page, label: string, text: string): Promise<void> {
  await panel(page).getByLabel(label, { exact: true }).first().fill(text);
}

async function waitSaved(page: Page): Promise<void> {
  await page.getByText('保存しました', { exact: true }).waitFor({ timeout: LIMIT_MS });
}

/** Listens to everything that is new, and asks for the decision. */
async function propose(page: Page, shownNumber: string): Promise<string> {
  await page.getByRole('link', { name: '公開の準備へ' }).click();
  await page.getByRole('heading', { name: /^2\. 新しい案内を聞く/ }).waitFor();
  for (;;) {
    const unheard = page.getByRole('listitem').filter({ hasText: 'まだ聞いていません' });
    const left = await unheard.count();
    if (left === 0) break;
    await unheard
      .first()
      .getByRole('button', { name: /電話の音で聞く/ })
      .click();
    await until('one text fewer to listen to', async () => (await unheard.count()) < left, LIMIT_MS);
  }
  await page.getByLabel(/^変更の内容と理由/).fill('新しい窓口の案内です');
  await page.getByText(new RegExp(shownNumber)).click();
  await page.getByRole('button', { name: '伺いを出す' }).click();
  await page.getByRole('heading', { name: /の公開について（伺い）/ }).waitFor();
  return new URL(page.url()).pathname;
}

/** The chief approves what the clerk drafted; resolves once it is in force. */
async function approve(path: string, phoneNumber: string): Promise<void> {
  await chief.goto(path);
  await chief.getByRole('button', { name: 'この内容で決裁する' }).click();
  await chief.getByText('公開済み').first().waitFor({ timeout: LIMIT_MS });
  await until(
    'the version in force',
    async () => {
      const row = await under.database.db
        .selectFrom('phone_number')
        .select('bundle_id')
        .where('phone_number', '=', phoneNumber)
        .executeTakeFirst();
      return row?.bundle_id != null;
    },
    LIMIT_MS,
  );
}

/** A citizen who calls until the new flow answers, presses 1 in its menu, and listens to the end. */
async function walk(phoneNumber: string, texts: readonly [string, string, string]): Promise<void> {
  const [greeting = [], menu = [], answer = []] = await Promise.all(texts.map((text) => sounds.of(text)));
  const call = await under.call(phoneNumber);
  await call.answered;
  await sounds.heardToEnd(call, greeting);
  await sounds.heardToEnd(call, menu);
  await call.press('1');
  const heard = await soundOfCall(call);
  expect(await sounds.timesHeard(heard, answer)).not.toEqual([]);
}

test('a flow built from nothing by mouse is listened to, approved by somebody else and heard by a caller', async () => {
  const { page, offences } = clerk;
  const texts = [
    'こちらは試験の窓口です。',
    'ごみの出し方については、1を押してください。',
    'ごみは朝8時までにお出しください。',
  ] as const;
  await page.goto('/flows/new');
  await emptyFlow(page, 'ごみの窓口');
  const canvas = page.locator('.react-flow');
  const add = async (kind: string, x: number, y: number) => {
    await page.getByRole('button', { name: kind, exact: true }).dragTo(canvas, { targetPosition: { x, y } });
    await panel(page).getByLabel('題名', { exact: true }).waitFor();
  };
  await add('アナウンス', 150, 100);
  await fill(page, '題名', '挨拶');
  await fill(page, '案内', texts[0]);
  await add('メニュー', 480, 100);
  await fill(page, '題名', '用件');
  await fill(page, 'メニューの案内', texts[1]);
  await fill(page, '意味', 'ごみの出し方');
  await add('アナウンス', 480, 380);
  await fill(page, '題名', 'ごみの案内');
  await fill(page, '案内', texts[2]);
  await add('終了', 150, 380);

  const card = (title: string) => page.locator('.react-flow__node').filter({ hasText: title });
  const lead = async (from: string, way: string, to: string) => {
    const source = card(from).locator('li').filter({ hasText: way }).locator('.react-flow__handle');
    await page.getByRole('button', { name: '全体を表示' }).click();
    await source.hover();
    await source.dragTo(card(to).locator('.way-in'));
  };
  await lead('挨拶', '次へ', '用件');
  await lead('用件', 'ごみの出し方', 'ごみの案内');
  await lead('用件', '押し間違い', 'ごみの案内');
  await lead('用件', '無操作', 'ごみの案内');
  await lead('ごみの案内', '次へ', '終了');
  await waitSaved(page);
  await clerk.picture('studio-by-mouse');

  const path = await propose(page, '0725-00-0181');
  await approve(path, MOUSE_NUMBER);
  await walk(MOUSE_NUMBER, texts);
  expect(offences).toEqual([]);
});

test('the same by keyboard alone', async () => {
  const { page, offences } = clerk;
  const texts = [
    'こちらは二つ目の窓口です。',
    '図書館の開館時間については、1を押してください。',
    '図書館は午前9時から開いています。',
  ] as const;
  await page.goto('/flows/new');
  await emptyFlow(page, '図書館の窓口');
  const { keyboard } = page;
  /** Puts a kind in behind the chosen node's first way that leads nowhere, by the palette's dialog. */
  const add = async (kind: string) => {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: kind, exact: true }).focus();
    await keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('[data-card]:focus').waitFor();
  };
  const setText = async (label: string, text: string) => {
    await panel(page).getByLabel(label, { exact: true }).first().focus();
    await keyboard.press('Control+a');
    await keyboard.insertText(text);
  };
  const connect = async (way: RegExp, target: string) => {
    await page.locator('[data-card][aria-pressed=true]').focus();
    await keyboard.press('c');
    const dialog = page.getByRole('dialog');
    await choose(page, dialog, 'どの出口から', way);
    await choose(page, dialog, '行き先', new RegExp(`^${target}（`));
    await dialog.getByRole('button', { name: 'つなぐ' }).focus();
    await keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  };
  await page.getByRole('button', { name: 'ノードを追加する' }).focus();
  await keyboard.press('Enter');
  await add('アナウンス');
  await setText('題名', '挨拶');
  await setText('案内', texts[0]);
  await page.locator('[data-card][aria-pressed=true]').focus();
  await keyboard.press('a');
  await add('メニュー');
  await setText('題名', '用件');
  await setText('メニューの案内', texts[1]);
  await setText('意味', '開館時間');
  await page.locator('[data-card][aria-pressed=true]').focus();
  await keyboard.press('a');
  await add('アナウンス');
  await setText('題名', '図書館の案内');
  await setText('案内', texts[2]);
  await page.locator('[data-card][aria-pressed=true]').focus();
  await keyboard.press('a');
  await add('終了');
  // Back to the menu by the arrow keys, for the ways of who presses a wrong key or none.
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowLeft');
  await page.locator('[data-card][aria-pressed=true]').filter({ hasText: '用件' }).waitFor();
  await connect(/^押し間違い/, '図書館の案内');
  await connect(/^無操作/, '図書館の案内');
  await waitSaved(page);
  await clerk.picture('studio-by-keyboard');

  const path = await propose(page, '0725-00-0182');
  await approve(path, KEYBOARD_NUMBER);
  await walk(KEYBOARD_NUMBER, texts);
  expect(offences).toEqual([]);
});

/** Opens a list of choices by keys and takes one. */
async function choose(page: Page, within: ReturnType<Page['getByRole']>, label: string, choice: RegExp) {
  await within.getByRole('button', { name: new RegExp(label) }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: choice }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
}

/** A flow with nothing in it, opened. */
async function emptyFlow(page: Page, name: string): Promise<void> {
  await page.getByLabel('フローの名前').fill(name);
  await page.getByRole('button', { name: '追加して開く' }).click();
  await page.getByRole('heading', { name }).waitFor();
}
