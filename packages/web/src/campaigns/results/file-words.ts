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

type Shape = Pick<ResultMappingDraft, 'format' | 'encoding'>;

/** 'CSV、Shift_JIS' */
export function shapeShown({ format, encoding }: Shape): string {
  return format === 'xlsx' ? 'Excel' : encoding === 'cp932' ? 'CSV、Shift_JIS' : 'CSV、UTF-8';
}

/** '標準の結果ファイル（CSV、UTF-8）' */
export function mappingShown({ name, ...shape }: Shape & Pick<ResultMappingDraft, 'name'>): string {
  return `${name}（${shapeShown(shape)}）`;
}
