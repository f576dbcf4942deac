import type { VoicedPrompts } from './prompts.ts';

/** A prompt store that another takes the place of while it is in use: the dictionary was changed. */
export interface ChangingPrompts extends VoicedPrompts {
  /** What is asked from now on is asked of `next`; what is under way ends as it began. */
  change(next: VoicedPrompts): void;
}

export function changingPrompts(first: VoicedPrompts): ChangingPrompts {
  let current = first;
  const all = [first];
  return {
    get credit() {
      return current.credit;
    },
    soundsFor: (parts, speed) => current.soundsFor(parts, speed),
    prepare: (announcements, options) => current.prepare(announcements, options),
    in: (voice) => current.in(voice),
    audioIds: () => current.audioIds(),
    preview: (parts, speed, signal) => current.preview(parts, speed, signal),
    forgetValues: (before, secretsBefore) => current.forgetValues(before, secretsBefore),
    change(next) {
      current = next;
      all.push(next);
    },
    close() {
      for (const each of all) each.close();
    },
  };
}
