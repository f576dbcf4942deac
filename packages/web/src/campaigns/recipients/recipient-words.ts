import type { Recipient } from '@madoguchi/server/campaign-contract';
import { momentShown } from '../../words/japanese-time.ts';
import { dayWords, RESULTS, SETTLED } from '../campaign-words.ts';

const CHANNEL = { call: '電話', sms: 'SMS' } as const;

/** When the person is called or written to next. */
export function nextWords({ state, nextChannel, nextAt }: Recipient): string {
  if (state === 'inProgress') return 'いま発信中';
  if (state !== 'waiting') return 'ありません';
  const by = CHANNEL[nextChannel];
  return nextAt === null ? `${by}（順番待ち）` : `${by}　${momentShown(nextAt)}以降`;
}

/** What came of it: what the person said, else why nobody calls any more. */
export function resultWords({ result, promisedOn, settledReason }: Recipient): string {
  if (result !== null)
    return promisedOn === null ? RESULTS[result] : `${RESULTS[result]}（${dayWords(promisedOn)}）`;
  return settledReason === null ? '' : SETTLED[settledReason];
}
