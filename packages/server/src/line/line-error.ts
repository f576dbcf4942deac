/**
 * - `callGone`: the call has ended; its end is or was reported as an event.
 * - `engineAway`: not handed over, the engine is not there. `reconnected` or `engineBack` follows.
 * - `outcomeUnknown`: handed over, no reply seen before the connection was lost. `reconnected` or `engineBack` follows.
 * - `unanswered`: handed over, no reply in time; the connection stands.
 * - `refused`: the engine said no.
 */
export type LineErrorCode = 'callGone' | 'engineAway' | 'outcomeUnknown' | 'unanswered' | 'refused';

/** What a command of the line may throw. Its message names no number and no path. */
export class LineError extends Error {
  readonly code: LineErrorCode;

  constructor(code: LineErrorCode, what: string, cause?: unknown) {
    super(`${what}: ${code}`, cause === undefined ? undefined : { cause });
    this.name = 'LineError';
    this.code = code;
  }
}
