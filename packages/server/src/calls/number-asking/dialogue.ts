import type { Key, Preparable, SayPart } from '@madoguchi/flow';

/**
 * `answering` → `silent` (right after the answer the way of the sound is not open yet) → `asking` (is said) → `listening` → `over`; a key leads to
 * `listening` from wherever it comes.
 */
export type Asking = {
  readonly at: 'answering' | 'silent' | 'asking' | 'listening' | 'over';
  readonly typed: string;
  /** `timePassed` is due after it, counted from this step; null: never. */
  readonly waitMs: number | null;
  /** Once over: the telephone's number; null: nobody keyed one in. */
  readonly telephone: string | null;
};

export type AskingEvent =
  /** `said`: also where it could not be. */
  | { readonly type: 'answered' | 'said' | 'timePassed' | 'hungUp' }
  | { readonly type: 'keyPressed'; readonly key: Key };

export type AskingAction = 'say' | 'stopSaying';
export type AskingStep = { readonly asking: Asking; readonly actions: readonly AskingAction[] };

/** What callers hear who show no number. */
export const WORDS: readonly SayPart[] = [
  {
    type: 'fixed',
    text: 'お電話ありがとうございます。折り返しの方は、こちらからお電話を差し上げた番号を押して、最後に、シャープを押してください。そのほかの方は、そのままお待ちください。',
  },
];
export const askingWords = (): readonly Preparable[] => [{ parts: WORDS, speed: 'usual' }];

const OPENING_PAUSE_MS = 700;
/** Longer than the announcement: its end may never be reported. */
const SAYING_LIMIT_MS = 40_000;
const FIRST_KEY_MS = 5_000;
const NEXT_KEY_MS = 5_000;
/** With the leading 0: of a telephone in a house, of a mobile telephone. */
const SHORTEST = 10;
const LONGEST = 11;

/** Of a call that is being answered. */
export const BEGINNING: Asking = { at: 'answering', typed: '', waitMs: null, telephone: null };

/** Asks who calls back for the telephone's number, once; everybody else waits, or presses `#`. */
export function advance(asking: Asking, event: AskingEvent): AskingStep {
  const { at, typed } = asking;
  if (at === 'over') return { asking, actions: [] };
  switch (event.type) {
    case 'answered':
      return at === 'answering' ? step({ ...asking, at: 'silent', waitMs: OPENING_PAUSE_MS }) : step(asking);
    case 'said':
      return at === 'asking' ? step({ ...asking, at: 'listening', waitMs: FIRST_KEY_MS }) : step(asking);
    case 'hungUp':
      return over(asking, null);
    case 'timePassed':
      return at === 'silent'
        ? step({ ...asking, at: 'asking', waitMs: SAYING_LIMIT_MS }, 'say')
        : keyedIn(asking);
    case 'keyPressed': {
      if (event.key === '#') return keyedIn(asking);
      // What was keyed in is given up.
      const next = event.key === '*' ? '' : typed + event.key;
      const listening: Asking = { ...asking, at: 'listening', typed: next, waitMs: NEXT_KEY_MS };
      return next.length === LONGEST ? keyedIn({ ...asking, typed: next }) : step(listening, ...stop(asking));
    }
  }
}

function keyedIn(asking: Asking): AskingStep {
  return over(asking, asking.typed.length >= SHORTEST ? asking.typed : null);
}

function over(asking: Asking, telephone: string | null): AskingStep {
  return step({ at: 'over', typed: '', waitMs: null, telephone }, ...stop(asking));
}

function stop({ at }: Asking): readonly AskingAction[] {
  return at === 'asking' ? ['stopSaying'] : [];
}

function step(asking: Asking, ...actions: readonly AskingAction[]): AskingStep {
  return { asking, actions };
}
