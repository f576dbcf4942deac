export type RestartPolicy = {
  /** Wait before the second restart in a row; the first is immediate. Doubles from then on. */
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
  /** A life this long counts as healthy: the next restart is immediate again. */
  readonly resetAfterMs: number;
};

export const DEFAULT_RESTART: RestartPolicy = { minDelayMs: 250, maxDelayMs: 15_000, resetAfterMs: 30_000 };

/** What a caller waits for: even one that dies again and again is back within the 5 s in which the next call must be answered. */
export const TELEPHONE_RESTART: RestartPolicy = { minDelayMs: 250, maxDelayMs: 2_000, resetAfterMs: 10_000 };

/** How long to wait before a restart, after so many restarts in a row without a healthy life between. */
export function restartDelayMs(policy: RestartPolicy, restartsInARow: number): number {
  if (restartsInARow === 0) return 0;
  return Math.min(policy.maxDelayMs, policy.minDelayMs * 2 ** (restartsInARow - 1));
}
