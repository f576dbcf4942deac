import type { NumberKind } from '@madoguchi/flow';

/** Kinds of numbers in staff's words. */
export const NUMBER_KINDS: Readonly<Record<NumberKind, string>> = {
  mobile: '携帯電話',
  landline: '固定電話',
  ipPhone: 'IP電話（050）',
  tollFree: 'フリーダイヤル',
  unified: 'ナビダイヤル（0570）',
  premium: '有料情報サービス（0990）',
  machine: '機器専用の番号（020）',
  special: '特別な番号（1から始まる3桁など）',
  invalid: '国内の番号ではありません',
};
