import type { ResultField, ResultMappingDraft } from '../../http/campaign-result-contract.ts';

/** Id of the mapping that is always there; staff copy it, nobody changes it. */
export const READY_MAPPING_ID = 'standard';

const value = (name: string) => ({ header: name, source: { type: 'value', name } as const });
const field = (header: string, name: ResultField) => ({
  header,
  source: { type: 'field', field: name } as const,
});

/**
 * 「標準の結果ファイル」: what a core system after 総務省's 標準仕様 needs to find the levy that a contact was about. The values have these names in the
 * list; one that the list does not have stays empty, and staff are told.
 */
export const READY_MAPPING: ResultMappingDraft = {
  name: '標準の結果ファイル',
  columns: [
    value('団体コード'),
    field('宛名番号', 'addresseeNumber'),
    { header: '税目(科目)コード', source: { type: 'value', name: '税目コード' } },
    value('賦課年度'),
    value('相当年度'),
    value('期別'),
    value('通知書番号'),
    field('接触日時', 'contactedAt'),
    field('手段', 'means'),
    field('結果コード', 'resultCode'),
    field('納付約束日', 'promisedOn'),
    field('相談希望', 'consultation'),
    field('版', 'version'),
  ],
  format: 'csv',
  encoding: 'utf8',
  bom: false,
  hasHeader: true,
  lineEnd: 'crlf',
  dates: 'hyphened',
  reader: 'coreSystem',
  codes: {},
  substitutes: {},
};

export const FIELD_LABELS: Readonly<Record<ResultField, string>> = {
  addresseeNumber: '宛名番号',
  telephone: '電話番号',
  nameKana: 'フリガナ',
  rowNo: '名簿の行',
  campaignName: '配信の名前',
  attemptId: '発信試行の番号',
  attemptNo: '何回目か',
  contactedAt: '接触日時',
  means: '手段（コード）',
  meansWords: '手段（ことば）',
  resultCode: '結果コード',
  resultWords: '結果（ことば）',
  outcomeWords: '発信の結果（ことば）',
  answeredByWords: '応答したもの',
  promisedOn: '納付約束日',
  consultation: '相談希望（1：希望する、0：それ以外）',
  version: '版（シナリオの版）',
  keys: '押されたキー',
  heardText: '電話で流れた文章',
  spokenAnswer: '話された答え',
  smsText: '送ったSMSの文面',
  smsStateWords: 'SMSの状態',
  sipCode: '回線の応答コード',
  talkSeconds: '通話の秒数',
};
