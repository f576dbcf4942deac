import type { VoiceId } from '@madoguchi/flow';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../packages/web/development/browser.ts';
import { type AdminPage, openAdminPage } from './setup/admin-page.ts';
import { chooseByKeys, pressByKeys, pressToolByKeys, tabTo, typeByKeys } from './setup/by-keys.ts';
import { soundOfCall } from './setup/caller-acts.ts';
import { openChiefPage } from './setup/chief.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { until } from './setup/until.ts';

const MOUSE_NUMBER = '0725000181';
const KEYBOARD_NUMBER = '0725000182';
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
  chief = (await openChiefPage(browser, under)).page;
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await sounds?.close();
  await under?.stop();
});

const panel = (page: Page) => page.getByRole('complementary', { name: '選んだノードの設定' });

/** Types a text into a field of the panel, all at once as from a Japanese input method. */
async function fill(page: Page, label: string, text: string): Promise<void> {
  await panel(page).getByLabel(label, { exact: true }).first().fill(text);
}

async function waitSaved(page: Page): Promise<void> {
  await page.getByText('保存しました', { exact: true }).waitFor({ timeout: LIMIT_MS });
}

/** How somebody works a page. */
type Hand = {
  press(target: Locator): Promise<void>;
  type(field: Locator, text: string): Promise<void>;
  check(box: Locator): Promise<void>;
};
const byMouse: Hand = {
  press: (target) => target.click(),
  type: (field, text) => field.fill(text),
  // The box itself is drawn by its label.
  check: (box) => box.locator('xpath=ancestor::label').click(),
};
const byKeys = (page: Page): Hand => ({
  press: (target) => pressByKeys(page, target),
  type: (field, text) => typeByKeys(page, field, text),
  async check(box) {
    await tabTo(page, box);
    await page.keyboard.press('Space');
  },
});

/** Listens to everything that is new, and asks for the decision. @returns the proposal's path. */
async function propose(page: Page, shownNumber: string, { press, type, check }: Hand): Promise<string> {
  await press(page.getByRole('link', { name: '公開の準備へ' }));
  await page.getByRole('heading', { name: /^2\. 新しい案内を聞く/ }).waitFor();
  const unheard = page.getByRole('listitem').filter({ hasText: 'まだ聞いていません' });
  for (let left = await unheard.count(); left > 0; left = await unheard.count()) {
    await press(unheard.first().getByRole('button', { name: /電話の音で聞く/ }));
    await until('one text fewer to listen to', async () => (await unheard.count()) < left, LIMIT_MS);
  }
  await type(page.getByLabel(/^変更の内容と理由/), '新しい窓口の案内です');
  await check(page.getByRole('checkbox', { name: new RegExp(shownNumber), checked: false }));
  await press(page.getByRole('button', { name: '伺いを出す' }));
  await page.getByRole('heading', { name: /の公開について（伺い）/ }).waitFor();
  return new URL(page.url()).pathname;
}

