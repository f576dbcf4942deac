import type { SayPart, Speed } from '../action.ts';
import { spokenSeconds } from '../check/spoken-length.ts';
import type { RunnableFlow } from '../runnable.ts';

/** How much longer the slower voice takes (docs/flow.md: 6 and 4.75 morae a second). */
const SLOWER = 6 / 4.75;
/** A sound of which nobody wrote down the words. */
const UNKNOWN_SOUND_SECONDS = 5;

/** What the uploaded sounds of a flow say, as far as somebody wrote it down. */
export function transcriptsOf(flow: RunnableFlow): ReadonlyMap<string, string> {
  const sounds = flow
    .nodes()
    .flatMap(({ prompts }) => prompts)
    .flatMap((prompt) =>
      prompt.type === 'audio' && prompt.transcript.trim() !== ''
        ? [[prompt.audioId, prompt.transcript] as const]
        : [],
    );
  return new Map(sounds);
}

/** How long an announcement is heard, in ms, estimated from its words. */
export function announcementMs(
  parts: readonly SayPart[],
  speed: Speed,
  transcripts: ReadonlyMap<string, string>,
): number {
  const seconds = parts.reduce((sum, part) => {
    const words = part.type === 'audio' ? transcripts.get(part.audioId) : part.text;
    return sum + (words === undefined ? UNKNOWN_SOUND_SECONDS : spokenSeconds(words.normalize('NFKC')));
  }, 0);
  return Math.round(seconds * 1000 * (speed === 'slower' ? SLOWER : 1));
}
