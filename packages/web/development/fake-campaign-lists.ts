import type { CampaignList, ListPreview, ListState } from '@madoguchi/server/campaign-list-contract';
import { iso } from './fake-calls.ts';
import type { CampaignRequest } from './fake-campaigns.ts';

type Answer = { readonly status: number; readonly body: unknown };

const HEADERS = [
  '宛名番号',
  '氏名カナ',
  '生年月日',
  '電話番号1',
  '電話番号2',
  '納期限',
  '未納額',
  '期別',
  '備考',
];
const SAMPLES = [
  ['0100200300', 'ミホン ハナコ', 'S30.1.2', '09000000001', '', '2026-12-28', '24300', '4', ''],
  [
    '0100200317',
    'ミホン タロウ',
    'S41.11.30',
    '0725000001',
    '09000000002',
    '2026-12-28',
    '8100',
    '4',
    '転居',
  ],
];
const PROPOSAL: NonNullable<CampaignList['proposal']> = {
  mappingId: null,
  columns: [
    { header: '宛名番号', field: 'addresseeNumber' },
    { header: '電話番号1', field: 'telephone' },
    { header: '電話番号2', field: 'telephone' },
    { header: '氏名カナ', field: 'nameKana', required: true },
    { header: '生年月日', field: 'birthDate', required: true },
    { header: '納期限', field: 'value', name: '納期限', readAs: 'date', required: true },
    { header: '未納額', field: 'value', name: '金額', readAs: 'amount', required: true },
  ],
};
const MAPPING = {
  mappingId: 'mapping-1',
  name: '国保システム 未納者一覧',
  purpose: 'recipients',
  columns: PROPOSAL.columns,
  version: 2,
  changedAt: '2026-11-20T02:00:00Z',
};

function preview(purpose: CampaignList['purpose']): ListPreview {
  const isPaid = purpose === 'paid';
  return {
    first: Array.from({ length: 20 }, (_, nth) => ({
      rowNo: nth + 2,
      addresseeNumber: String(100_200_300 + nth * 17).padStart(10, '0'),
      telephone: isPaid ? null : `090-0000-0${String(nth).padStart(3, '0')}`,
      telephoneKind: isPaid ? null : '携帯電話',
      nameKana: isPaid ? '' : 'ミホン ハナコ',
      hasBirthDate: !isPaid,
      values: isPaid
        ? [{ name: '期別', text: '4', readAs: 'number' }]
        : [
            { name: '納期限', text: '2026-12-28', readAs: 'date' },
            { name: '金額', text: String(24_300 + nth * 100), readAs: 'amount' },
          ],
      warnings:
        nth === 2 && !isPaid
          ? [
              {
                code: 'telephone',
                column: '電話番号1',
                message: '1つ目の番号は使えないため、2つ目を使います。',
              },
            ]
          : [],
    })),
    leftOut: isPaid
      ? [{ code: 'notFound', label: 'この配信にいない方', rows: 12 }]
      : [
          { code: 'telephoneMissing', label: '電話番号がない', rows: 31 },
          { code: 'nameKanaMissing', label: 'フリガナがない', rows: 9 },
          { code: 'suppressed', label: '発信止めの方', rows: 4 },
          { code: 'formula', label: '計算式のような値がある', rows: 1 },
        ],
    warnings: isPaid ? [] : [{ code: 'telephone', label: '2つ目の番号を使う', rows: 18 }],
    recipientsConcerned: isPaid ? 27 : 1_234,
  };
}

const MY_NUMBER = {
  code: 'myNumber',
  message:
    '「個人番号」の列に、マイナンバーと思われる12桁の番号があります。マイナンバーは使えません。この列を除いたファイルを作り直してください。',
};

/** Stands in for the routes of lists. A file goes its whole way; one with マイナンバー in its name is refused. */
export function fakeCampaignLists(): (asked: CampaignRequest) => Answer | null {
  const lists = new Map<string, CampaignList>();
  const set = (list: CampaignList, state: ListState, change: Partial<CampaignList> = {}): CampaignList => {
    const next = { ...list, state, ...change };
    lists.set(list.listId, next);
    return next;
  };
  /** It is read between two looks. */
  const look = (list: CampaignList): CampaignList => {
    if (list.state !== 'reading') return list;
    const percent = Math.min(100, list.percent + 45);
    const counts = { rows: percent * 13, usable: percent * 12, leftOut: 45, warned: 18 };
    return set(list, percent === 100 ? 'checked' : 'reading', { percent, counts });
  };
  return ({ method, path, query, now, body }) => {
    const ok = (reply: unknown): Answer => ({ status: 200, body: reply });
    if (path === '/api/list-mappings')
      return method === 'GET'
        ? ok({ mappings: [MAPPING] })
        : {
            status: 201,
            body: { ...MAPPING, mappingId: 'mapping-2', version: 1, name: String(body['name']) },
          };
    if (path.startsWith('/api/list-mappings/')) return ok({ ...MAPPING, version: 3 });
    const [, campaignId] = /^\/api\/campaigns\/([^/]+)\/lists$/.exec(path) ?? [];
    if (campaignId !== undefined && method === 'GET')
      return ok({
        lists: [...lists.values()]
          .filter((list) => list.campaignId === campaignId)
          .map(look)
          .toReversed(),
      });
    if (campaignId !== undefined) {
      const fileName = query.get('fileName') ?? '';
      if (fileName.includes('マイナンバー')) return { status: 422, body: MY_NUMBER };
      const list: CampaignList = {
        listId: `list-${lists.size}`,
        campaignId,
        purpose: query.get('purpose') === 'paid' ? 'paid' : 'recipients',
        fileName,
        kind: fileName.endsWith('.xlsx') ? 'xlsx' : 'csv',
        encoding: fileName.endsWith('.xlsx') ? null : 'cp932',
        state: 'uploaded',
        problem: null,
        fileBytes: 120_000,
        headers: HEADERS,
        samples: SAMPLES,
        proposal: PROPOSAL,
        columns: null,
        percent: 0,
        bytesRead: 0,
        counts: { rows: 0, usable: 0, leftOut: 0, warned: 0 },
        sentAt: iso(now),
        sentBy: '見本 花子',
        acceptedAt: null,
      };
      lists.set(list.listId, list);
      return { status: 201, body: list };
    }
    const [, listId = '', what] = /^\/api\/campaign-lists\/([^/]+)\/?(.*)$/.exec(path) ?? [];
    const list = lists.get(listId);
    if (list === undefined || what === undefined) return null;
    if (what === 'read') return { status: 202, body: set(list, 'reading', { columns: PROPOSAL.columns }) };
    if (what === 'accept') return ok(set(list, 'accepted', { acceptedAt: iso(now) }));
    if (what === 'cancel') return ok(set(list, 'cancelled'));
    if (what === 'preview') return ok(preview(list.purpose));
    if (what === 'rows')
      return ok({
        rows: [4, 19, 260].map((rowNo) => ({
          rowNo,
          addresseeNumber: String(100_200_300 + rowNo),
          problems: [{ code: 'telephoneMissing', column: '電話番号1', message: '電話番号がありません。' }],
        })),
        next: null,
      });
    return null;
  };
}
