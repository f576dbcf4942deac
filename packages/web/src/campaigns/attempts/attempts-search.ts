import { AttemptListQuerySchema } from '@madoguchi/server/campaign-result-contract';
import { z } from 'zod';

/** What the attempts are cut by; lives in the address, so that it can be kept and returned to. */
export const AttemptsSearchSchema = z.object({
  channel: AttemptListQuerySchema.shape.channel.catch(undefined),
  outcome: AttemptListQuerySchema.shape.outcome.catch(undefined),
  result: AttemptListQuerySchema.shape.result.catch(undefined),
  day: AttemptListQuerySchema.shape.day.catch(undefined),
  /** Begin of a 宛名番号. */
  search: z.coerce.string().max(40).optional().catch(undefined),
});
export type AttemptsSearch = z.infer<typeof AttemptsSearchSchema>;

/** @param campaign its address in the API */
export function attemptsPath(campaign: string, search: AttemptsSearch, cursor: string | null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, cursor })) {
    if (value !== undefined && value !== null && value !== '') query.set(name, value);
  }
  const text = query.toString();
  return `${campaign}/attempts${text === '' ? '' : `?${text}`}`;
}
