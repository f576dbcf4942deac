import type { Database } from '../../database/index.ts';
import type { DueRecipient } from './due-recipients.ts';
import type { DialledCampaign } from './running-campaigns.ts';

export type Reservable =
  | {
      readonly allowed: true;
      /** The most that the attempt may cost, set aside for the department; '' : the whole city. */
      readonly reservedSen: number;
      readonly department: string;
      /** Who of the others may not be reached now, by recipient: looked at again from then on (ms since the epoch). */
      readonly without?: ReadonlyMap<number, number>;
    }
  /** The recipient is looked at again from then on (ms since the epoch). */
  | { readonly allowed: false; readonly againAtMs: number };

/** What others say before a person is called (caps, suppression, budget), and what they are told afterwards. */
export type DiallingRules = {
  /** In the transaction that reserves the attempt. The others are those who may be on the line of the same call, which is one call. */
  mayReserve(
    trx: Database,
    campaign: DialledCampaign,
    people: { readonly recipient: DueRecipient; readonly others: readonly DueRecipient[] },
    nowMs: number,
  ): Promise<Reservable>;
  /** In the transaction that writes the end of an attempt. */
  ended(trx: Database, attemptId: string): Promise<void>;
};

/** Nobody objects. */
export const noRules: DiallingRules = {
  mayReserve: () => Promise.resolve({ allowed: true, reservedSen: 0, department: '' }),
  ended: () => Promise.resolve(),
};
