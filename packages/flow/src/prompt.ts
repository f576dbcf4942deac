import { z } from 'zod';

/** What the caller hears: a text that is read aloud (with `{{values}}`), or a registered sound. */
export const PromptSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({
    type: z.literal('audio'),
    audioId: z.string(),
    /** What the sound says, for screens and paper. */
    transcript: z.string().default(''),
  }),
]);
export type Prompt = z.infer<typeof PromptSchema>;
