import { CalendarSchema, exampleParameters, flowTemplate, WEEKDAYS } from '@madoguchi/flow';
import type { IncomingCall } from '@madoguchi/telephony/telephone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CampaignDetailSchema,
  CampaignOutlookSchema,
  CampaignProposalSchema,
  CampaignProposedSchema,
  CampaignSavedSchema,
  RecipientListSchema,
} from '../packages/server/src/http/campaign-contract.ts';
import { CostDoneSchema } from '../packages/server/src/http/campaign-cost-contract.ts';
import {
  CampaignListSchema,
  type ColumnMapping,
} from '../packages/server/src/http/campaign-list-contract.ts';
import {
  ResultExportSchema,
  ResultMappingListSchema,
} from '../packages/server/src/http/campaign-result-contract.ts';
import { type AdminApi, openAdminApi, openApiAs } from './setup/admin-api.ts';
import { addChief, CHIEF } from './setup/chief.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';
import { openPromptSounds, type PromptSounds } from './setup/prompt-sounds.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';
import { until } from './setup/until.ts';

/** The whole way of a campaign, from a file to a file, on real parts. */
const NUMBER = '0725000185';
const PAYER = '09000000011';
const OTHER = '09000000012';
const LIMIT = { timeout: 300_000 };
const CALENDAR = CalendarSchema.parse({
  id: 'city',
  name: '市役所',
  weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
});
/** Said to whoever answers. */
const GREETING = '自動音声で、大切なお知らせをお伝えしています。';
/** Said with the matter, and to nobody who was not identified. */
const MATTER = '行き違いで納められた場合は、ご容赦ください。';
const NOT_IDENTIFIED = '確認ができませんでした。恐れ入りますが、もう一度お願いします。';
const COLUMNS: ColumnMapping[] = [
  { header: '宛名番号', field: 'addresseeNumber' },
  { header: 'フリガナ', field: 'nameKana', required: true },
  { header: '生年月日', field: 'birthDate', required: true },
  { header: '電話番号', field: 'telephone' },
  { header: '宛名', field: 'value', name: '宛名', readAs: 'text', required: true },
  { header: '納期限', field: 'value', name: '納期限', readAs: 'date', required: true },
  { header: '金額', field: 'value', name: '金額', readAs: 'amount', required: true },
];
const LIST = [
  '宛名番号,フリガナ,生年月日,電話番号,宛名,納期限,金額',
  `0000000011,ミホン タロウ,19550102,${PAYER},ミホン タロウ,2026-10-31,12000`,
  `0000000012,ミホン ハナコ,19600304,${OTHER},ミホン ハナコ,2026-10-31,8000`,
  '0000000013,ミホン ジロウ,19600304,0570000000,ミホン ジロウ,2026-10-31,8000',
].join('\r\n');

let under: HouseUnderTest;
let sounds: PromptSounds;
let clerk: AdminApi;
let chief: AdminApi;
/** What reached the citizens' telephones, in order. */
const received: IncomingCall[] = [];

beforeAll(async () => {
  under = await startHouseUnderTest();
  under.staff.onIncoming((call) => {
    received.push(call);
    call.ring();
    void call.answer();
  });
  sounds = await openPromptSounds(under.house);
  await under.serve(NUMBER, oneFlow('in-force', { hello: sayMarker(1, 'end'), end: END }), {
    calendar: CALENDAR,
  });
  clerk = await openAdminApi(under);
  await addChief(under);
  chief = await openApiAs(under.house, CHIEF);
}, 240_000);
afterAll(async () => {
  await sounds?.close();
  await under?.stop();
});

async function ask<Result>(
  api: AdminApi,
  [method, path, body]: Parameters<AdminApi>,
  schema: { parse(body: unknown): Result },
  status = 200,
): Promise<Result> {
  const answer = await api(method, path, body);
  expect(answer, `${method} ${path.replace(/[0-9a-f-]{36}/g, '…')}`).toMatchObject({ status });
  return schema.parse(answer.body);
}

/** The scenario, as a clerk makes it of a template, with every text listened to. */
async function drawScenario(): Promise<string> {
  const template = flowTemplate('overdue-kouki');
  if (template === null) throw new Error('no template');
  const [draft] = template.make({ ...exampleParameters(template), calendarId: CALENDAR.id });
  if (draft === undefined) throw new Error('no flow');
  const made = await clerk('POST', '/api/flows', { flowId: draft.id, name: draft.name, draft });
  expect(made.status).toBe(201);
  return draft.id;
}

async function importList(campaignId: string): Promise<void> {
  const path = `/api/campaigns/${campaignId}/lists?purpose=recipients&fileName=${encodeURIComponent('名簿.csv')}`;
  const sent = await ask(clerk, ['POST', path, Buffer.from(LIST)], CampaignListSchema, 201);
  await ask(
    clerk,
    ['POST', `/api/campaign-lists/${sent.listId}/read`, { columns: COLUMNS }],
    CampaignListSchema,
    202,
  );
  await until('the list is checked', async () => {
    const { state } = await ask(clerk, ['GET', `/api/campaign-lists/${sent.listId}`], CampaignListSchema);
    return state === 'checked';
  });
  const list = await ask(
    clerk,
    ['POST', `/api/campaign-lists/${sent.listId}/accept`, {}],
    CampaignListSchema,
  );
  expect(list.counts).toMatchObject({ rows: 3, usable: 2, leftOut: 1 });
}

