/** What a call needs to switch emergency announcements 緊急アナウンス. Rejects where PostgreSQL is away: then nobody knows whether it was done. */
export interface TelephoneSwitching {
  /** Looks at a 担当者番号 and PIN, and counts what is wrong. */
  enter(call: SwitchingCall, entry: TelephoneEntry): Promise<Entered>;
  /** All that are prepared, by name. */
  messages(): Promise<readonly SwitchableMessage[]>;
  /** Lets the next caller hear it. `refused`: it was changed, switched or removed meanwhile, its sound is missing, or the person may not any more. */
  switchOn(call: SwitchingCall, deed: SwitchingDeed, endsAt: Date): Promise<Switched>;
  /** Done also where it was off already. */
  switchOff(call: SwitchingCall, deed: SwitchingDeed): Promise<Switched>;
}

export type SwitchingCall = {
  readonly callId: string;
  /** National digits; null where withheld. */
  readonly callerNumber: string | null;
};

/** What was keyed in: nobody's business, in no log and no error. */
export type TelephoneEntry = { readonly staffNumber: string; readonly pin: string };

export type Entered =
  | { readonly type: 'entered'; readonly person: string }
  /** Number or PIN is wrong, or the person may not: the caller is not told which. */
  | { readonly type: 'wrong' }
  /** Too many calls have failed: nobody gets in for some time. */
  | { readonly type: 'closed' };

export type SwitchableMessage = {
  readonly messageId: string;
  readonly name: string;
  /** The one that was seen. */
  readonly version: number;
  /** Names of the numbers that it is for; null: all. */
  readonly numberNames: readonly string[] | null;
  /** Until when it is on; null: it is off. */
  readonly onUntil: Date | null;
};

export type SwitchingDeed = { readonly person: string; readonly messageId: string; readonly version: number };

export type Switched = 'done' | 'refused';
