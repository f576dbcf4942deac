import { setTimeout as pause } from 'node:timers/promises';
import type { PlacedCall } from '@madoguchi/telephony/telephone';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type HouseUnderTest, startHouseUnderTest } from '../../../../../tests/setup/house-under-test.ts';
import { END, markerPrompt, oneFlow, sayMarker } from '../../../../../tests/setup/test-flows.ts';
import { until } from '../../../../../tests/setup/until.ts';
import { campaignChannel } from '../dialling/dialler.ts';
import { layCampaign } from '../dialling/test-campaign.ts';

const PUBLIC = '0725001001';
const [GREETING, CHECK, TOLD, OWN_FLOW] = [1, 2, 3, 4];
const BIRTHDAY = '0102';
let under: HouseUnderTest;
let campaigns = 0;

beforeAll(async () => {
  under = await startHouseUnderTest();
  await under.serve(PUBLIC, oneFlow('own-flow', { first: sayMarker(OWN_FLOW, 'end'), end: END }));
  const scenario = oneFlow('scenario', {
    first: sayMarker(GREETING, 'check'),
    check: {
      kind: 'identityCheck',
      title: '本人確認',
      prompt: markerPrompt(CHECK),
      noneRetries: 3,
      none: null,
      wrong: null,
      next: { matched: 'told', failed: 'end', none: 'end' },
    },
    told: {
      kind: 'menu',
      title: '用件',
      prompt: markerPrompt(TOLD),
      choices: [{ key: '1' }],
      timeoutMs: 20_000,
      wrongKey: { retries: 0 },
      noKey: { retries: 0 },
      next: { 'key:1': 'record', wrongKey: 'end', noKey: 'end' },
    },
    record: { kind: 'recordResult', title: '納付約束', result: 'promised', next: { next: 'end' } },
    end: END,
  });
  await under.database.db
    .insertInto('flow_bundle')
    .values({ bundle_id: 'scenario', name: 'scenario', bundle: JSON.stringify(scenario) })
    .execute();
}, 180_000);
afterAll(() => under?.stop());

/** A campaign of which this telephone was called an hour ago. @returns its id */
async function called(telephone: string): Promise<string> {
  const { db } = under.database;
  const campaignId = `campaign-${++campaigns}`;
  const hour = 3_600_000;
  const [recipientId = 0] = await layCampaign(db, {
    campaignId,
    bundleId: 'scenario',
    phoneNumber: PUBLIC,
    recipients: [{ telephone, birthDate: '1950-01-02', nextAt: new Date(Date.now() + 24 * hour) }],
  });
  const at = new Date(Date.now() - hour);
  await db
    .insertInto('campaign_attempt')
    .values({
      attempt_id: `att-${campaignId}`,
      campaign_id: campaignId,
      recipient_id: recipientId,
      channel: 'call',
      state: 'ended',
      reserved_at: at,
      dialled_at: at,
      ended_at: at,
      outcome: 'unanswered',
    })
    .execute();
  await sql`select pg_notify(${campaignChannel}, '')`.execute(db);
  return campaignId;
}

/** Somebody calls until the house knows that he is to be met: it looks at campaigns every second. */
async function callBack(telephone: string): Promise<PlacedCall> {
  return await until('the call is met as a call-back', async () => {
    const call = await under.call(PUBLIC, telephone);
    await call.answered;
    const first = await Promise.race([
      call.waitForTone({ marker: GREETING }, { timeoutMs: 20_000 }).then(() => 'scenario'),
      call.waitForTone({ marker: OWN_FLOW }, { timeoutMs: 20_000 }).then(() => 'ownFlow'),
    ]);
    if (first === 'scenario') return call;
    await call.hangUp();
    return null;
  });
}

async function killTelephone(): Promise<void> {
  await under.kill('calls');
  await until('the next process', () => under.house.part('calls')?.pid !== undefined);
}

const callBackOf = async (campaignId: string) =>
  await under.database.db
    .selectFrom('campaign_attempt as a')
    .innerJoin('campaign_recipient as r', 'r.recipient_id', 'a.recipient_id')
    .select(['a.state', 'a.outcome', 'a.identity', 'a.result', 'r.state as recipient'])
    .where('a.campaign_id', '=', campaignId)
    .where('a.is_call_back', '=', true)
    .execute();

test('a call-back goes on where the process is killed in it: who is on the line is still found out', async () => {
  const telephone = '09000000701';
  const campaignId = await called(telephone);
  const call = await callBack(telephone);
  await call.waitForTone({ marker: CHECK }, { timeoutMs: 20_000 });
  await killTelephone();
  await call.waitForTone({ marker: CHECK }, { timeoutMs: 60_000, sinceMs: call.nowMs });
  await call.pressAll(BIRTHDAY);
  await call.waitForTone({ marker: TOLD }, { timeoutMs: 20_000 });
  await call.pressAll('1').catch(() => undefined);
  await call.ended;
  await expect
    .poll(() => callBackOf(campaignId), { timeout: 30_000 })
    .toEqual([
      { state: 'ended', outcome: 'answered', identity: 'matched', result: 'promised', recipient: 'done' },
    ]);
}, 180_000);

test('who hangs up while no process is there is not held for ever', async () => {
  const telephone = '09000000702';
  const campaignId = await called(telephone);
  const call = await callBack(telephone);
  await expect
    .poll(() => callBackOf(campaignId), { timeout: 20_000 })
    .toMatchObject([{ state: 'talking', recipient: 'inProgress' }]);
  await under.kill('calls');
  await call.hangUp();
  await expect
    .poll(() => callBackOf(campaignId), { timeout: 60_000 })
    .toMatchObject([{ state: 'ended', outcome: 'answered', result: null, recipient: 'waiting' }]);
}, 180_000);

test('a caller without a number is asked anew after the process was killed', async () => {
  const telephone = '09000000703';
  await called(telephone);
  await callBack(telephone).then((call) => call.hangUp());
  const server = { host: '127.0.0.1', port: under.house.sipPort };
  const call = await under.citizen.call({ to: PUBLIC, from: '09000000001', privacy: 'id', server });
  await call.answered;
  await killTelephone();
  // Keys of the time in which nobody listens are lost: the number is keyed in again, from its beginning.
  await until(
    'the number is understood',
    async () => {
      await call.pressAll(`*${telephone}`, { gapMs: 300 });
      await pause(3_000);
      return call.heardMarkers.some(({ marker }) => marker === GREETING);
    },
    100_000,
  );
  await call.hangUp();
}, 180_000);
