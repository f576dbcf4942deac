import type { Key, SayPart } from '@madoguchi/flow';
import type { Entered, SwitchableMessage, Switched, TelephoneEntry } from './port.ts';
import type { Deed } from './words.ts';

/**
 * Where the caller is:
 * `answering` → `opening` → `staffNumber` → `pin` → `asking` → `menu` → `duration` (to switch on) → `confirm` → `asking` → `menu` …;
 * `leaving` (hears the last words) → `left` from everywhere.
 */
export type Place =
  | { readonly at: 'answering' | 'opening' | 'leaving' | 'left' }
  /** Waits for what `switching` answers; keys mean nothing. */
  | { readonly at: 'asking'; readonly deed: Deed | null }
  | { readonly at: 'staffNumber'; readonly typed: string }
  | { readonly at: 'pin'; readonly staffNumber: string; readonly typed: string }
  | { readonly at: 'menu'; readonly messages: readonly SwitchableMessage[]; readonly page: number }
  | { readonly at: 'duration'; readonly message: SwitchableMessage }
  /** No key counts until what is about to be done was heard: one pressed twice must not confirm it. */
  | { readonly at: 'confirm'; readonly deed: Deed; readonly isHeard: boolean };

export type DialogueState = {
  readonly place: Place;
  readonly isSaying: boolean;
  /** `timePassed` is due after it, counted from this step; null: never. */
  readonly waitMs: number | null;
  readonly wrongTries: number;
  readonly idle: number;
  /** Who has got in. */
  readonly person: string | null;
  /** Said before the menu that comes next: what was done. */
  readonly news: readonly SayPart[];
};

export type DialogueEvent =
  | { readonly type: 'answered' | 'said' | 'timePassed' }
  /** What was being said did not reach the caller. */
  | { readonly type: 'unsaid' }
  | { readonly type: 'keyPressed'; readonly key: Key }
  | { readonly type: 'looked'; readonly entered: Entered }
  | { readonly type: 'listed'; readonly messages: readonly SwitchableMessage[] }
  | { readonly type: 'switched'; readonly switched: Switched }
  /** PostgreSQL is away. */
  | { readonly type: 'unavailable' };

export type DialogueAction =
  | { readonly type: 'say'; readonly parts: readonly SayPart[] }
  | { readonly type: 'stopSaying' }
  | { readonly type: 'enter'; readonly entry: TelephoneEntry }
  | { readonly type: 'list' }
  | { readonly type: 'switch'; readonly person: string; readonly deed: Deed }
  | { readonly type: 'hangUp' };

export type DialogueStep = { readonly state: DialogueState; readonly actions: readonly DialogueAction[] };

/** Of a call that is being answered. */
export const BEGINNING: DialogueState = {
  place: { at: 'answering' },
  isSaying: false,
  waitMs: null,
  wrongTries: 0,
  idle: 0,
  person: null,
  news: [],
};
