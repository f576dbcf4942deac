import type { ResultExport, ResultMappingDraft } from '@madoguchi/server/campaign-result-contract';

export const FILES: Readonly<Record<ResultExport['files'][number]['kind'], string>> = {
  data: '結果ファイル',
  codes: 'コード表',
  manifest: '目録',
};

export const DELIVERIES: Readonly<Record<ResultExport['deliveries'][number]['kind'], string>> = {
  download: 'この画面から取り出しました',
  dropFolder: '受け渡しフォルダーに置きました',
  handedOver: '送付票を付けて手渡しました',
  coreSystem: '基幹システムが取り出しました',
};

/** '標準の結果ファイル（CSV、UTF-8）' */
export function mappingShown({
  name,
  format,
  encoding,
}: Pick<ResultMappingDraft, 'name' | 'format' | 'encoding'>): string {
  return `${name}（${format === 'xlsx' ? 'Excel' : encoding === 'cp932' ? 'CSV、Shift_JIS' : 'CSV、UTF-8'}）`;
}
