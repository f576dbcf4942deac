import { z } from 'zod';

/** How a value is read aloud: `digits` one by one, `telephone` in groups, the rest by the normaliser's rule of that name. */
export const ReadAsSchema = z.enum(['text', 'digits', 'telephone', 'date', 'time', 'amount', 'number']);
export type ReadAs = z.infer<typeof ReadAsSchema>;
