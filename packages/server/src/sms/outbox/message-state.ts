import { z } from 'zod';

/**
 * The life of a text message (SMS 送信).
 *
 * ```
 * waiting ──claimed──▶ submitting ──▶ accepted ──receipts──▶ delivered | undeliverable
 *    ▲                    │  ├──────▶ refused
 *    │                    │  └──────▶ unknown ──receipts──▶ undeliverable | delivered (every part)
 *    ├── asked to come later, not sent, partly sent,
 *    │   refused and another gateway is left ──┘
 *    └──────── policy `resendUnknown` ◀─ unknown
 * waiting ──to a keyed-in number, too many of a day──▶ refused
 * waiting ──older than `giveUpAfterMs`──▶ refused, or unknown where a gateway has some parts
 * submitting ──its owner died──▶ unknown ──the owner lives after all and has the answer──▶ accepted | refused
 * ```
 *
 * `submitting` is committed, with the gateway's name, before that gateway hears of the text, so that after a crash nothing that may have
 * been sent looks unsent. A text belongs to a gateway from then on until it is certain that this gateway has nothing of it; only then may
 * another one get it (docs/decisions/0011-failover-never-doubles.md). Only the sender's statements (sender-statements.ts and beside it) change the state.
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

/** As stored in sms_message.submitted_parts. */
export const SubmittedPartsSchema = z.array(
  z.object({ part: z.int().min(1), gatewayMessageId: z.string().nullable() }),
);

/** What the one who asked for the text is told: the gateway's answer, once it is final for now. */
export type SettledSms =
  | { readonly type: 'accepted' }
  /** `code` is the gateway's own; null where the text was given up before any gateway took it. */
  | { readonly type: 'refused'; readonly code: number | null }
  | { readonly type: 'unknown' };
