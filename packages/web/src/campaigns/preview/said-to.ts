import { namesIn, VoiceIdSchema } from '@madoguchi/flow';
import type { RecipientPreview } from '@madoguchi/server/campaign-contract';
import { heardOf } from '../../announcements/listen-part.tsx';
import { textsFor } from './texts-for.ts';

/** `own`: what tells something of this person; the rest is the same for everybody. */
export type Scope = 'own' | 'all';

/** One announcement to a person, to be read and heard. */
export type Said = { readonly text: string; readonly heard: NonNullable<ReturnType<typeof heardOf>> };

/**
 * What a person is told, in the order in which the call may come to it, each thing once, in the voice of the scenario.
 * @param now ms since the epoch, for what only the call can know
 */
export function saidTo(
  { bundle, values }: Pick<RecipientPreview, 'bundle' | 'values'>,
  scope: Scope,
  now: number,
): readonly Said[] {
  if (bundle === null) return [];
  const examples = Object.entries(values).map(([name, example]) => ({ name, word: name, example }));
  const voice = VoiceIdSchema.safeParse(bundle.flows[bundle.entryFlowId]?.voice);
  const spoken = voice.success ? { voice: voice.data } : {};
  const said = new Map<string, Said>();
  for (const { text, prompt } of textsFor(bundle, values, now).flatMap((node) => node.said)) {
    const isOwn = prompt.type === 'text' && namesIn(prompt.text).some((name) => Object.hasOwn(values, name));
    const heard = scope === 'all' || isOwn ? heardOf(prompt, examples) : null;
    if (heard !== null) said.set(text, { text, heard: { ...heard, ...spoken } });
  }
  return [...said.values()];
}
