import { type BundleDraft, type VoiceId, VoiceIdSchema } from '@madoguchi/flow';
import type { Spoken } from '../announcements/index.ts';

/** In which voice callers of a version are spoken to: one that is not here speaks in the usual one. */
export function voiceOf({ flows, entryFlowId }: BundleDraft, usual: VoiceId): VoiceId {
  return VoiceIdSchema.catch(usual).parse(flows[entryFlowId]?.voice);
}

/** How a version is spoken, as far as listening to it beforehand goes. */
export function spokenIn(bundle: BundleDraft, usual: VoiceId): Spoken {
  return { voice: voiceOf(bundle, usual), readings: bundle.readings ?? [] };
}
