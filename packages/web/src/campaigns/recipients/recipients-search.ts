import { RecipientListQuerySchema } from '@madoguchi/server/campaign-contract';
import { z } from 'zod';

/** What the recipients are cut by; lives in the address, so that it can be kept and returned to. */
export const RecipientsSearchSchema = z.object({
  /** Begin of a 宛名番号 or part of a telephone. */
  search: z.coerce.string().max(40).optional().catch(undefined),
  state: RecipientListQuerySchema.shape.state.catch(undefined),
  result: RecipientListQuerySchema.shape.result.catch(undefined),
});
export type RecipientsSearch = z.infer<typeof RecipientsSearchSchema>;

/** @param campaign its address in the API */
export function recipientsPath(campaign: string, search: RecipientsSearch, cursor: string | null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, cursor })) {
    if (value !== undefined && value !== null && value !== '') query.set(name, value);
  }
  const text = query.toString();
  return `${campaign}/recipients${text === '' ? '' : `?${text}`}`;
}
