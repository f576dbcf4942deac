/** Any answer of the API but the wanted one. `message` is Japanese, for the screen; `status` is 0 where no answer came. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** The whole answer, for a screen that knows of more in it; null where none came. */
  readonly reply: unknown;

  constructor(status: number, code: string, message: string, reply: unknown = null) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.reply = reply;
  }
}

/** Nobody is signed in (any more): RFC 9110 §15.5.2. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

/** What a screen says about any error it caught. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return '画面の表示中に思わぬエラーが起きました。ページを再読み込みしてください。';
}
