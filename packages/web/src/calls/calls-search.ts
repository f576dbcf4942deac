import { z } from 'zod';

/** What the call list is searched by; lives in the address, so that a search can be kept, shared and returned to. */
export const CallsSearchSchema = z.object({
  /** Part of the caller number: digits. */
  number: z.coerce.string().optional().catch(undefined),
  /** Called number, national digits. */
  phoneNumber: z.coerce.string().optional().catch(undefined),
  /** Japanese days, both included. */
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  outcome: z.string().optional().catch(undefined),
});
export type CallsSearch = z.infer<typeof CallsSearchSchema>;

/** GET /api/calls with what is asked for. */
export function callsPath(search: CallsSearch, cursor: string | null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...search, cursor })) {
    if (value !== undefined && value !== null && value !== '') query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? '/api/calls' : `/api/calls?${text}`;
}

/** Digits of what staff typed, in whatever width and with whatever dashes. */
export function digitsOf(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/g, '');
}
