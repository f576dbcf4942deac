import { AxeBuilder } from '@axe-core/playwright';
import { CalendarSchema, exampleParameters, flowTemplate, templateFields, WEEKDAYS } from '@madoguchi/flow';
import type { IncomingCall } from '@madoguchi/telephony/telephone';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../packages/web/development/browser.ts';
import { type AdminPage, openAdminPage } from './setup/admin-page.ts';
import { chooseByKeys, pressByKeys, tabTo, typeByKeys } from './setup/by-keys.ts';
import { openChiefPage } from './setup/chief.ts';
import { cp932Of } from './setup/cp932.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

/** The whole way of a campaign, as a clerk and a chief walk it on the screens, with telephones that answer. */
const NUMBER = '0725000186';
const SHOWN = /^0725-00-0186/;
const PAYER = '09000000021';
const OTHER = '09000000022';
const LATER = '09000000023';
/** Saving, reading a file and making sounds take moments; the deadline catches hanging only. */
const LIMIT_MS = 120_000;
const LIMIT = { timeout: 540_000 };
const SCENARIO = '後期 催告の案内';
const CALENDAR = CalendarSchema.parse({
  id: 'city',
  name: '市役所',
  weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
});
const GREETING = '自動音声で、大切なお知らせをお伝えしています。';
const MATTER = '行き違いで納められた場合は、ご容赦ください。';
const HEADER = '宛名番号,カナ氏名,生年月日,電話番号,納期限,今回の額';
const row = (addressee: string, telephone: string) =>
  `${addressee},ミホン タロウ,19550102,${telephone},2026-10-31,12000`;

let under: HouseUnderTest;
let sounds: PromptSounds;
let browser: Browser;
let clerk: AdminPage;
let chief: AdminPage;
/** What reached the citizens' telephones, in order. */
const received: IncomingCall[] = [];

beforeAll(async () => {
  [under, browser] = await Promise.all([startHouseUnderTest(), launchBrowser()]);
  sounds = await openPromptSounds(under.house);
  under.staff.onIncoming((call) => {
    received.push(call);
    call.ring();
  });
  await under.serve(NUMBER, oneFlow('in-force', { hello: sayMarker(1, 'end'), end: END }), {
    calendar: CALENDAR,
  });
  clerk = await openAdminPage(browser, under);
  await clerk.page.goto('/');
  await clerk.signIn();
  chief = await openChiefPage(browser, under);
  await nameOwnPages(chief.page);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await sounds?.close();
  await under?.stop();
});

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await clerk.picture('campaign-failed-clerk');
  await chief.picture('campaign-failed-chief');
});

/** Looks at a page as it stands: axe finds nothing, and it leaves a picture. */
async function look({ page, picture }: AdminPage, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await picture(`campaign-${name}`);
}

async function choose(page: Page, label: RegExp, choice: RegExp): Promise<void> {
  await page.getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: choice }).click();
}

/** The box itself is drawn by its label. */
const check = (box: Locator) => box.locator('xpath=ancestor::label').click();

async function sendFile(
  page: Page,
  press: (button: Locator) => Promise<void>,
  rows: readonly string[],
): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    press(page.getByRole('button', { name: /ファイルを選ぶ$/ })),
  ]);
  await chooser.setFiles({
    name: '未納者一覧.csv',
    mimeType: 'text/csv',
    buffer: cp932Of([HEADER, ...rows].join('\r\n')),
  });
  await page.getByText('CSV、Shift_JIS').waitFor();
}

/** The scenario's texts lead to a page: it has to be the city's. */
async function nameOwnPages(page: Page): Promise<void> {
  await page.goto('/campaign-cost');
  await page.getByRole('textbox', { name: '市のホームページのアドレス' }).fill('www.example.jp');
  await page.getByRole('button', { name: 'アドレスを保存する' }).click();
  await page.getByText('アドレスを保存しました').waitFor();
}

async function drawScenario(): Promise<void> {
  const { page } = clerk;
  const template = flowTemplate('overdue-kouki');
  if (template === null) throw new Error('no template');
  const examples = exampleParameters(template);
  await page.goto('/flows/new?way=template&template=overdue-kouki');
  await page.getByLabel('フローの名前').fill(SCENARIO);
  for (const { name, title, field } of templateFields(template)) {
    if (field === 'calendar') await choose(page, new RegExp(title), /市役所/);
    else await page.getByLabel(title, { exact: true }).fill(String(examples[name]));
  }
  await page.getByRole('button', { name: '追加して開く' }).click();
  await page.getByRole('heading', { name: SCENARIO }).waitFor();
}

