import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage, tabTo } from './test-browser.ts';

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

test('an announcement is heard from the list, and the button stops it', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/announcements');
  const listen = page.getByRole('button', { name: '聞く：お電話のお礼' });
  await listen.press('Enter');
  await page.getByRole('button', { name: '止める：お電話のお礼' }).waitFor();
  expect(server.asked.filter((path) => path === '/api/speech/preview')).toHaveLength(1);
  // Another one ends it.
  await page.getByRole('button', { name: '聞く：受付時間のご案内' }).press('Enter');
  await listen.waitFor();
  const other = page.getByRole('button', { name: '止める：受付時間のご案内' });
  await other.press('Enter');
  await other.waitFor({ state: 'detached' });
  expect(offences).toEqual([]);
  await close();
});

test('by keyboard the usual voice is listened to and chosen, only after it was said what that changes', async () => {
  const { page, server, offences, close } = await openPage(browser);
  await page.goto('/announcements');
  await page.getByRole('link', { name: 'いつもの声' }).press('Enter');
  const choose = page.getByRole('button', { name: 'この声に変える' });
  await choose.waitFor();
  expect(await choose.isDisabled()).toBe(true);
  await page.getByRole('button', { name: '聞いてみる：男性の声' }).press('Enter');
  await expect.poll(() => server.asked).toContain('/api/speech/preview');
  await tabTo(page, '[role=radiogroup] input');
  await page.keyboard.press('ArrowUp');
  await choose.press('Enter');
  const question = page.getByRole('alertdialog', { name: 'いつもの声を変えますか' });
  await question.getByText('公開中のものも、「男性の声」で話すようになります').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  expect(server.asked).not.toContain('/api/voices/usual');
  await question.getByRole('button', { name: '変える' }).press('Enter');
  await page.getByText('声を変えました。').waitFor();
  await page.getByText('男性の声（いまの声）').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  expect(offences).toEqual([]);
  await close();
});

test('before a change is saved the flows that it touches are shown, and that callers hear it only once they are published', async () => {
  const { page, server, close } = await openPage(browser);
  await page.goto('/announcements/a0');
  await page.getByLabel('読み上げる文章').fill('お電話をありがとうございます。');
  await page.getByRole('button', { name: '保存する' }).press('Enter');
  const question = page.getByRole('alertdialog');
  await question.getByText('国保 資格給付（0725-00-8128）のフロー「国保 資格給付」').waitFor();
  await question.getByText('それぞれのフローを公開するまで、今の内容が流れます').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '保存する' }).press('Enter');
  await question.getByRole('button', { name: '保存する' }).press('Enter');
  await page.getByText('使っているフローの下書きに入りました').waitFor();
  expect(server.asked).toContain('/api/announcements/a0');
  await close();
});

test('somebody without a mouse adds an announcement with a value of the call in its text', async () => {
  const { page, offences, close } = await openPage(browser);
  await page.goto('/announcements');
  await page.getByRole('heading', { name: 'お電話のお礼' }).waitFor();
  await tabTo(page, 'a[href="/announcements/new"]');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'アナウンスを追加する' }).waitFor();
  await tabTo(page, 'form input');
  await page.keyboard.insertText('時間のご案内');
  await tabTo(page, 'textarea');
  await page.keyboard.insertText('ただいまの時刻は、');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  expect(await page.getByLabel('読み上げる文章').inputValue()).toBe('ただいまの時刻は、{{now}}');
  await tabTo(page, 'button[type=submit]');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'アナウンス集' }).waitFor();
  expect(offences).toEqual([]);
  await close();
});

test('a word that is read wrongly is chosen in the text, heard before and after, and saved', async () => {
  const { page, server, close } = await openPage(browser);
  await page.goto('/announcements/a2');
  const area = page.getByLabel('読み上げる文章');
  await area.fill('御手洗町の窓口です。');
  await area.press('Home');
  for (let letters = 0; letters < 4; letters += 1) await area.press('Shift+ArrowRight');
  await page.getByRole('button', { name: '「御手洗町」の読みを直す' }).press('Enter');
  await page.getByRole('dialog').getByText('「御手洗町の窓口です。」を聞き比べる').waitFor();
  // As it is stored already.
  const reading = page.getByRole('dialog').getByRole('textbox', { name: /^読み/ });
  expect(await reading.inputValue()).toBe('ミタライチョウ');
  expect(await axeFinds(page)).toEqual([]);
  const heard = () => server.asked.filter((path) => path === '/api/speech/preview').length;
  await page.getByRole('button', { name: '今の読みで聞く' }).press('Enter');
  await expect.poll(heard).toBe(1);
  await page.getByRole('button', { name: '直した読みで聞く' }).press('Enter');
  await expect.poll(heard).toBe(2);
  await page.getByRole('button', { name: 'この読みを登録する' }).press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  // The announcement itself was not saved by the way.
  expect(server.asked.filter((path) => path === '/api/announcements/a2')).toHaveLength(1);
  expect(await area.inputValue()).toBe('御手洗町の窓口です。');
  await close();
});

