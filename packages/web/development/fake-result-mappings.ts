import {
  type ResultMapping,
  type ResultMappingDraft,
  ResultMappingDraftSchema,
  type ResultMappingList,
  type ResultPreview,
  type ResultSources,
} from '@madoguchi/server/campaign-result-contract';
import { z } from 'zod';
import { iso } from './fake-calls.ts';
import type { CampaignRequest } from './fake-campaigns.ts';

const BodySchema = z.object({ draft: ResultMappingDraftSchema, version: z.int().optional() });

const value = (header: string) => ({ header, source: { type: 'value', name: header } as const });
const READY: ResultMappingDraft = ResultMappingDraftSchema.parse({
  name: '標準の結果ファイル',
  columns: [
    value('団体コード'),
    { header: '宛名番号', source: { type: 'field', field: 'addresseeNumber' } },
    value('税目コード'),
    value('期別'),
    { header: '接触日時', source: { type: 'field', field: 'contactedAt' } },
    { header: '結果コード', source: { type: 'field', field: 'resultCode' } },
    { header: '納付約束日', source: { type: 'field', field: 'promisedOn' } },
  ],
});
const OWN: ResultMappingDraft = {
  ...READY,
  name: '国保システム 接触記録',
  columns: [
    { header: '宛名番号', source: { type: 'field', field: 'addresseeNumber' } },
    { header: '氏名', source: { type: 'original', column: 2 } },
    value('期別'),
    { header: '業務区分', source: { type: 'constant', text: '05' } },
    { header: '結果', source: { type: 'field', field: 'resultCode' } },
  ],
  encoding: 'cp932',
  codes: { '10': 'P1' },
  substitutes: { 𠮷: '吉' },
};

const SOURCES: ResultSources = {
  values: ['期別', '税目コード', '団体コード', '未納額'],
  columns: ['宛名番号', '氏名', 'カナ氏名', '電話番号1', '期別'],
};

function mapping(nth: number, now: number): ResultMapping {
  return {
    mappingId: nth === 0 ? 'standard' : `mapping-${nth}`,
    isReady: nth === 0,
    version: nth === 0 ? 1 : 3,
    draft: nth === 0 ? READY : { ...OWN, name: `${OWN.name}${nth === 1 ? '' : ` ${nth}`}` },
    changedAt: nth === 0 ? null : iso(now - nth * 86_400_000),
    changedBy: nth === 0 ? null : '見本 花子',
  };
}

function list(amount: CampaignRequest['amount'], now: number): ResultMappingList {
  const count = { none: 1, few: 2, many: 15 }[amount];
  return {
    mappings: Array.from({ length: count }, (_, nth) => mapping(nth, now)),
    fields: [
      { field: 'addresseeNumber', label: '宛名番号' },
      { field: 'contactedAt', label: '接触日時' },
      { field: 'resultCode', label: '結果コード' },
      { field: 'promisedOn', label: '納付約束日' },
      { field: 'heardText', label: '電話で流れた文章' },
    ],
    codes: [
      { kind: 'means', code: '1', label: '電話' },
      { kind: 'means', code: '2', label: 'SMS' },
      { kind: 'result', code: '10', label: '納付約束' },
      { kind: 'result', code: '11', label: '納付済み' },
      { kind: 'result', code: '41', label: '応答なし' },
    ],
  };
}

/** Rows whose cells say of which column they are. */
function preview({ columns }: ResultMappingDraft, amount: CampaignRequest['amount']): ResultPreview {
  const rows = amount === 'none' ? 0 : 5;
  const cell = ({ source }: ResultMappingDraft['columns'][number], row: number) => {
    switch (source.type) {
      case 'constant':
        return source.text;
      case 'field':
        return source.field === 'addresseeNumber' ? String(100_200_300 + row * 17).padStart(10, '0') : '10';
      case 'value':
        return source.name === '期別' ? '4' : '272191';
      case 'original':
        return SOURCES.columns[source.column - 1] === '氏名' ? `見本 花子${row}` : '例';
    }
  };
  return {
    headers: columns.map(({ header }) => header),
    firstRows: Array.from({ length: rows }, (_, row) => columns.map((column) => cell(column, row))),
    notes: {
      rows,
      substitutions: [],
      substitutionCount: 0,
      formulaLike: [],
      formulaLikeCount: 0,
      emptyColumns: [],
    },
  };
}

const REFUSALS = {
  taken: { code: 'nameTaken', message: '同じ名前の様式があります。別の名前を付けてください。' },
  gone: { code: 'mappingNotFound', message: 'この様式は見つかりません。すでに削除されています。' },
  behind: { code: 'changedMeanwhile', message: 'ほかの職員が先に内容を変更しました。' },
};

/** Stands in for the routes of 様式. Null: the path is none of theirs. */
export function answerResultMappings({ method, path, body, amount, now }: CampaignRequest): {
  readonly status: number;
  readonly body: unknown;
} | null {
  const ok = (reply: unknown) => ({ status: 200, body: reply });
  if (path.endsWith('/result-sources')) return ok(SOURCES);
  if (path.endsWith('/result-mapping-previews')) return ok(preview(BodySchema.parse(body).draft, amount));
  if (!path.startsWith('/api/result-mappings')) return null;
  if (method === 'GET') return ok(list(amount, now));
  if (method === 'DELETE') return ok({ done: true });
  const { draft } = BodySchema.parse(body);
  if (draft.name === READY.name) return { status: 409, body: REFUSALS.taken };
  if (draft.name === 'ほかの人') return { status: 409, body: REFUSALS.behind };
  if (draft.name === '消えた様式' && method === 'PUT') return { status: 404, body: REFUSALS.gone };
  return { status: method === 'POST' ? 201 : 200, body: { mappingId: 'mapping-1', version: 4 } };
}
