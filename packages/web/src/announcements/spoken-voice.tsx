import { type VoiceId, VoiceIdSchema } from '@madoguchi/flow';
import { createContext, type ReactNode, useContext } from 'react';

const SpokenVoiceContext = createContext<VoiceId | 'usual' | null>(null);

/** What is listened to in `children` is spoken as callers of a flow hear it. @param voice that of the flow */
export function SpokenIn({ voice, children }: { voice: string | undefined; children: ReactNode }) {
  const known = VoiceIdSchema.safeParse(voice);
  return <SpokenVoiceContext value={known.data ?? 'usual'}>{children}</SpokenVoiceContext>;
}

/** `usual`: as the house speaks where nothing is chosen. Null where no flow says who speaks, so that the listener may choose. */
export function useSpokenVoice(): VoiceId | 'usual' | null {
  return useContext(SpokenVoiceContext);
}
