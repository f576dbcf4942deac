import type { ResultPreview } from '../../http/campaign-result-contract.ts';
import { codePointsOf, type Replaced } from './format/substitutes.ts';

export type FileNotes = ResultPreview['notes'];

/** What is listed one by one; the rest is counted. */
const LISTED = 500;

/** Gathers what there is to say of a file while its rows go by. */
export class NotesOfFile {
  readonly #headers: readonly string[];
  readonly #firstRow: number;
  readonly #filled: boolean[];
  readonly #substitutions: FileNotes['substitutions'] = [];
  readonly #formulaLike: FileNotes['formulaLike'] = [];
  #rows = 0;
  #substitutionCount = 0;
  #formulaLikeCount = 0;

  constructor(headers: readonly string[], hasHeader: boolean) {
    this.#headers = headers;
    this.#firstRow = hasHeader ? 2 : 1;
    this.#filled = headers.map(() => false);
  }

  /** Row that is being written, as a spreadsheet counts. */
  get #row(): number {
    return this.#firstRow + this.#rows;
  }

  cell(column: number, text: string): void {
    if (text !== '') this.#filled[column] = true;
  }

  /** In the header or a row, `null`: the header. */
  replaced(column: number, replaced: readonly Replaced[], { inHeader = false } = {}): void {
    for (const { character, substitute } of replaced) {
      this.#substitutionCount += 1;
      if (this.#substitutions.length >= LISTED) continue;
      this.#substitutions.push({
        row: inHeader ? 1 : this.#row,
        column: this.#headers[column] ?? '',
        character,
        code: codePointsOf(character),
        substitute,
      });
    }
  }

  formulaLike(column: number): void {
    this.#formulaLikeCount += 1;
    if (this.#formulaLike.length < LISTED)
      this.#formulaLike.push({ row: this.#row, column: this.#headers[column] ?? '' });
  }

  rowIsOver(): void {
    this.#rows += 1;
  }

  notes(): FileNotes {
    return {
      rows: this.#rows,
      substitutions: this.#substitutions,
      substitutionCount: this.#substitutionCount,
      formulaLike: this.#formulaLike,
      formulaLikeCount: this.#formulaLikeCount,
      emptyColumns: this.#rows === 0 ? [] : this.#headers.filter((_, column) => !this.#filled[column]),
    };
  }
}
