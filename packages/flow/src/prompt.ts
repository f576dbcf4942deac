import { z } from 'zod';

/** Ties a prompt to the announcement library アナウンス集: the prompt then holds a copy of what the library says (library.ts). */
const linkField = { announcementId: z.string().min(1).max(64).optional() } as const;

/** What the caller hears: a text that is read aloud (with `{{values}}`), or a registered sound. */
export const PromptSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string(), ...linkField }),
  z.object({
    type: z.literal('audio'),
    audioId: z.string(),
    /** What the sound says, for screens and paper. */
    transcript: z.string().default(''),
    ...linkField,
  }),
]);
export type Prompt = z.infer<typeof PromptSchema>;
