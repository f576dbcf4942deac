import { createTelephone, type PlacedCall, type Telephone } from '@madoguchi/telephony/telephone';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../packages/web/development/browser.ts';
import { type AdminPage, openAdminPage } from './setup/admin-page.ts';
import { soundOfCall } from './setup/caller-acts.ts';
import { CITIZEN, type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

const NUMBER = '0725000171';
/** Where the calls of the trunk that is added come from; those of the first come from 127.0.0.1. */
const CARRIER = '127.0.0.2';
const TRUNK_NAME = '試験の電話会社';
const ALL_LINES_TAKEN = 'お電話ありがとうございます。ただいま電話が大変混み合っております。';
/** Taken over within moments; the deadline catches hanging only. */
const TAKEN_OVER_LIMIT_MS = 60_000;

let under: HouseUnderTest;
let sounds: PromptSounds;
let carrier: Telephone;
let browser: Browser;
let admin: AdminPage;

beforeAll(async () => {
  [under, browser, carrier] = await Promise.all([
    startHouseUnderTest(),
    launchBrowser(),
    createTelephone({ localAddress: CARRIER, transport: 'udp' }),
  ]);
  sounds = await openPromptSounds(under.house);
  await under.serve(NUMBER, oneFlow('long', longSpeech()));
  admin = await openAdminPage(browser, under);
  await admin.page.goto('/');
  await admin.signIn();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await carrier?.close();
  await sounds?.close();
  await under?.stop();
});

/** Speaks for longer than any part of the test lasts: the caller hangs up. */
function longSpeech() {
  const numbers = Array.from({ length: 120 }, (_, nth) => nth);
  return {
    ...Object.fromEntries(numbers.map((nth) => [`say${nth}`, sayMarker(1 + (nth % 2), `say${nth + 1}`)])),
    [`say${numbers.length}`]: END,
  };
}

function call(): Promise<PlacedCall> {
  return carrier.call({
    to: NUMBER,
    from: CITIZEN,
    server: { host: '127.0.0.1', port: under.house.sipPort },
  });
}

/** Status with which a call is turned away; null where it is answered. Hangs up. */
async function refusal(): Promise<number | null> {
  const placed = await call();
  const outcome = await placed.outcome;
  await placed.hangUp();
  return outcome.answered ? null : outcome.sipCode;
}

/** Turned away, and not because its lines are taken. */
async function isStranger(): Promise<boolean> {
  const status = await refusal();
  return status !== null && status !== 486;
}

test('a trunk is added, tested, changed and removed on the screen while the telephone runs: its carrier is turned away before and after, served in between, and within its lines only', async () => {
  const { page } = admin;
  const field = (name: string) => page.getByRole('textbox', { name, exact: false });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  expect(await isStranger()).toBe(true);

  await page.getByRole('link', { name: '回線', exact: true }).click();
  await page.getByRole('link', { name: '回線を追加する' }).click();
  // The list, which is there for a moment still, names kinds too.
  await page.getByRole('heading', { name: '回線を追加する' }).waitFor();
  await page.getByText('事業者の装置（アドレス認証）').click();
  await field('回線の名前').fill(TRUNK_NAME);
  await field('相手のアドレス').fill(CARRIER);
  await field('ポート').fill(String(carrier.port));
  await field('契約の同時通話数').fill('1');
  await field('うち受ける電話').fill('1');
  await field('うち転送').fill('0');
  await press('保存する');
  await page.getByText('契約の同時通話数より多くすることはできません').waitFor();
  await field('うち市からかける電話').fill('0');
  await press('接続を試す');
  await page.getByText('応答がありました（200 OK）。つながっています。').waitFor();
  await press('保存する');
  await page.getByText('数秒後から、この設定で電話を受けます').waitFor();
  await until('the new trunk', async () => (await refusal()) === null, TAKEN_OVER_LIMIT_MS);

  const first = await call();
  await first.waitForTone({ marker: 1 }, { timeoutMs: TAKEN_OVER_LIMIT_MS });
  const card = (name: string) => page.getByRole('article', { name });
  await card(TRUNK_NAME).getByText('受ける 1 / 1').waitFor();
  await card('はじめの回線').getByText('受ける 0 / 300').waitFor();
  expect(await refusal()).toBe(486);
  // The lines of the other trunk are its own.
  const other = await under.call(NUMBER);
  await other.answered;
  await card('はじめの回線').getByText('受ける 1 / 300').waitFor();
  await other.hangUp();
  await card('はじめの回線').getByText('受ける 0 / 300').waitFor();

  await page.getByRole('link', { name: TRUNK_NAME }).click();
  await page.getByText('「大変混み合っております」と案内して切ります。').click();
  await press('保存する');
  await page.getByText('保存しました').waitFor();
  const overflowing = await until(
    'an answer in spite of full lines',
    async () => {
      const placed = await call();
      return (await placed.outcome).answered && placed;
    },
    TAKEN_OVER_LIMIT_MS,
  );
  const heard = await soundOfCall(overflowing);
  for (const clip of await sounds.of(ALL_LINES_TAKEN))
    expect(await sounds.timesRecognised(heard, clip)).toBe(1);
  expect(overflowing.heardMarkers).toEqual([]);

  await page.getByRole('link', { name: TRUNK_NAME }).click();
  await press('この回線を削除する');
  await press('削除する');
  await page.getByText('削除しました').waitFor();
  await until('the trunk gone', isStranger, TAKEN_OVER_LIMIT_MS);
  // A call that is under way is nobody's to break off.
  const { length } = first.heardMarkers;
  await until('another announcement', () => first.heardMarkers.length > length + 1);
  await first.hangUp();
  await page.getByRole('article', { name: 'はじめの回線' }).waitFor();
  expect(await page.getByRole('article').count()).toBe(1);
  expect(admin.offences).toEqual([]);
}, 240_000);
