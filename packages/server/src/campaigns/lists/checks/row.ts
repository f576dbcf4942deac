import type { NumberKind, ReadAs } from '@madoguchi/flow';
import type { RowProblem } from '../../../http/campaign-list-contract.ts';

/** A row of a file: its number as a spreadsheet counts them, its cells as they are. */
export type ListRow = { readonly rowNo: number; readonly cells: readonly string[] };

export type RowValues = Readonly<Record<string, { readonly text: string; readonly readAs: ReadAs }>>;

/** A row after it was looked at. With `leftOut` the problems say why, otherwise what staff should know. */
export type CheckedRow = {
  readonly rowNo: number;
  readonly leftOut: boolean;
  readonly problems: readonly RowProblem[];
  /** 宛名番号 with leading zeros, in half-width letters. */
  readonly addresseeNumber: string;
  /** National digits; '' where there is none. */
  readonly telephone: string;
  readonly telephoneKind: NumberKind;
  readonly nameKana: string;
  /** 'YYYY-MM-DD' */
  readonly birthDate: string | null;
  readonly values: RowValues;
  readonly original: readonly string[];
};
