import { FlowDraftSchema } from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RecipientListSchema } from '../../http/campaign-contract.ts';
import { startTestAdminServer, type TestAdminServer } from '../../http/test-admin-server.ts';
import { listening } from '../test-listening.ts';
import { personalInTexts } from './personal-values.ts';
import { endDue, startDue } from './running.ts';
import {
  ask as askServer,
  change,
  decideOn,
  draftCampaign,
  layFlow,
  layScenario,
  proposeCampaign,
  readDetail,
} from './test-campaign.ts';

let admin: TestAdminServer;
let clerk: string;
let chief: string;
let otherChief: string;
const unheard = new Set<string>();

beforeAll(async () => {
  admin = await startTestAdminServer({
    isHeard: ({ prompt }) => prompt.type === 'audio' || !unheard.has(prompt.text),
  });
  clerk = (await admin.enter('staff')).cookie;
  chief = (await admin.enter('chief')).cookie;
  otherChief = (await admin.enter('chief', 'other@example.jp')).cookie;
  await layScenario(admin.database.db);
});
afterAll(() => admin?.stop());

const ask = (
  ...[cookie, method, url, payload]: [string, 'GET' | 'POST' | 'PUT' | 'DELETE', string, object?]
) => askServer(admin, cookie, method, url, payload);
const clock = { now: () => Date.now() + admin.offset.ms };

async function moveTo(campaignId: string, to: string, cookie = clerk) {
  const { version } = await readDetail(admin, clerk, campaignId);
  return await ask(cookie, 'POST', `/campaigns/${campaignId}/state`, { to, version });
}

async function audited(campaignId: string): Promise<string[]> {
  const rows = await admin.database.db
    .selectFrom('audit_log')
    .select('action')
    .where('subject', '=', campaignId)
    .orderBy('audit_id')
    .execute();
  return rows.map(({ action }) => action);
}

async function approved(settings = {}): Promise<string> {
  const campaignId = await draftCampaign(admin, clerk, settings);
  await decideOn(admin, chief, await proposeCampaign(admin, clerk, campaignId));
  return campaignId;
}

test('what is wrong with settings is told by field, and nothing of it is stored', async () => {
  const campaignId = await draftCampaign(admin, clerk);
  const refused = await change(admin, clerk, campaignId, {
    tries: 0,
    times: { weekdays: [], from: '20:00', to: '9', onHolidays: false },
  });
  expect(refused).toMatchObject({ status: 422, body: { code: 'campaignProblems' } });
  expect(refused.body['problems']).toEqual(
    expect.arrayContaining([
      {
        step: 'schedule',
        path: 'settings.times.weekdays',
        message: '電話をかける曜日を、一つ以上選んでください。',
      },
      {
        step: 'schedule',
        path: 'settings.times.to',
        message: '終了時刻を、20:00のように入力してください。',
      },
      {
        step: 'schedule',
        path: 'settings.tries',
        message: '電話をかける回数は、1回から10回までにしてください。',
      },
    ]),
  );
  expect((await readDetail(admin, clerk, campaignId)).draft.settings.tries).toBe(3);
  const backwards = await change(admin, clerk, campaignId, { firstDay: '2027-02-02', lastDay: '2027-02-01' });
  expect(backwards.body['problems']).toMatchObject([{ path: 'settings.lastDay' }]);
});

