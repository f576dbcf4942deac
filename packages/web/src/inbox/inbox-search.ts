import { z } from 'zod';

/** What the inbox is cut by; lives in the address, so that it can be kept and returned to. */
export const InboxSearchSchema = z.object({
  /** Without it: all that is not done. */
  state: z.enum(['open', 'inProgress', 'done']).optional().catch(undefined),
  /** Number that the citizen called, national digits. */
  phoneNumber: z.coerce.string().optional().catch(undefined),
  /** Part of the number to call back: digits. */
  number: z.coerce.string().optional().catch(undefined),
  mine: z.boolean().optional().catch(undefined),
  overdue: z.boolean().optional().catch(undefined),
});
export type InboxSearch = z.infer<typeof InboxSearchSchema>;

/** GET /api/inbox with what is asked for. */
export function inboxPath(search: InboxSearch, cursor: string | null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, cursor })) {
    if (value !== undefined && value !== null && value !== '' && value !== false)
      query.set(name, String(value));
  }
  const text = query.toString();
  return text === '' ? '/api/inbox' : `/api/inbox?${text}`;
}
