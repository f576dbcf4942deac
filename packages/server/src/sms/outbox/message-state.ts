import { z } from 'zod';

/**
 * The life of a text message (SMS 送信).
 *
 * ```
 * waiting ──claimed──▶ submitting ──▶ accepted ──receipts──▶ delivered | undeliverable
 *    ▲                    │  ├──────▶ refused
 *    ├── asked to come    │  └──────▶ unknown ──a part's receipt──▶ undeliverable
 *    │   later, not sent ─┘              │
 *    └──────── policy `resendUnknown` ───┘
 * waiting ──older than `giveUpAfterMs`──▶ refused
 * submitting ──its owner died──▶ unknown ──the owner lives after all and has the answer──▶ accepted | refused
 * ```
 *
 * `submitting` is committed before the gateway hears of the text, so that after a crash nothing that may have been sent looks
 * unsent. Only the sender's statements (sms/outbox/sender-statements.ts) change the state.
 */
export const SmsStateSchema = z.enum([
  'waiting',
  'submitting',
  'accepted',
  'refused',
  'unknown',
  'delivered',
  'undeliverable',
]);
export type SmsState = z.infer<typeof SmsStateSchema>;

/** What the one who asked for the text is told: the gateway's answer, once it is final for now. */
export type SettledSms =
  | { readonly type: 'accepted' }
  /** `code` is the gateway's command_status; null where the text was given up before any gateway took it. */
  | { readonly type: 'refused'; readonly code: number | null }
  | { readonly type: 'unknown' };
