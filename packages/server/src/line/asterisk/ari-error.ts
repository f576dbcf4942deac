/**
 * - `status`: the engine answered with an error status.
 * - `timeout`, `disconnected`: no answer was seen; what was asked may have been done.
 */
export type AriErrorCode = 'status' | 'timeout' | 'disconnected';

export class AriError extends Error {
  readonly code: AriErrorCode;
  /** HTTP status where `code` is `status`, else 0. */
  readonly status: number;
  /** False where the request never left. */
  readonly sent: boolean;

  constructor(code: AriErrorCode, what: string, status = 0, sent = true) {
    super(`ARI ${what}: ${code}${status === 0 ? '' : ` ${status}`}`);
    this.name = 'AriError';
    this.code = code;
    this.status = status;
    this.sent = sent;
  }
}

/** True where the engine gave no answer: what was asked for may or may not have been done. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof AriError && error.code !== 'status';
}

/** True where the engine says that the channel, bridge or playback is no longer there. */
export function isGone(error: unknown): boolean {
  return (
    error instanceof AriError && error.code === 'status' && (error.status === 404 || error.status === 409)
  );
}
