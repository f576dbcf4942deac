/** What a number asks of a new version. */
export type NumberRule = {
  readonly state: 'preparing' | 'test' | 'live' | 'stopped';
  readonly approvalSteps: number;
  /** Who set the number of steps last. */
  readonly approvalSetBy: string | null;
};

/**
 * Decisions 決裁 that a proposal for these numbers needs. Numbers that serve nobody yet need none. A drafter who waived the approval of a live
 * number needs one all the same: nobody lets himself off.
 */
export function stepsWanted(numbers: readonly NumberRule[], drafter: string): number {
  return Math.max(
    0,
    ...numbers.map(({ state, approvalSteps, approvalSetBy }) => {
      if (state !== 'live') return 0;
      return approvalSetBy === drafter ? Math.max(1, approvalSteps) : approvalSteps;
    }),
  );
}
