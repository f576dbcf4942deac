import type { Action, CallContext, CallEvent, RunnableFlow } from '@madoguchi/flow';

/** How an answered attempt goes on: what its citizen hears, and what event 0 says of it. */
export type CampaignCall = {
  readonly bundle: RunnableFlow;
  /** With `placed`. */
  readonly context: Omit<CallContext, 'callId' | 'beganAt'>;
};

/** A call to one of the city's numbers. */
export type ReceivedCall = {
  readonly callId: string;
  readonly phoneNumber: string;
  /** National digits, as shown or keyed in. Who it is that calls nobody knows by it. */
  readonly telephone: string | null;
  readonly sipCallId: string | null;
};

/** 折り返し: what one who calls back hears in place of the number's own flow, and what event 0 says of it. */
export type CallBack = {
  readonly bundle: RunnableFlow;
  readonly bundleId: string;
  readonly placed: NonNullable<CallContext['placed']>;
};

/** `person` only where it might have been another. */
export type Identified = Pick<Extract<CallEvent, { type: 'identitySaid' }>, 'matches' | 'person'>;

/** What the conversations ask of whoever places calls for campaigns. */
export type CampaignCalls = {
  /** Reads what a former process of this machine left, and which numbers may be called back. @throws where PostgreSQL does not answer */
  load(): Promise<void>;
  /** Never waits: the citizen says もしもし already. Null where nobody knows of the attempt: it is hung up. */
  callOf(attemptId: string): CampaignCall | null;
  /**
   * Whose birthday was keyed in, of those for whom the call is placed. Without a birth date it is nobody's, and one that two people have
   * tells neither from the other.
   */
  whoIs(attemptId: string, check: Extract<Action, { type: 'checkIdentity' }>): Identified;
  /** Whether somebody may call this number back now; asked of every call, so it never waits. */
  expectsCallBacks(phoneNumber: string): boolean;
  /**
   * Takes a received call for a call-back where its telephone is one that the city has called lately; null: it is a call like any other.
   * A call without a telephone is one only where a former process took it for one. Answers within about a second, and never rejects.
   */
  calledBack(call: ReceivedCall): Promise<CallBack | null>;
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
  expectsCallBacks: () => false,
  calledBack: () => Promise.resolve(null),
  keyPressed: () => undefined,
  over: () => undefined,
};