test('on a small screen the button that stores a reading stays in sight, also where errors make the dialog longer', async () => {
  const { page, close } = await openPage(browser);
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.goto('/announcements/new');
  await page.getByRole('button', { name: '言葉の読みを直す' }).press('Enter');
  const store = page.getByRole('button', { name: 'この読みを登録する' });
  await store.press('Enter');
  await page.getByText('読みを入力してください。').waitFor();
  const box = await store.boundingBox();
  const shut = await page.getByRole('dialog').getByRole('button', { name: '閉じる' }).boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 720)).toBeLessThanOrEqual(shut?.y ?? 0);
  await close();
});

test('a library announcement is tried in another voice, with the usual one at first', async () => {
  const { page, server, close } = await openPage(browser);
  await page.goto('/announcements/a0');
  await page
    .getByRole('button', { name: /女性の声.*声|声.*女性の声/ })
    .first()
    .press('Enter');
  await page.getByRole('option', { name: '男性の声' }).click();
  const asked = page.waitForRequest((request) => request.url().endsWith('/api/speech/preview'));
  await page.getByRole('button', { name: '電話の音で聞く' }).first().press('Enter');
  expect((await asked).postDataJSON()).toMatchObject({ voice: 'nitech' });
  expect(server.asked).toContain('/api/voices');
  await close();
});

test('a word that callers still hear otherwise names the flows to publish, and publishing shows it before and after', async () => {
  const { page, offences, close } = await openPage(browser);
  await page.goto('/announcements/readings');
  const flows = page.getByRole('list', { name: '「鬱金香」の前の読みが流れているフロー' });
  await flows.getByText('フロー「国保 資格給付」（0725-00-8128）：「ウコンコウ」').waitFor();
  await flows.getByText('声がもともと読むとおり').waitFor();
  // One that was taken out of the dictionary.
  await page.getByRole('list', { name: '「二上山」の前の読みが流れているフロー' }).waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await tabTo(page, 'a[href="/flows/levy/publish"]');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: '御手洗町 ミタライチョウ ミテアライマチ' }).waitFor();
  await page.getByRole('row', { name: '賦課 フッカ 登録なし' }).waitFor();
  await page.goto('/approvals/proposal-0');
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('row', { name: '鬱金香 登録なし チューリップ' }).waitFor();
  expect(offences).toEqual([]);
  await close();
});

test('a sound comes in by the clerk’s telephone, where the computer has none', async () => {
  const { page, server, close } = await openPage(browser);
  server.set({ call: 'ended' });
  await page.goto('/announcements/audio');
  await page.getByRole('button', { name: '音声を追加する' }).press('Enter');
  await page.getByRole('radio', { name: '電話機で録音' }).click({ force: true });
  await page.getByRole('button', { name: '電話機を鳴らして録音する' }).press('Enter');
  await page.getByText('受話器をお取りください').waitFor();
  await page.getByText('終わったら # を押します', { exact: false }).last().waitFor();
  await page.getByText('「電話機での録音」を登録しました').waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await close();
});

test('where the microphone is refused the page says what to do, and nothing is lost', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/announcements/audio');
  await page.getByRole('button', { name: '音声を追加する' }).press('Enter');
  await page.getByRole('radio', { name: 'この画面で録音' }).click({ force: true });
  await page.getByLabel('音声の名前').fill('休日のお知らせ');
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'));
  });
  await page.getByRole('button', { name: '録音を始める' }).press('Enter');
  await page.getByText('マイクの使用が許可されていません').waitFor();
  expect(await page.getByLabel('音声の名前').inputValue()).toBe('休日のお知らせ');
  expect(await axeFinds(page)).toEqual([]);
  await close();
});

test('a sound file is uploaded, and its length and level are told', async () => {
  const { page, close } = await openPage(browser);
  await page.goto('/announcements/audio');
  await page.getByRole('button', { name: '音声を追加する' }).press('Enter');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'ファイルを選ぶ' }).press('Enter');
  await (await chooser).setFiles({
    name: 'お知らせ.wav',
    mimeType: 'audio/wav',
    buffer: Buffer.from('RIFF'),
  });
  await page.getByText('「新しい音声」を登録しました').waitFor();
  await page.getByText('音量はちょうどよいです').first().waitFor();
  expect(await axeFinds(page)).toEqual([]);
  await close();
});
