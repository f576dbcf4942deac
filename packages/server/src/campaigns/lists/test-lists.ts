import { rm } from 'node:fs/promises';
import { expect } from 'vitest';
import {
  CampaignListSchema,
  type ColumnMapping,
  ListPreviewSchema,
} from '../../http/campaign-list-contract.ts';
import { TEST_ORIGIN, type TestAdminServer } from '../../http/test-admin-server.ts';

/** Columns of the lists in tests. */
export const HEADER = '宛名番号,氏名,フリガナ,生年月日,電話番号,税目,期別,納期限,金額,備考';
export const COLUMNS: ColumnMapping[] = [
  { header: '宛名番号', field: 'addresseeNumber' },
  { header: 'フリガナ', field: 'nameKana', required: true },
  { header: '生年月日', field: 'birthDate', required: true },
  { header: '電話番号', field: 'telephone' },
  { header: '税目', field: 'value', name: '税目', readAs: 'text', required: true },
  { header: '期別', field: 'value', name: '期別', readAs: 'text', required: true },
  { header: '納期限', field: 'value', name: '納期限', readAs: 'date', required: true },
  { header: '金額', field: 'value', name: '金額', readAs: 'amount', required: true },
];
/** A row of them. */
export const line = (
  nth: number,
  changes: { phone?: string; kana?: string; period?: string; note?: string } = {},
) =>
  [
    String(nth).padStart(10, '0'),
    `納税\uE000${nth}`,
    changes.kana ?? 'ノウゼイ タロウ',
    '19550102',
    changes.phone ?? `0900000${String(nth % 10_000).padStart(4, '0')}`,
    '固定資産税',
    changes.period ?? '4',
    'R9.2.28',
    '12500',
    changes.note ?? '',
  ].join(',');

/** A clerk who works on the lists of campaign `c1` over HTTP: for tests only. */
export async function openListDesk(admin: TestAdminServer) {
  const { db } = admin.database;
  /** Everything as if nobody had sent a list yet. */
  async function reset(): Promise<void> {
    for (const table of ['campaign', 'campaign_list_row', 'list_mapping'] as const)
      await db.deleteFrom(table).execute();
    await rm(admin.listsDir, { recursive: true, force: true });
    const at = new Date();
    const by = { created_at: at, created_by: 'x', changed_at: at, changed_by: 'x' };
    await db
      .insertInto('campaign')
      .values({ campaign_id: 'c1', name: '固定資産税 第4期', kind: 'paymentDemand', settings: '{}', ...by })
      .execute();
  }
  await reset();
  let { cookie } = await admin.enter('staff');

  async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: object) {
    const reply = await admin.server.inject({
      method,
      url,
      headers: { origin: TEST_ORIGIN, cookie },
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: reply.statusCode, body: reply.body, json: (): unknown => JSON.parse(reply.body) };
  }
  async function send(content: Buffer | string, purpose: 'recipients' | 'paid' = 'recipients', as = cookie) {
    const reply = await admin.server.inject({
      method: 'POST',
      url: `/api/campaigns/c1/lists?purpose=${purpose}&fileName=${encodeURIComponent('名簿.csv')}`,
      headers: { origin: TEST_ORIGIN, cookie: as, 'content-type': 'application/octet-stream' },
      payload: Buffer.from(content),
    });
    return { status: reply.statusCode, json: (): unknown => JSON.parse(reply.body) };
  }
  const look = async (listId: string) =>
    CampaignListSchema.parse((await ask('GET', `/api/campaign-lists/${listId}`)).json());
  async function ended(listId: string) {
    await expect
      .poll(async () => (await look(listId)).state, { timeout: 30_000, interval: 20 })
      .not.toBe('reading');
    return await look(listId);
  }
  /** Sends a file and begins to read it. */
  async function begin(
    content: Buffer | string,
    purpose: 'recipients' | 'paid' = 'recipients',
    columns = COLUMNS,
  ) {
    const sent = await send(content, purpose);
    expect(sent.status).toBe(201);
    const { listId } = CampaignListSchema.parse(sent.json());
    expect((await ask('POST', `/api/campaign-lists/${listId}/read`, { columns })).status).toBe(202);
    return listId;
  }

  return {
    reset,
    ask,
    send,
    look,
    ended,
    begin,
    /** Another session, after hours in which the first one ended. */
    async enterAgain() {
      ({ cookie } = await admin.enter('chief'));
    },
    /** Sends a file and reads it to its end. */
    readFile: async (...file: Parameters<typeof begin>) => await ended(await begin(...file)),
    recipients: () => db.selectFrom('campaign_recipient').selectAll().orderBy('row_no').execute(),
    async preview(listId: string) {
      const reply = await ask('GET', `/api/campaign-lists/${listId}/preview`);
      expect(reply.status).toBe(200);
      return ListPreviewSchema.parse(reply.json());
    },
  };
}

export type ListDesk = Awaited<ReturnType<typeof openListDesk>>;