/** Listens to all that nobody has listened to yet. */
async function listen(page: Page): Promise<void> {
  const unheard = page
    .getByRole('region', { name: 'この方に流れる内容' })
    .getByText('まだ聞いていません', { exact: true });
  for (let left = await unheard.count(); left > 0; left = await unheard.count()) {
    // Who asks for many in a moment is told to wait.
    await until(
      'a text is listened to',
      async () => {
        const heard = page.waitForResponse((answer) => answer.url().endsWith('/api/speech/preview'));
        await unheard
          .first()
          .locator('xpath=ancestor::div[1]')
          .getByRole('button', { name: /^(聞く|止める)：/ })
          .click();
        return (await heard).ok();
      },
      LIMIT_MS,
    );
    await until('one text fewer to listen to', async () => (await unheard.count()) < left, LIMIT_MS);
  }
}

async function callTo(telephone: string): Promise<IncomingCall> {
  return await until(
    'the citizen is called',
    () => received.find(({ requestUri }) => requestUri.includes(telephone)),
    LIMIT_MS,
  );
}

/** Says to be the person meant, keys in the birthday, hears the matter and promises to pay within a week. */
async function payerPromises(): Promise<IncomingCall> {
  const call = await callTo(PAYER);
  await call.answer();
  await sounds.heardToEnd(call, await sounds.of(GREETING));
  await call.press('1');
  await call.pressAll('0102');
  await sounds.heardToEnd(call, await sounds.of(MATTER));
  await call.pressAll('11');
  return call;
}

/** Hears who calls, presses nothing and hangs up. */
async function otherHangsUp(): Promise<void> {
  const call = await callTo(OTHER);
  await call.answer();
  await sounds.heardToEnd(call, await sounds.of(GREETING));
  await call.hangUp();
}

async function download(page: Page, press: (link: Locator) => Promise<void>): Promise<readonly string[]> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    press(page.getByRole('link', { name: '結果ファイルを取り出す' }).first()),
  ]);
  const parts: Buffer[] = [];
  for await (const part of await file.createReadStream()) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8').trimEnd().split('\r\n');
}

/** 'YYYY-MM-DD' in Japan, so many days from now. */
const dayFromNow = (days: number) =>
  new Date(Date.now() + days * 86_400_000 + 9 * 3_600_000).toISOString().slice(0, 10);

