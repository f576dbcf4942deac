import { z } from 'zod';

export const CitizenSearchSchema = z.object({
  /** Digits of the number looked up. */
  number: z.coerce.string().optional().catch(undefined),
});