/** The chief wants something changed; without saying what, nothing is sent back. */
async function sendBack(path: string, reason: string): Promise<void> {
  await chief.goto(path);
  await chief.getByRole('button', { name: '差し戻す' }).click();
  await chief.getByText('理由を入力してください。').waitFor();
  await chief.getByLabel('理由・意見').fill(reason);
  await chief.getByRole('button', { name: '差し戻す' }).click();
  await chief.getByText(/が差し戻しました$/).waitFor();
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
async function walk(
  phoneNumber: string,
  texts: readonly [string, string, string],
  voice: VoiceId,
): Promise<void> {
  const [greeting = [], menu = [], [answer = new Int16Array()] = []] = await Promise.all(
    texts.map((text) => sounds.of(text, { voice })),
  );
  const call = await under.call(phoneNumber);
  await call.answered;
  await sounds.heardToEnd(call, greeting);
  await sounds.heardToEnd(call, menu);
  await call.press('1');
  const heard = await soundOfCall(call);
  expect(await sounds.timesRecognised(heard, answer)).toBeGreaterThan(0);
}

test('a flow built from nothing by mouse is listened to, sent back, mended, approved by somebody else and heard by a caller', async () => {
  const { page, offences } = clerk;
  const texts = [
    'こちらは試験の窓口です。',
    'ごみの出し方については、1を押してください。',
    'ごみは朝8時までにお出しください。',
  ] as const;
  await page.goto('/flows/new?way=empty');
  await emptyFlow(page, 'ごみの窓口');
  await chooseVoice(page, '男性の声');
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
  await fill(page, '案内', 'ごみは朝8時にお出しください。');
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

  await sendBack(await propose(page, '0725-00-0181', byMouse), '時刻の後に「まで」が要ります。');
  await page.reload();
  await page.getByText('時刻の後に「まで」が要ります。').first().waitFor();
  await page.getByRole('link', { name: 'フローを直す' }).click();
  await card('ごみの案内').click();
  await fill(page, '案内', texts[2]);
  await waitSaved(page);
  const path = await propose(page, '0725-00-0181', byMouse);
  await approve(path, MOUSE_NUMBER);
  await walk(MOUSE_NUMBER, texts, 'nitech');
  expect(offences).toEqual([]);
});

test('the same by keyboard alone, with what was done taken back, copied, looked for and edited in the outline', async () => {
  const { page, offences } = clerk;
  const { keyboard } = page;
  const texts = [
    'こちらは二つ目の窓口です。',
    '図書館の開館時間については、1を押してください。',
    '図書館は午前9時から開いています。',
  ] as const;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = page.getByRole('dialog');
  const cards = page.locator('[data-card]');
  const focusedCard = page.locator('[data-card]:focus');
  await page.goto('/flows/new?way=empty');
  await typeByKeys(page, page.getByLabel('フローの名前'), '図書館の窓口');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: '図書館の窓口' }).waitFor();

  /** Takes a kind in the dialog that is open; the new card has the focus then. */
  const add = async (kind: string) => {
    const before = await cards.count();
    await pressByKeys(page, dialog.getByRole('button', { name: kind, exact: true }));
    await dialog.waitFor({ state: 'detached' });
    await focusedCard.filter({ hasText: kind }).waitFor();
    expect(await cards.count()).toBe(before + 1);
  };
  /** From the card into its settings, and back to the card. */
  const setTexts = async (...fields: readonly (readonly [label: string, text: string])[]) => {
    await keyboard.press('Enter');
    for (const [label, text] of fields) {
      await typeByKeys(page, panel(page).getByLabel(label, { exact: true }).first(), text);
    }
    await keyboard.press('Escape');
    await focusedCard.waitFor();
  };
  await pressToolByKeys(page, button('ノードを追加する'));
  await add('アナウンス');
  await setTexts(['題名', '挨拶'], ['案内', texts[0]]);
  await keyboard.press('a');
  await add('メニュー');
  await setTexts(['題名', '用件'], ['メニューの案内', texts[1]], ['意味', '開館時間']);
  await keyboard.press('a');
  await add('アナウンス');
  await setTexts(['題名', '図書館の案内'], ['案内', texts[2]]);
  await keyboard.press('a');
  await add('終了');

  // Back to the menu by the arrow keys, for the way of who presses a wrong key.
  await keyboard.press('ArrowLeft');
  await focusedCard.filter({ hasText: '図書館の案内' }).waitFor();
  await keyboard.press('ArrowLeft');
  await focusedCard.filter({ hasText: texts[1] }).waitFor();
  await keyboard.press('c');
  await chooseByKeys(page, dialog.getByRole('button', { name: /どの出口から/ }), /^押し間違い/);
  await chooseByKeys(page, dialog.getByRole('button', { name: /行き先/ }), /^図書館の案内（/);
  await pressByKeys(page, dialog.getByRole('button', { name: 'つなぐ', exact: true }));
  await dialog.waitFor({ state: 'detached' });
  await focusedCard.filter({ hasText: texts[1] }).waitFor();

  // A copy is put in, deleted, taken back and deleted again; the focus is always on a card.
  await keyboard.press('ArrowRight');
  await focusedCard.filter({ hasText: '図書館の案内' }).waitFor();
  const original = await focusedCard.getAttribute('data-card');
  await keyboard.press('Control+c');
  await keyboard.press('Control+v');
  await expect.poll(() => cards.count()).toBe(5);
  const copy = page.locator(`[data-card]:focus:not([data-card="${original}"])`);
  await copy.filter({ hasText: '図書館の案内' }).waitFor();
  await keyboard.press('Delete');
  await expect.poll(() => cards.count()).toBe(4);
  await focusedCard.waitFor();
  await keyboard.press('Control+z');
  await expect.poll(() => cards.count()).toBe(5);
  await copy.filter({ hasText: '図書館の案内' }).waitFor();
  await keyboard.press('Control+y');
  await expect.poll(() => cards.count()).toBe(4);
  await focusedCard.waitFor();

  await pressToolByKeys(page, button('探す'), 'Shift+Tab');
  await page.getByRole('textbox', { name: '探す言葉' }).and(page.locator(':focus')).waitFor();
  await keyboard.insertText('午前９時');
  await dialog.getByText('1件見つかりました。').waitFor();
  await pressByKeys(page, dialog.getByRole('button', { name: /^図書館の案内/ }));
  await focusedCard.filter({ hasText: '図書館の案内' }).waitFor();

  // The last way is led on in the outline; there, too, a node is added and deleted.
  await pressToolByKeys(page, button('一覧'), 'Shift+Tab');
  const rows = page.getByRole('list', { name: 'フローの一覧' });
  await pressByKeys(page, rows.getByRole('button', { name: '「無操作」にノードを追加' }));
  await pressByKeys(page, dialog.getByRole('button', { name: '伝言録音', exact: true }));
  await dialog.waitFor({ state: 'detached' });
  await rows.locator('button:focus').filter({ hasText: '伝言録音' }).waitFor();
  await pressByKeys(page, button('「伝言録音」を削除'));
  await button('「伝言録音」を削除').waitFor({ state: 'detached' });
  await rows.locator('button:focus').waitFor();
  await pressByKeys(page, rows.getByRole('button', { name: '「無操作」の行き先を変える' }));
  await chooseByKeys(page, dialog.getByRole('button', { name: /行き先/ }), /^図書館の案内（/);
  await pressByKeys(page, dialog.getByRole('button', { name: 'つなぐ', exact: true }));
  await dialog.waitFor({ state: 'detached' });
  await clerk.picture('studio-by-keyboard-outline');
  await pressToolByKeys(page, button('図'), 'Shift+Tab');
  await cards.first().waitFor();
  await clerk.picture('studio-by-keyboard');
  await waitSaved(page);

  const path = await propose(page, '0725-00-0182', byKeys(page));
  await approve(path, KEYBOARD_NUMBER);
  await walk(KEYBOARD_NUMBER, texts, 'mei');
  expect(offences).toEqual([]);
});

/** Listens to a voice of the list, which is to name its credit, and takes it for the flow. */
async function chooseVoice(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: '声を選ぶ' }).click();
  const dialog = page.getByRole('dialog', { name: 'フローの声' });
  const asked = page.waitForResponse((answer) => answer.url().endsWith('/api/speech/preview'));
  await dialog.getByRole('button', { name: `聞いてみる：${name}` }).click();
  expect((await asked).status()).toBe(200);
  const voice = dialog.getByRole('radio', { name });
  expect(await voice.evaluate((radio) => radio.closest('label')?.parentElement?.textContent)).toContain(
    'CC BY 3.0',
  );
  await dialog.getByText(name, { exact: true }).click();
  await dialog.getByRole('button', { name: 'この声にする' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'フローの声' }).getByText(name).waitFor();
}

/** A flow with nothing in it, opened. */
async function emptyFlow(page: Page, name: string): Promise<void> {
  await page.getByLabel('フローの名前').fill(name);
  await page.getByRole('button', { name: '追加して開く' }).click();
  await page.getByRole('heading', { name }).waitFor();
}
