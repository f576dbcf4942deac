import { type Action, type RunnableFlow, readableTextOf, type SayPart, transcriptsOf } from '@madoguchi/flow';
import { z } from 'zod';

/** What the line was told to say at an event of a call: exactly these words, also where the version or a value is changed later. */
export const SpokenSchema = z.object({
  /** Null: nothing new; what was being said was stopped. Values as a reader expects them, secret ones hidden. */
  text: z.string().nullable(),
  slower: z.boolean(),
  /** Staff's name of the node that says it. */
  title: z.string().nullable(),
  /** What was being said before was stopped by it. */
  stopped: z.boolean(),
});
export type Spoken = z.infer<typeof SpokenSchema>;

/**
 * What the actions of one event say; null where they neither say nor stop anything.
 *
 * It is written down since it cannot be told again afterwards: the keys of an identity check are sealed, and without them the fold of the
 * call's events ends there, just before the part that matters.
 */
export function spokenAt(
  bundle: RunnableFlow,
  actions: readonly Action[],
  title: string | null,
): Spoken | null {
  const told = actions.filter(({ type }) => type === 'announce' || type === 'stopAnnouncing');
  const last = told.at(-1);
  if (last === undefined) return null;
  const stopped = told[0]?.type === 'stopAnnouncing';
  if (last.type !== 'announce') return stopped ? { text: null, slower: false, title: null, stopped } : null;
  return { text: textOf(bundle, last.parts), slower: last.speed === 'slower', title, stopped };
}

function textOf(bundle: RunnableFlow, parts: readonly SayPart[]): string {
  return parts
    .map((part) => {
      if (part.type === 'fixed') return part.text;
      if (part.type === 'value') return readableTextOf('{{value}}', () => part);
      return transcriptsOf(bundle).get(part.audioId) ?? '（録音されたアナウンス）';
    })
    .join('');
}