test(
  'by mouse: from a template and a file of Shift_JIS over 決裁 by somebody else and real calls to the lines of the results file',
  LIMIT,
  async () => {
    const { page, offences } = clerk;
    await drawScenario();

    await page.goto('/campaigns');
    await look(clerk, 'list-empty');
    await page.getByRole('link', { name: '配信を作る' }).first().click();
    await look(clerk, 'new');
    await page.getByText('納付催告', { exact: true }).click();
    await page.getByRole('textbox', { name: '名前' }).fill('後期 第4期');
    await page.getByRole('button', { name: '下書きを作って次へ' }).click();
    await choose(page, /シナリオ（電話で流す案内）/, new RegExp(SCENARIO));
    await choose(page, /相手の電話に表示する番号/, SHOWN);

    await sendFile(page, (button) => button.click(), [
      row('0000000021', PAYER),
      row('0000000022', OTHER),
      row('0000000023', '0570000000'),
    ]);
    await look(clerk, 'mapping');
    await page.getByText('シナリオが使う「金額」の列が、まだ選ばれていません').waitFor();
    await choose(page, /「今回の額」の使い道/, /^案内に入れる値$/);
    await page.getByLabel('「今回の額」の値の名前').fill('金額');
    await choose(page, /「今回の額」の読み方/, /^金額$/);
    await page.getByLabel('この割り当てを保存する名前').fill('後期システム');
    await page.getByRole('button', { name: '割り当てを保存する' }).click();
    await page.getByText('保存しました。次のファイルから選べます。').waitFor();
    await page.getByRole('button', { name: 'この割り当てで読み込んで確かめる' }).click();
    await page.getByText('読み終わりました。まだ取り込んでいません。').waitFor({ timeout: LIMIT_MS });
    await page.getByRole('list', { name: '除く行' }).getByRole('button').click();
    await page.getByText('4行目').waitFor();
    await look(clerk, 'checked');
    await page.getByRole('button', { name: '2人を取り込む' }).click();
    await page.getByText('2人の名簿を取り込みました').waitFor();

    for (const day of ['土曜日', '日曜日']) await check(page.getByRole('checkbox', { name: day }));
    await check(page.getByRole('checkbox', { name: '祝日にもかける' }));
    await page.getByLabel('始める時刻').fill('0:00');
    await page.getByLabel('終える時刻').fill('23:59');
    await page.getByRole('textbox', { name: 'ひとりにかける回数' }).fill('1');
    await page.getByRole('button', { name: '下書きを保存する' }).click();
    await page.getByText('保存しました。', { exact: true }).waitFor();

    await page.getByRole('textbox', { name: '宛名番号か電話番号の一部' }).fill('0000000021');
    await page.getByRole('button', { name: '探す', exact: true }).click();
    await page.getByRole('list', { name: '見つかった方' }).getByRole('button').click();
    const shown = page.getByRole('region', { name: 'この方に流れる内容' });
    await shown.getByText(/ミホン タロウ様。.*2026年10月31日.*12,000円/).waitFor();
    await listen(page);
    await look(clerk, 'draft');
    await page.getByRole('textbox', { name: '伺いの内容と理由' }).fill('第4期の納付催告です。');
    await page.getByRole('button', { name: '決裁に出す' }).click();
    await page.getByRole('heading', { name: '後期 第4期の実施について（伺い）' }).waitFor();
    await look(clerk, 'proposal');
    expect(received).toEqual([]);

    await chief.page.goto('/campaigns');
    await chief.page.getByText('あなたの決裁を待っています').waitFor();
    await look(chief, 'list-to-decide');
    await chief.page.getByRole('row', { name: /後期 第4期/ }).click();
    await chief.page.getByRole('link', { name: '伺いを開く' }).click();
    await chief.page.getByText('第4期の納付催告です。').waitFor();
    await chief.page.getByText('{{宛名}}').waitFor({ state: 'detached' });
    await look(chief, 'to-decide');
    const [payer] = await Promise.all([
      payerPromises(),
      otherHangsUp(),
      chief.page.getByRole('button', { name: 'この内容で決裁する' }).click(),
      watchFromBegin(page),
    ]);
    await page.getByRole('definition').filter({ hasText: /^1人$/ }).first().waitFor({ timeout: LIMIT_MS });
    await look(clerk, 'running');
    await payer.hangUp();
    await page.getByText('全員への連絡が終わりました').waitFor({ timeout: LIMIT_MS });
    expect(received).toHaveLength(2);

    await page.getByRole('link', { name: '配信先', exact: true }).click();
    await page.getByRole('grid', { name: '配信先' }).getByText('納付約束').waitFor();
    await look(clerk, 'recipients');
    await page.getByRole('link', { name: '結果', exact: true }).click();
    await page.getByText('まだファイルに入っていない結果が2件あります。').waitFor();
    await page.getByRole('button', { name: 'ファイルの中身を確かめる' }).click();
    await page.getByText('2行のファイルになります').waitFor();
    await look(clerk, 'results');
    await page.getByRole('button', { name: 'この内容で結果ファイルを作る' }).click();
    const lines = await download(page, (link) => link.click());
    const [headers = [], ...cells] = lines.map((line) => line.split(','));
    const records = cells.map((line) => Object.fromEntries(headers.map((name, at) => [name, line[at]])));
    expect(records).toHaveLength(2);
    expect(records).toContainEqual(
      expect.objectContaining({
        宛名番号: '0000000021',
        手段: '1',
        結果コード: '10',
        納付約束日: dayFromNow(7),
        相談希望: '0',
      }),
    );
    expect(records).toContainEqual(
      expect.objectContaining({ 宛名番号: '0000000022', 手段: '1', 結果コード: '30', 納付約束日: '' }),
    );
    expect([...offences, ...chief.offences]).toEqual([]);
  },
);