async function propose(campaignId: string, version: number) {
  const { texts } = await ask(clerk, ['GET', `/api/campaigns/${campaignId}/outlook`], CampaignOutlookSchema);
  for (const { text } of texts) {
    // Who asks for many in a moment is told to wait.
    await until(
      'a text is listened to',
      async () => {
        const { status } = await clerk('POST', '/api/speech/preview', { content: { type: 'text', text } });
        return status === 200;
      },
      120_000,
    );
  }
  const outlook = await ask(clerk, ['GET', `/api/campaigns/${campaignId}/outlook`], CampaignOutlookSchema);
  expect(outlook.missing).toEqual([]);
  expect(outlook.estimate?.worstYen).toBeGreaterThan(0);
  return await ask(
    clerk,
    ['POST', `/api/campaigns/${campaignId}/proposals`, { version, comment: '第4期の納付催告' }],
    CampaignProposedSchema,
    201,
  );
}

async function approve(proposalId: string): Promise<void> {
  const path = `/api/campaign-proposals/${proposalId}`;
  const { contentSha256 } = await ask(chief, ['GET', path], CampaignProposalSchema);
  const decision = { decision: 'approved', reason: '', onBehalfOf: null, contentSha256 };
  expect((await clerk('POST', `${path}/decisions`, decision)).status).toBe(409);
  expect((await chief('POST', `${path}/decisions`, decision)).status).toBe(200);
}

async function callTo(telephone: string): Promise<IncomingCall> {
  await until(
    'the citizen is called',
    () => received.some((call) => call.requestUri.includes(telephone)),
    120_000,
  );
  const [call] = received.filter(({ requestUri }) => requestUri.includes(telephone));
  if (call === undefined) throw new Error('nobody called');
  return call;
}

/** Says to be the person meant, and keys in a birthday. */
async function identifyBy(call: IncomingCall, digits: string): Promise<void> {
  await sounds.heardToEnd(call, await sounds.of(GREETING));
  await call.press('1');
  await call.pressAll(digits);
}

/** Hears of the matter and promises to pay within a week. */
async function payerAnswers(): Promise<IncomingCall> {
  const call = await callTo(PAYER);
  await identifyBy(call, '0102');
  await sounds.heardToEnd(call, await sounds.of(MATTER));
  await call.pressAll('11');
  return call;
}

/** Does not know the birthday, and tries three times. */
async function otherAnswers(): Promise<IncomingCall> {
  const call = await callTo(OTHER);
  await identifyBy(call, '0405');
  const wrong = await sounds.of(NOT_IDENTIFIED);
  for (let tries = 2, sinceMs = 0; tries <= 3; tries += 1) {
    await sounds.heardToEnd(call, wrong, sinceMs);
    sinceMs = call.nowMs;
    await call.pressAll('0405');
  }
  await call.ended;
  return call;
}

test(
  'from a file of people to a file of results: each is called once, and hears of the matter once identified alone',
  LIMIT,
  async () => {
    // Its texts lead to a page of the city's, which who decides names.
    const hosts = { hosts: ['www.example.jp'], version: 1 };
    await ask(chief, ['PUT', '/api/campaign-cost/own-hosts', hosts], CostDoneSchema);
    const flowId = await drawScenario();
    const added = await ask(
      clerk,
      ['POST', '/api/campaigns', { name: '後期 第4期', kind: 'paymentDemand' }],
      CampaignSavedSchema,
      201,
    );
    const { campaignId } = added;
    await importList(campaignId);
    const before = await ask(clerk, ['GET', `/api/campaigns/${campaignId}`], CampaignDetailSchema);
    const settings = {
      ...before.draft.settings,
      tries: 1,
      times: { weekdays: [0, 1, 2, 3, 4, 5, 6], from: '00:00', to: '23:59', onHolidays: true },
    };
    const draft = { ...before.draft, flowId, phoneNumber: NUMBER, settings };
    const { version } = await ask(
      clerk,
      ['PUT', `/api/campaigns/${campaignId}`, { version: before.version, draft }],
      CampaignSavedSchema,
    );
    expect(received).toEqual([]);
    const { proposalId } = await propose(campaignId, version);
    await approve(proposalId);

    const [payer, other] = await Promise.all([payerAnswers(), otherAnswers()]);
    expect(
      await sounds.timesRecognised(other.heard(), (await sounds.of(MATTER))[0] ?? new Int16Array()),
    ).toBe(0);
    await until(
      'the promise is known',
      async () => (await resultOf(campaignId, '0000000011')) === 'promised',
      60_000,
    );
    await payer.hangUp();
    await until(
      'the campaign is over',
      async () => {
        const { state } = await ask(clerk, ['GET', `/api/campaigns/${campaignId}`], CampaignDetailSchema);
        return state === 'ended';
      },
      60_000,
    );
    expect(await resultOf(campaignId, '0000000012')).toBe('notIdentified');
    expect(received).toHaveLength(2);

    const { mappings } = await ask(clerk, ['GET', '/api/result-mappings'], ResultMappingListSchema);
    const mappingId = mappings[0]?.mappingId;
    const made = await ask(
      clerk,
      ['POST', `/api/campaigns/${campaignId}/result-exports`, { mappingId, of: { type: 'new' } }],
      ResultExportSchema,
      201,
    );
    const data = made.files.find(({ kind }) => kind === 'data');
    const file = await clerk('GET', data?.url ?? '');
    expect(file.body).toContain('0000000011');
    expect(file.body).toContain('0000000012');
    expect(file.body).not.toContain('0000000013');
  },
);

async function resultOf(campaignId: string, addresseeNumber: string): Promise<string | null> {
  const path = `/api/campaigns/${campaignId}/recipients?search=${addresseeNumber}`;
  const { recipients } = await ask(clerk, ['GET', path], RecipientListSchema);
  return recipients[0]?.result ?? null;
}
