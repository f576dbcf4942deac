import type { PromptStore } from './prompts.ts';

/** A prompt store that another takes the place of while it is in use: the dictionary was changed. */
export interface ChangingPrompts extends PromptStore {
  /** What is asked from now on is asked of `next`; what is under way ends as it began. */
  change(next: PromptStore): void;
}

export function changingPrompts(first: PromptStore): ChangingPrompts {
  let current = first;
  const all = [first];
  return {
    get credit() {
      return current.credit;
    },
    soundsFor: (parts, speed) => current.soundsFor(parts, speed),
    prepare: (announcements, options) => current.prepare(announcements, options),
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
