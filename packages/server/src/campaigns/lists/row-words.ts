import type { RowProblemCode } from '../../http/campaign-list-contract.ts';

/** Each problem as a heading over the rows that have it. */
export const PROBLEM_LABELS: Readonly<Record<RowProblemCode, string>> = {
  addresseeNumber: '宛名番号がない、または読み取れない',
  telephoneMissing: '電話番号がない',
  telephone: '発信できる電話番号ではない',
  nameKanaMissing: 'フリガナがない',
  nameKana: 'フリガナが、かなではない',
  birthDateMissing: '生年月日がない',
  birthDate: '生年月日を読み取れない',
  valueMissing: '必要な値がない',
  value: '値を読み取れない',
  formula: '計算式のような値がある',
  duplicate: '同じ宛名番号・期別の行がある',
  suppressed: '発信止めに登録されている',
  cells: '列の数が合わない',
  notFound: 'この配信の配信先に見つからない',
  settled: 'すでに済み、または取りやめている',
};