test('who saves over somebody else’s change is told, and a copy takes neither days nor people over', async () => {
  const campaignId = await draftCampaign(admin, clerk, { firstDay: '2027-02-01', tries: 2 });
  const { draft, version } = await readDetail(admin, clerk, campaignId);
  const late = await ask(clerk, 'PUT', `/campaigns/${campaignId}`, { version: version - 1, draft });
  expect(late).toMatchObject({ status: 409, body: { code: 'changedMeanwhile' } });
  const copied = await ask(clerk, 'POST', `/campaigns/${campaignId}/copies`, { name: '住民税2期' });
  expect(copied.status).toBe(201);
  const copy = await readDetail(admin, clerk, String(copied.body['campaignId']));
  expect(copy).toMatchObject({
    name: '住民税2期',
    state: 'draft',
    recipients: { waiting: 0 },
    draft: { flowId: 'notice', settings: { tries: 2, firstDay: null } },
  });
  const removed = await ask(clerk, 'DELETE', `/campaigns/${campaignId}?version=${version}`);
  expect(removed.status).toBe(200);
  expect((await ask(clerk, 'GET', `/campaigns/${campaignId}`)).status).toBe(404);
});

test('a draft chooses a department that has a share of the budget; the list is narrowed to it, and who decides reads it', async () => {
  const campaignId = await draftCampaign(admin, clerk);
  const choose = async (department: string) => {
    const { draft, version } = await readDetail(admin, clerk, campaignId);
    return await ask(clerk, 'PUT', `/campaigns/${campaignId}`, { version, draft: { ...draft, department } });
  };
  expect(await choose('納税課')).toMatchObject({
    status: 422,
    body: { problems: [{ step: 'basics', path: 'department' }] },
  });
  const budget = { monthlyYen: 250_000, fixedYen: 0, receivedYen: 0, warnPercent: 80 };
  const shares = [{ department: '納税課', yen: 100_000 }];
  const set = { budget: { ...budget, shares }, version: 1 };
  expect((await ask(chief, 'PUT', '/campaign-cost/budget', set)).status).toBe(200);
  expect((await ask(clerk, 'GET', '/campaigns/choices')).body).toMatchObject({ departments: ['納税課'] });
  expect((await choose('納税課')).status).toBe(200);
  const listed = async (department: string) => {
    const { body } = await ask(clerk, 'GET', `/campaigns?department=${encodeURIComponent(department)}`);
    return JSON.stringify(body['campaigns']).includes(campaignId);
  };
  expect([await listed('納税課'), await listed('保険課')]).toEqual([true, false]);
  const copied = await ask(clerk, 'POST', `/campaigns/${campaignId}/copies`, { name: '住民税2期' });
  expect((await readDetail(admin, clerk, String(copied.body['campaignId']))).department).toBe('納税課');
  const proposalId = await proposeCampaign(admin, clerk, campaignId);
  expect((await ask(chief, 'GET', `/campaign-proposals/${proposalId}`)).body).toMatchObject({
    bound: { department: '納税課' },
    budget: { scopes: [{ department: '' }, { department: '納税課', level: 'within' }] },
  });
});

test('a draft without list, or with a text nobody has listened to, is not proposed; the screen knows where', async () => {
  unheard.add('納期限が近づいています。');
  const campaignId = await draftCampaign(admin, clerk, { lastDay: '2026-01-01' }, 1);
  await admin.database.db.deleteFrom('campaign_recipient').where('campaign_id', '=', campaignId).execute();
  const { body } = await ask(clerk, 'GET', `/campaigns/${campaignId}/outlook`);
  expect(body['missing']).toMatchObject([{ step: 'list' }, { step: 'schedule' }, { step: 'text' }]);
  const { version } = await readDetail(admin, clerk, campaignId);
  const refused = await ask(clerk, 'POST', `/campaigns/${campaignId}/proposals`, { version, comment: 'x' });
  expect(refused).toMatchObject({ status: 422, body: { code: 'campaignProblems' } });
  unheard.clear();
});