/** The clerk sees the campaign begin without doing anything. */
async function watchFromBegin(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'この配信を開く' }).click();
  await page.getByRole('link', { name: '実行の様子' }).click();
  await page.getByText('実行中', { exact: true }).waitFor({ timeout: LIMIT_MS });
  await page.getByText('いま発信中', { exact: true }).waitFor({ timeout: LIMIT_MS });
}

test(
  'by keyboard alone: the same scenario and columns again, and a campaign that is stopped while a telephone rings',
  LIMIT,
  async () => {
    const { page, offences } = clerk;
    const { keyboard } = page;
    const press = (target: Locator) => pressByKeys(page, target);
    const button = (name: string | RegExp) => page.getByRole('button', { name });
    const tick = async (box: string) => {
      await tabTo(page, page.getByRole('checkbox', { name: box }));
      await keyboard.press('Space');
    };
    await page.goto('/campaigns');
    await press(page.getByRole('link', { name: '配信を作る' }));
    await tabTo(page, page.getByRole('radio'));
    await keyboard.press('ArrowDown');
    expect(await page.getByRole('radio', { name: /^納付催告/ }).isChecked()).toBe(true);
    await typeByKeys(page, page.getByRole('textbox', { name: '名前' }), '後期 第5期');
    await press(button('下書きを作って次へ'));
    await chooseByKeys(page, button(/シナリオ（電話で流す案内）/), new RegExp(SCENARIO));
    await chooseByKeys(page, button(/相手の電話に表示する番号/), SHOWN);
    await sendFile(page, press, [row('0000000024', LATER)]);
    await page.getByText('前に使った割り当てを当てはめました。').waitFor();
    await press(button('この割り当てで読み込んで確かめる'));
    await press(button('1人を取り込む'));
    await page.getByText('1人の名簿を取り込みました').waitFor();
    for (const box of ['土曜日', '日曜日', '祝日にもかける']) await tick(box);
    await typeByKeys(page, page.getByLabel('始める時刻'), '0:00');
    await typeByKeys(page, page.getByLabel('終える時刻'), '23:59');
    // It rings until somebody has gone through the page by keyboard.
    await typeByKeys(page, page.getByRole('textbox', { name: '呼び出す長さ' }), '60');
    await press(button('下書きを保存する'));
    await page.getByText('保存しました。', { exact: true }).waitFor();
    await typeByKeys(page, page.getByRole('textbox', { name: '宛名番号か電話番号の一部' }), '0000000024');
    await keyboard.press('Enter');
    await press(page.getByRole('list', { name: '見つかった方' }).getByRole('button'));
    await page
      .getByRole('region', { name: 'この方に流れる内容' })
      .getByText(/ミホン タロウ様。/)
      .waitFor();
    expect(await page.getByText('まだ聞いていません', { exact: true }).count()).toBe(0);
    await typeByKeys(page, page.getByRole('textbox', { name: '伺いの内容と理由' }), '第5期の納付催告です。');
    await press(button('決裁に出す'));
    await page.getByRole('heading', { name: '後期 第5期の実施について（伺い）' }).waitFor();

    const proposal = new URL(page.url()).pathname;
    await press(page.getByRole('link', { name: 'この配信を開く' }));
    await press(page.getByRole('link', { name: '実行の様子' }));
    await chief.page.goto(proposal);
    await pressByKeys(chief.page, chief.page.getByRole('button', { name: 'この内容で決裁する' }));
    const ringing = await callTo(LATER);
    await press(button('中止する'));
    await press(page.getByRole('alertdialog').getByRole('button', { name: '中止する' }));
    await page.getByText('職員が中止しました').waitFor({ timeout: LIMIT_MS });
    await ringing.ended;
    expect((await ringing.outcome).answered).toBe(false);

    await press(page.getByRole('link', { name: '結果', exact: true }));
    await page.getByText('まだファイルに入っていない結果が1件あります。').waitFor();
    await press(button('ファイルの中身を確かめる'));
    await press(button('この内容で結果ファイルを作る'));
    const lines = await download(page, press);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(',0000000024,');
    expect(lines[1]).toContain(',1,92,');
    expect([...offences, ...chief.offences]).toEqual([]);
  },
);
