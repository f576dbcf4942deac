import type { Database } from '../../database/index.ts';

export type TextToReserve = {
  readonly campaignId: string;
  readonly recipientId: number;
  readonly personKey: Buffer;
  readonly telephoneKey: Buffer;
  /** With the recipient's values. */
  readonly text: string;
  /** Ms since the epoch. */
  readonly nowMs: number;
};

export type Reservable =
  /** `reservedSen`: the most that the text may cost, set aside for the department; '' : the whole city. */
  | { readonly allowed: true; readonly reservedSen: number; readonly department: string }
  /** Looked at again from then on (ms since the epoch). */
  | { readonly allowed: false; readonly againAtMs: number };

/** What others say before a person is written to (caps, suppression, budget), and what they are told afterwards. */
export type TextingRules = {
  /** In the transaction that reserves the attempt. */
  mayReserve(trx: Database, order: TextToReserve): Promise<Reservable>;
  /** In the transaction that writes the end of an attempt. */
  ended(trx: Database, attemptId: string): Promise<void>;
};

/** Nobody objects. */
export const noTextingRules: TextingRules = {
  mayReserve: () => Promise.resolve({ allowed: true, reservedSen: 0, department: '' }),
  ended: () => Promise.resolve(),
};
