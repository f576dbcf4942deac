import type { Database } from '../../database/index.ts';
import type { DueRecipient } from './due-recipients.ts';
import type { DialledCampaign } from './running-campaigns.ts';

export type Reservable =
  /** `reservedSen`: the most that the attempt may cost, set aside for the department; '' : the whole city. */
  | { readonly allowed: true; readonly reservedSen: number; readonly department: string }
  /** Looked at again from then on (ms since the epoch). */
  | { readonly allowed: false; readonly againAtMs: number };

/** What others say before a person is called (caps, suppression, budget), and what they are told afterwards. */
export type DiallingRules = {
  /** In the transaction that reserves the attempt. */
  mayReserve(
    trx: Database,
    campaign: DialledCampaign,
    recipient: DueRecipient,
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