test('somebody else approves exactly what was proposed; then it begins by itself on its day', async () => {
  const firstDay = new Date(clock.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  const campaignId = await draftCampaign(admin, clerk, { firstDay });
  const proposalId = await proposeCampaign(admin, clerk, campaignId);
  expect(await change(admin, clerk, campaignId, { tries: 1 })).toMatchObject({
    status: 409,
    body: { code: 'isProposed' },
  });
  expect((await decideOn(admin, clerk, proposalId)).status).toBe(403);
  const list = (await ask(chief, 'GET', '/campaigns')).body['campaigns'];
  expect(list).toEqual(
    expect.arrayContaining([expect.objectContaining({ campaignId, state: 'waiting', waitsForMe: true })]),
  );
  expect((await ask(chief, 'GET', `/campaign-proposals/${proposalId}`)).body).toMatchObject({
    state: 'waiting',
    bound: { recipients: 3, texts: [{ text: '納期限が近づいています。' }], flowName: '納期のお知らせ' },
    may: { decide: true },
  });
  // The scenario goes on in the studio; what was proposed stays.
  await layFlow(admin.database.db, '書き直した案内です。');
  expect(await decideOn(admin, chief, proposalId, { contentSha256: '0'.repeat(64) })).toMatchObject({
    status: 409,
    body: { code: 'changedMeanwhile' },
  });
  expect((await decideOn(admin, chief, proposalId)).status).toBe(200);
  await layFlow(admin.database.db, '納期限が近づいています。');
  await startDue(admin.database.db, clock);
  expect((await readDetail(admin, clerk, campaignId)).state).toBe('approved');
  admin.offset.ms += 4 * 86_400_000;
  await startDue(admin.database.db, clock);
  const running = await readDetail(admin, clerk, campaignId);
  expect(running).toMatchObject({ state: 'running', may: ['pause', 'stop', 'removeRecipients'] });
  expect(running.startedAt).not.toBeNull();
  admin.offset.ms = 0;
  expect(await audited(campaignId)).toEqual([
    'campaignAdded',
    'campaignChanged',
    'campaignProposed',
    'campaignApproved',
    'campaignStarted',
  ]);
});

test('a drafter decides on nothing of his own, also as chief', async () => {
  const campaignId = await draftCampaign(admin, chief);
  const proposalId = await proposeCampaign(admin, chief, campaignId);
  expect(await decideOn(admin, chief, proposalId)).toMatchObject({
    status: 409,
    body: { message: '起案した本人は決裁できません。' },
  });
});

test.each([
  [
    'a recipient’s value',
    (id: string) =>
      admin.database.db
        .updateTable('campaign_recipient')
        .set({ values: JSON.stringify({ 税目: { text: '固定資産税', readAs: 'text' } }) })
        .where('campaign_id', '=', id)
        .where('row_no', '=', 2)
        .execute(),
  ],
  [
    'a recipient’s telephone',
    (id: string) =>
      admin.database.db
        .updateTable('campaign_recipient')
        .set({ telephone: '09000009999' })
        .where('campaign_id', '=', id)
        .where('row_no', '=', 3)
        .execute(),
  ],
  [
    'the schedule',
    (id: string) =>
      admin.database.db
        .updateTable('campaign')
        .set({ settings: JSON.stringify({ tries: 9 }) })
        .where('campaign_id', '=', id)
        .execute(),
  ],
  [
    'the text',
    (id: string) =>
      admin.database.db
        .updateTable('flow_bundle')
        .set({ bundle: JSON.stringify({ bundleId: 'x', entryFlowId: 'notice', flows: {} }) })
        .where('bundle_id', 'in', (select) =>
          select
            .selectFrom('campaign_proposal')
            .select('bundle_id')
            .where('campaign_id', '=', id)
            .$castTo<{ bundle_id: string }>(),
        )
        .execute(),
  ],
])('a change of %s after the proposal voids it', async (_, spoil) => {
  const campaignId = await draftCampaign(admin, clerk);
  const proposalId = await proposeCampaign(admin, clerk, campaignId);
  await spoil(campaignId);
  expect(await decideOn(admin, chief, proposalId)).toMatchObject({ status: 409, body: { code: 'voided' } });
  expect((await readDetail(admin, clerk, campaignId)).state).toBe('draft');
  expect((await ask(chief, 'GET', `/campaign-proposals/${proposalId}`)).body['state']).toBe('voided');
});

test('what was changed after the approval is not begun', async () => {
  const campaignId = await approved();
  await admin.database.db
    .updateTable('campaign_recipient')
    .set({ telephone: '09000009999' })
    .where('campaign_id', '=', campaignId)
    .where('row_no', '=', 2)
    .execute();
  await startDue(admin.database.db, clock);
  expect((await readDetail(admin, clerk, campaignId)).state).toBe('draft');
});

test('what people hear who call back is bound like the scenario, and is listened to before', async () => {
  const { db } = admin.database;
  await layFlow(db, 'お電話ありがとうございます。', 'call-back');
  unheard.add('お電話ありがとうございます。');
  const campaignId = await draftCampaign(admin, clerk, { callBackFlowId: 'call-back' });
  const { body } = await ask(clerk, 'GET', `/campaigns/${campaignId}/outlook`);
  expect(body['missing']).toMatchObject([{ step: 'text' }]);
  unheard.clear();
  const proposalId = await proposeCampaign(admin, clerk, campaignId);
  const proposal = await ask(chief, 'GET', `/campaign-proposals/${proposalId}`);
  expect(proposal.body['bound']).toMatchObject({
    callBackFlowName: '納期のお知らせ',
    texts: expect.arrayContaining([expect.objectContaining({ text: 'お電話ありがとうございます。' })]),
  });
  const { call_back_bundle_id: bundleId } = await db
    .selectFrom('campaign_proposal')
    .select('call_back_bundle_id')
    .where('proposal_id', '=', proposalId)
    .executeTakeFirstOrThrow();
  const frozen = db.selectFrom('flow_bundle').select('bundle').where('bundle_id', '=', bundleId);
  const { bundle } = await frozen.executeTakeFirstOrThrow();
  const other = JSON.stringify(bundle).replace('お電話ありがとうございます', 'お振り込みください');
  await db
    .updateTable('flow_bundle')
    .set({ bundle: other })
    .where('bundle_id', '=', bundleId ?? '')
    .execute();
  expect(await decideOn(admin, chief, proposalId)).toMatchObject({ status: 409, body: { code: 'voided' } });
});

test('a flow that is gone is not chosen for people who call back', async () => {
  const campaignId = await draftCampaign(admin, clerk, { callBackFlowId: 'gone' });
  const { body } = await ask(clerk, 'GET', `/campaigns/${campaignId}/outlook`);
  expect(body['missing']).toMatchObject([{ step: 'schedule', path: 'settings.callBackFlowId' }]);
});

test('who is taken off after the proposal voids nothing, and who is put back does', async () => {
  const campaignId = await draftCampaign(admin, clerk);
  const recipients = (await ask(clerk, 'GET', `/campaigns/${campaignId}/recipients`)).body['recipients'];
  const [first, second] = JSON.parse(JSON.stringify(recipients));
  const off = (recipientId: number, reason = 'ご本人の申し出') =>
    ask(clerk, 'POST', `/campaigns/${campaignId}/recipients/${recipientId}/removal`, { reason });
  expect((await off(first.recipientId)).status).toBe(200);
  expect((await off(first.recipientId)).status).toBe(409);
  const proposalId = await proposeCampaign(admin, clerk, campaignId);
  expect((await off(second.recipientId)).status).toBe(200);
  expect((await ask(chief, 'GET', `/campaign-proposals/${proposalId}`)).body).toMatchObject({
    bound: { recipients: 2 },
    removedSince: 1,
  });
  expect((await decideOn(admin, chief, proposalId)).status).toBe(200);
  const story = await ask(clerk, 'GET', `/campaigns/${campaignId}/recipients/${second.recipientId}`);
  expect(story.body).toMatchObject({
    recipient: { state: 'removed' },
    removal: { reason: 'ご本人の申し出' },
  });
  await admin.database.db
    .updateTable('campaign_recipient')
    .set({ state: 'waiting', settled_at: null, settled_reason: null })
    .where('recipient_id', '=', first.recipientId)
    .execute();
  await startDue(admin.database.db, clock);
  expect((await readDetail(admin, clerk, campaignId)).state).toBe('draft');
});

test('差戻し and 代決 want a reason, and a draft that was sent back may be proposed anew', async () => {
  const campaignId = await draftCampaign(admin, clerk);
  const proposalId = await proposeCampaign(admin, clerk, campaignId);
  const noReason = { status: 422, body: { code: 'reasonNeeded' } };
  expect(await decideOn(admin, chief, proposalId, { decision: 'sentBack' })).toMatchObject(noReason);
  expect(await decideOn(admin, chief, proposalId, { onBehalfOf: '納税課長' })).toMatchObject(noReason);
  const back = await decideOn(admin, chief, proposalId, { decision: 'sentBack', reason: '文面を短く' });
  expect(back.status).toBe(200);
  expect((await readDetail(admin, clerk, campaignId)).state).toBe('draft');
  const again = await proposeCampaign(admin, clerk, campaignId);
  const instead = { onBehalfOf: '納税課長', reason: '課長不在のため' };
  expect((await decideOn(admin, chief, again, instead)).status).toBe(200);
  expect((await ask(clerk, 'GET', `/campaign-proposals/${again}`)).body).toMatchObject({
    state: 'approved',
    decisions: [{ onBehalfOf: '納税課長', reason: '課長不在のため' }],
    may: { withdraw: true },
  });
  const withdrawn = await ask(clerk, 'POST', `/campaign-proposals/${again}/withdrawal`);
  expect(withdrawn.status).toBe(200);
  expect((await readDetail(admin, clerk, campaignId)).state).toBe('draft');
});

test('who stops a campaign is obeyed although it began after the screen was read; who resumes over a change is told', async () => {
  const campaignId = await approved();
  const { version } = await readDetail(admin, clerk, campaignId);
  await startDue(admin.database.db, clock);
  const move = (to: string) => ask(clerk, 'POST', `/campaigns/${campaignId}/state`, { to, version });
  expect((await move('paused')).status).toBe(200);
  expect(await move('running')).toMatchObject({ status: 409, body: { code: 'changedMeanwhile' } });
  expect((await move('ended')).body).toMatchObject({ version: version + 3 });
  expect((await readDetail(admin, clerk, campaignId)).state).toBe('ended');
});

test('a number that asks for two decisions gets them of two people', async () => {
  await admin.database.db.updateTable('phone_number').set({ approval_steps: 2 }).execute();
  const campaignId = await draftCampaign(admin, clerk);
  const proposalId = await proposeCampaign(admin, clerk, campaignId);
  await admin.database.db.updateTable('phone_number').set({ approval_steps: 1 }).execute();
  expect((await decideOn(admin, chief, proposalId)).status).toBe(200);
  expect((await readDetail(admin, clerk, campaignId)).state).toBe('waiting');
  expect((await decideOn(admin, chief, proposalId)).status).toBe(409);
  expect((await decideOn(admin, otherChief, proposalId)).status).toBe(200);
  expect((await readDetail(admin, clerk, campaignId)).state).toBe('approved');
});

test('a text message says who writes and whom to ask, and leads to no page that is not the city’s: else it is not proposed', async () => {
  const text = '【見本市 納税課】お知らせです。0725-00-1060';
  const campaignId = await draftCampaign(admin, clerk, { channels: 'sms' });
  const setHosts = async (hosts: readonly string[], version: number) =>
    await ask(chief, 'PUT', '/campaign-cost/own-hosts', { hosts, version });
  const missing = async (smsText: string) => {
    await change(admin, clerk, campaignId, { smsText });
    const { body } = await ask(clerk, 'GET', `/campaigns/${campaignId}/outlook`);
    return JSON.stringify(body['missing']);
  };
  expect(await missing(text)).toBe('[]');
  expect(await missing('お知らせです。')).toContain('市の名前と担当課の名前がありません');
  const link = `${text} https://www.city.mihon.lg.jp/nouzei`;
  expect(await missing(link)).toContain('「市のホームページのアドレス」への登録');
  expect((await setHosts(['city.mihon.lg.jp'], 1)).status).toBe(200);
  expect(await missing(link)).toBe('[]');
  expect(await missing(`${text} https://mihon.example/`)).toContain('リンク（mihon.example）');
  const { version } = await readDetail(admin, clerk, campaignId);
  const proposed = { version, comment: 'お知らせします' };
  expect(await ask(clerk, 'POST', `/campaigns/${campaignId}/proposals`, proposed)).toMatchObject({
    status: 422,
    body: { problems: [{ step: 'text', path: 'settings.smsText' }] },
  });
  expect((await setHosts([], 2)).status).toBe(200);
});

test('only who decides lets a text message tell personal values, and without that leave it is not approved', async () => {
  const campaignId = await draftCampaign(admin, clerk, {
    channels: 'sms',
    smsText: '{{calledName}}です。{{税目}}の納期限が近づいています。{{calledNumber}}',
    smsMayTellPersonal: true,
  });
  expect((await readDetail(admin, clerk, campaignId)).draft.settings.smsMayTellPersonal).toBe(false);
  const proposalId = await proposeCampaign(admin, clerk, campaignId);
  expect((await ask(chief, 'GET', `/campaign-proposals/${proposalId}`)).body['personalInSms']).toEqual([
    '税目',
  ]);
  expect(await decideOn(admin, chief, proposalId)).toMatchObject({
    status: 422,
    body: { code: 'personalInSms' },
  });
  expect((await decideOn(admin, chief, proposalId, { smsMayTellPersonal: true })).status).toBe(200);
  const detail = await readDetail(admin, clerk, campaignId);
  expect(detail).toMatchObject({ state: 'approved', draft: { settings: { smsMayTellPersonal: true } } });
  const [{ recipientId }] = JSON.parse(
    JSON.stringify((await ask(clerk, 'GET', `/campaigns/${campaignId}/recipients`)).body['recipients']),
  );
  const preview = await ask(clerk, 'GET', `/campaigns/${campaignId}/recipients/${recipientId}/preview`);
  expect(preview.body).toMatchObject({
    sms: { text: '見本市 納税課です。住民税の納期限が近づいています。0725-00-1060', parts: 1 },
    bundle: { entryFlowId: 'notice' },
  });
});

test('people with one telephone are merged only where the scenario asks who is on the line; the preview tells of the others', async () => {
  const campaignId = await draftCampaign(admin, clerk, { mergeHouseholds: true });
  await admin.database.db
    .updateTable('campaign_recipient')
    .set({ telephone: '09000000001' })
    .where('campaign_id', '=', campaignId)
    .where('row_no', 'in', [2, 3])
    .execute();
  const { body } = await ask(clerk, 'GET', `/campaigns/${campaignId}/outlook`);
  expect(body).toMatchObject({
    missing: [{ step: 'text', message: 'シナリオに直すところが1件あります。先に直してください。' }],
    findings: [{ code: 'householdWithoutCheck' }],
  });
  const { recipients } = RecipientListSchema.parse(
    (await ask(clerk, 'GET', `/campaigns/${campaignId}/recipients`)).body,
  );
  const shares = await Promise.all(
    recipients.map(async ({ recipientId }) => {
      const preview = await ask(clerk, 'GET', `/campaigns/${campaignId}/recipients/${recipientId}/preview`);
      return preview.body['sharesCallWith'];
    }),
  );
  expect(shares).toEqual([1, 1, 0]);
});

test('what the scenario texts during a call needs the same leave, also where it texts a copy; it is shown to who decides', async () => {
  const { db } = admin.database;
  const next = { accepted: 'end', notMobile: 'end', refused: 'end', unknown: 'end' };
  const { draft } = await db
    .selectFrom('flow')
    .select('draft')
    .where('flow_id', '=', 'notice')
    .executeTakeFirstOrThrow();
  const kept = FlowDraftSchema.parse(draft);
  const text = '【見本市 納税課】{{写し}}円です。0725-00-1060';
  const told = FlowDraftSchema.parse({
    ...kept,
    startNodeId: 'copy',
    recipientValues: [{ name: '税目' }],
    nodes: {
      copy: { kind: 'setVariable', variable: '写し', value: '{{税目}}', next: { next: 'sms' } },
      sms: { kind: 'sms', title: 'SMSで案内', to: { type: 'caller' }, text, next },
      end: kept.nodes['end'],
    },
  });
  const bundle = { bundleId: 'x', entryFlowId: 'notice', flows: { notice: told } };
  expect(personalInTexts({ channels: 'call', smsText: '' }, [bundle, null])).toEqual(['写し']);
  const campaignId = await draftCampaign(admin, clerk);
  const proposalId = await proposeCampaign(admin, clerk, campaignId);
  // As it would be frozen; that its checker wants more of a scenario is another matter.
  await db
    .updateTable('flow_bundle')
    .set({ bundle: JSON.stringify(bundle) })
    .where('bundle_id', '=', ({ selectFrom }) =>
      selectFrom('campaign_proposal').select('bundle_id').where('proposal_id', '=', proposalId),
    )
    .execute();
  const { body } = await ask(chief, 'GET', `/campaign-proposals/${proposalId}`);
  expect(body).toMatchObject({
    personalInSms: ['写し'],
    bound: { textsSent: [{ title: 'SMSで案内', text }] },
  });
});

test('a running campaign is paused, resumed and stopped by those who may, and whoever dials is woken', async () => {
  const campaignId = await approved();
  await startDue(admin.database.db, clock);
  expect((await moveTo(campaignId, 'running')).status).toBe(409);
  const woken = listening(admin.database.url);
  await woken.listens;
  expect((await moveTo(campaignId, 'paused')).status).toBe(200);
  await woken.heard;
  await woken.stop();
  expect((await moveTo(campaignId, 'running')).status).toBe(200);
  await admin.database.db
    .updateTable('campaign_recipient')
    .set({ state: 'inProgress' })
    .where('campaign_id', '=', campaignId)
    .where('row_no', '=', 2)
    .execute();
  expect((await moveTo(campaignId, 'ended')).status).toBe(200);
  // What is talking is left to its end.
  expect(await readDetail(admin, clerk, campaignId)).toMatchObject({
    state: 'ended',
    endedBecause: 'stopped',
    recipients: { waiting: 0, inProgress: 1, done: 2 },
    may: [],
  });
  expect((await audited(campaignId)).slice(-3)).toEqual([
    'campaignPaused',
    'campaignResumed',
    'campaignStopped',
  ]);
});

test('a campaign ends by itself once everybody is settled, or with the hours of its last day', async () => {
  const through = await approved();
  const late = await approved({ lastDay: new Date(clock.now() + 86_400_000).toISOString().slice(0, 10) });
  await startDue(admin.database.db, clock);
  await endDue(admin.database.db, clock);
  expect((await readDetail(admin, clerk, through)).state).toBe('running');
  await admin.database.db
    .updateTable('campaign_recipient')
    .set({ state: 'done', settled_at: new Date(), settled_reason: 'reached', result: 'informed' })
    .where('campaign_id', '=', through)
    .execute();
  await endDue(admin.database.db, clock);
  expect(await readDetail(admin, clerk, through)).toMatchObject({ state: 'ended', endedBecause: 'finished' });
  admin.offset.ms = 3 * 86_400_000;
  await endDue(admin.database.db, clock);
  expect(await readDetail(admin, clerk, late)).toMatchObject({ state: 'ended', endedBecause: 'lastDay' });
  admin.offset.ms = 0;
  const progress = (await ask(clerk, 'GET', `/campaigns/${through}/progress`)).body;
  expect(progress).toMatchObject({
    recipients: { done: 3 },
    results: [{ result: 'informed', count: 3 }],
    settled: [{ reason: 'reached', count: 3 }],
    reach: [{ tried: 0, reached: 3 }],
    expectedEndAt: null,
  });
});

test('a draft of which somebody was called before is not removed: what was tried is kept', async () => {
  const campaignId = await draftCampaign(admin, clerk);
  const { db } = admin.database;
  const { recipient_id } = await db
    .selectFrom('campaign_recipient')
    .select('recipient_id')
    .where('campaign_id', '=', campaignId)
    .orderBy('row_no')
    .executeTakeFirstOrThrow();
  const at = new Date();
  const tried = {
    campaign_id: campaignId,
    recipient_id,
    channel: 'call',
    state: 'ended',
    outcome: 'busy',
  } as const;
  await db
    .insertInto('campaign_attempt')
    .values({ attempt_id: `att-${campaignId}`, ...tried, reserved_at: at, ended_at: at })
    .execute();
  const { version } = await readDetail(admin, clerk, campaignId);
  expect(await ask(clerk, 'DELETE', `/campaigns/${campaignId}?version=${version}`)).toMatchObject({
    status: 409,
    body: { code: 'hasAttempts' },
  });
  expect((await ask(clerk, 'GET', `/campaigns/${campaignId}/progress`)).body).toMatchObject({
    attempts: { tried: 1, open: 0 },
    outcomes: [{ channel: 'call', outcome: 'busy', count: 1 }],
    expectedEndAt: expect.any(String),
  });
});

test('recipients are found by 宛名番号, by part of a telephone, by state, page by page', async () => {
  const campaignId = await draftCampaign(admin, clerk, {}, 70);
  const list = async (query: string) =>
    (await ask(clerk, 'GET', `/campaigns/${campaignId}/recipients?${query}`)).body;
  const first = await list('');
  expect(first).toMatchObject({ total: 70, nextCursor: '51' });
  expect(await list(`cursor=${first['nextCursor']}`)).toMatchObject({ total: 70, nextCursor: null });
  expect(await list('search=0077000007')).toMatchObject({
    total: 1,
    recipients: [{ addresseeNumber: '0077000007' }],
  });
  expect(await list(`search=${encodeURIComponent('０９０－００００－０００７')}`)).toMatchObject({
    total: 1,
  });
  expect(await list('state=done')).toMatchObject({ total: 0 });
  expect((await ask(clerk, 'GET', `/campaigns/${campaignId}/recipients?cursor=x`)).status).toBe(400);
  const sample = (await ask(clerk, 'GET', `/campaigns/${campaignId}/recipients/sample`)).body;
  expect(sample['recipients']).toHaveLength(20);
});

test('the notice names number and period and what is never asked', async () => {
  const open = await draftCampaign(admin, clerk);
  expect((await ask(clerk, 'GET', `/campaigns/${open}/notice`)).status).toBe(422);
  const campaignId = await draftCampaign(admin, clerk, { firstDay: '2027-02-01', lastDay: '2027-02-12' });
  const { body } = await ask(clerk, 'GET', `/campaigns/${campaignId}/notice`);
  const told = JSON.stringify(body);
  expect(told).toContain('0725-00-1060（見本市 納税課）');
  expect(told).toContain('令和9年2月1日から令和9年2月12日まで');
  expect(told).toContain('月・火・水・木・金曜日の9時から20時まで（祝日を除きます）');
  expect(told).toContain('ATM（現金自動預払機）の操作をお願いすることはありません。');
});

test('no log line names a telephone, a person or a value', () => {
  expect(admin.logLines.join('\n')).not.toMatch(/0900000|ミホン|住民税/);
});
