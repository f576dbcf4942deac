import { z } from 'zod';

/** The voices that callers can be spoken to with. `mei` is the one that houses have spoken with from the beginning. */
export const VOICE_IDS = ['mei', 'meiHappy', 'nitech'] as const;
export const VoiceIdSchema = z.enum(VOICE_IDS);
export type VoiceId = z.infer<typeof VoiceIdSchema>;

/** Staff's word for each 声. */
export const VOICE_NAMES: Readonly<Record<VoiceId, string>> = {
  mei: '女性の声',
  meiHappy: '女性の明るい声',
  nitech: '男性の声',
};

/** What staff call a voice; one that nobody here knows (from a file of another house) is called by its id. */
export function voiceName(id: string): string {
  const known = VoiceIdSchema.safeParse(id);
  return known.success ? VOICE_NAMES[known.data] : id;
}
