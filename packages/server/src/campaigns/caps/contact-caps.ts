import { z } from 'zod';

const CapSchema = z
  .strictObject({
    perDay: z.int().min(1).max(10),
    per7Days: z.int().min(1).max(50),
    per30Days: z.int().min(1).max(100),
  })
  .refine(({ perDay, per7Days, per30Days }) => perDay <= per7Days && per7Days <= per30Days);

/**
 * How often one person, or one telephone, may be reached at most: by all campaigns of all departments together, in a Japanese day, in seven
 * and in thirty of them, today included.
 */
export const ContactCapsSchema = z.strictObject({ call: CapSchema, sms: CapSchema });
export type ContactCaps = z.infer<typeof ContactCapsSchema>;
