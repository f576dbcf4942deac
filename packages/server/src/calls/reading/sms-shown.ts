import type { SmsShown } from '../../http/contract.ts';
import type { SmsRecord } from '../../sms/index.ts';
import { showNumber } from './show-number.ts';

/** A text as the admin page shows it. `settledAt`: since when nothing more is awaited of the gateway, or of the telephone. */
export function smsShown(record: SmsRecord): SmsShown {
  return {
    id: record.id,
    to: record.to,
    toShown: showNumber(record.to),
    text: record.text,
    state: record.state,
    parts: record.parts,
    costYen: record.costYen,
    createdAt: record.createdAt.toISOString(),
    settledAt: (record.finishedAt ?? record.settledAt)?.toISOString() ?? null,
  };
}
