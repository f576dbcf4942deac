import type { ResultExport } from '@madoguchi/server/campaign-result-contract';

export const FILES: Readonly<Record<ResultExport['files'][number]['kind'], string>> = {
  data: '結果ファイル',
  codes: 'コード表',
  manifest: '目録',
};

export const DELIVERIES: Readonly<Record<ResultExport['deliveries'][number]['kind'], string>> = {
  download: 'この画面から取り出しました',
  dropFolder: '受け渡しフォルダに置きました',
  handedOver: '送付票を付けて手渡しました',
};
