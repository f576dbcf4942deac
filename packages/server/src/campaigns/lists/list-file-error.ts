/**
 * A file that cannot be a list as it is. `message` reaches staff: it names row and column and says what to do. `myNumber`: a column looks like マイナンバー.
 */
export class ListFileError extends Error {
  readonly code: 'listFile' | 'myNumber';
  constructor(message: string, code: 'listFile' | 'myNumber' = 'listFile') {
    super(message);
    this.name = 'ListFileError';
    this.code = code;
  }
}
