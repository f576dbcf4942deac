import type { Action, CallContext, CallEvent, RunnableFlow } from '@madoguchi/flow';

/** How an answered attempt goes on: what its citizen hears, and what event 0 says of it. */
export type CampaignCall = {
  readonly bundle: RunnableFlow;
  /** With `placed`. */
  readonly context: Omit<CallContext, 'callId' | 'beganAt'>;
};

/** `person` only where it might have been another. */
export type Identified = Pick<Extract<CallEvent, { type: 'identitySaid' }>, 'matches' | 'person'>;

/** What the conversations ask of whoever places calls for campaigns. */
export type CampaignCalls = {
  /** Reads what a former process of this machine left. @throws where PostgreSQL does not answer */
  load(): Promise<void>;
  /** Never waits: the citizen says もしもし already. Null where nobody knows of the attempt: it is hung up. */
  callOf(attemptId: string): CampaignCall | null;
  /**
   * Whose birthday was keyed in, of those for whom the call is placed. Without a birth date it is nobody's, and one that two people have
   * tells neither from the other.
   */
  whoIs(attemptId: string, check: Extract<Action, { type: 'checkIdentity' }>): Identified;
  /** The citizen pressed a key: a person is there. */
  keyPressed(attemptId: string): void;
  /** The conversation is over, and its last event appended. */
  over(attemptId: string): void;
};

/** A house without campaigns. */
export const noCampaignCalls: CampaignCalls = {
  load: () => Promise.resolve(),
  callOf: () => null,
  whoIs: () => ({ matches: false }),
  keyPressed: () => undefined,
  over: () => undefined,
};
