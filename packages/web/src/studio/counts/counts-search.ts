import { z } from 'zod';

/** What counts are asked for; lives in the address, so that it can be kept, shared and returned to. */
export const CountsSearchSchema = z.object({
  /** Bundle id. */
  version: z.coerce.string().max(200).optional().catch(undefined),
  /** Japanese days, both included; without them: this month. */
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  /** Called number, national digits. */
  number: z.coerce.string().max(15).optional().catch(undefined),
  /** Which of the version's flows is drawn; without it: the one where calls begin. */
  flow: z.string().max(64).optional().catch(undefined),
  view: z.enum(['canvas', 'outline']).optional().catch(undefined),
});
export type CountsSearch = z.infer<typeof CountsSearchSchema>;
