import type { Key, SayPart } from '@madoguchi/flow';
import type { DialogueAction, DialogueEvent, DialogueState, DialogueStep, Place } from './dialogue-state.ts';
import { endOf } from './end-times.ts';
import type { Entered } from './port.ts';
import { type Deed, deedWords, doneWords, menuWords, PER_PAGE, TEXTS } from './words.ts';

const STAFF_NUMBER_LENGTH = 4;
const SHORTEST_PIN = 6;
const LONGEST_PIN = 8;
const WRONG_TRIES = 3;
/** Prompts in a row to which no key came that means something. */
const MOST_IDLE = 3;
/** Right after the answer the way of the sound is not open yet. */
const OPENING_PAUSE_MS = 700;
const KEY_WAIT_MS = 10_000;
/** A PIN of six or seven digits ends by itself after this. */
const DIGIT_WAIT_MS = 4_000;

/** What an event brings about. Switches nothing but what was heard whole and then confirmed. @param now ms since the epoch */
export function advance(state: DialogueState, event: DialogueEvent, now: number): DialogueStep {
  const { place } = state;
  if (place.at === 'left') return { state, actions: [] };
  switch (event.type) {
    case 'answered':
      if (place.at !== 'answering') return { state, actions: [] };
      return wait({ ...state, place: { at: 'opening' } }, OPENING_PAUSE_MS);
    case 'said':
      if (place.at === 'leaving') return leave(state);
      return place.at === 'confirm' && !place.isHeard
        ? say({ ...state, isSaying: false, place: { ...place, isHeard: true } }, TEXTS.confirm)
        : wait({ ...state, isSaying: false }, KEY_WAIT_MS);
    case 'unsaid':
      return place.at === 'leaving' ? leave(state) : prompt(state, now);
    case 'timePassed':
      return afterSilence(state, now);
    case 'keyPressed':
      return afterKey(state, event.key, now);
    case 'unavailable':
      return bye(
        state,
        place.at === 'asking' && place.deed !== null ? TEXTS.unsure : [...state.news, ...TEXTS.notNow],
      );
    case 'looked':
      return afterLook(state, event.entered, now);
    case 'listed':
      return event.messages.length === 0
        ? bye(state, [...state.news, ...TEXTS.nothingPrepared])
        : prompt(
            { ...state, news: [], idle: 0, place: { at: 'menu', messages: event.messages, page: 0 } },
            now,
            state.news,
          );
    case 'switched': {
      const deed = place.at === 'asking' ? place.deed : null;
      if (deed === null) return { state, actions: [] };
      return list(state, event.switched === 'done' ? doneWords(deed, now) : TEXTS.refused);
    }
  }
}

function afterLook(state: DialogueState, entered: Entered, now: number): DialogueStep {
  if (entered.type === 'closed') return bye(state, TEXTS.notNow);
  if (entered.type === 'entered') return list({ ...state, person: entered.person }, []);
  const wrongTries = state.wrongTries + 1;
  if (wrongTries >= WRONG_TRIES) return bye(state, TEXTS.wrongTooOften);
  const place = { at: 'staffNumber', typed: '' } as const;
  return prompt({ ...state, wrongTries, place }, now, TEXTS.wrong);
}

function afterSilence(state: DialogueState, now: number): DialogueStep {
  const { place } = state;
  if (place.at === 'opening')
    return prompt({ ...state, place: { at: 'staffNumber', typed: '' } }, now, TEXTS.greeting);
  if (place.at === 'pin' && place.typed.length >= SHORTEST_PIN) return enter(state, place);
  return again(state, now, []);
}

function afterKey(state: DialogueState, key: Key, now: number): DialogueStep {
  const { place } = state;
  switch (place.at) {
    case 'staffNumber': {
      if (key === '*' || key === '#') return quiet({ ...state, place: { ...place, typed: '' } });
      const typed = place.typed + key;
      return typed.length < STAFF_NUMBER_LENGTH
        ? quiet({ ...state, place: { ...place, typed } })
        : prompt({ ...state, idle: 0, place: { at: 'pin', staffNumber: typed, typed: '' } }, now);
    }
    case 'pin': {
      if (key === '*') return quiet({ ...state, place: { ...place, typed: '' } });
      // Callers end the number before with it, too.
      if (key === '#') return place.typed === '' ? { state, actions: [] } : enter(state, place);
      const typed = place.typed + key;
      const longer = { ...state, place: { ...place, typed } };
      if (typed.length === LONGEST_PIN) return enter(longer, longer.place);
      return quiet(longer, typed.length >= SHORTEST_PIN ? DIGIT_WAIT_MS : KEY_WAIT_MS);
    }
    case 'menu':
    case 'duration':
    case 'confirm':
      // # belongs to the PIN.
      if ((place.at === 'confirm' && !place.isHeard) || key === '#' || key === '*')
        return { state, actions: [] };
      if (key === '9') return prompt({ ...state, idle: 0 }, now);
      return choose(state, place, key, now) ?? again(state, now, TEXTS.noSuchKey);
    default:
      return { state, actions: [] };
  }
}

/** What a key chooses; null: nothing. */
function choose(
  state: DialogueState,
  place: Extract<Place, { at: 'menu' | 'duration' | 'confirm' }>,
  key: Key,
  now: number,
): DialogueStep | null {
  const next = { ...state, idle: 0 };
  if (place.at === 'menu') {
    const { messages, page } = place;
    const pages = Math.ceil(messages.length / PER_PAGE);
    if (key === '0')
      return pages < 2 ? null : prompt({ ...next, place: { ...place, page: (page + 1) % pages } }, now);
    const message = messages.slice(page * PER_PAGE, (page + 1) * PER_PAGE)[Number(key) - 1];
    if (message === undefined) return null;
    return message.onUntil === null
      ? prompt({ ...next, place: { at: 'duration', message } }, now)
      : prompt({ ...next, place: { at: 'confirm', deed: { type: 'off', message }, isHeard: false } }, now);
  }
  if (place.at === 'duration') {
    if (key === '0') return list(next, TEXTS.cancelled);
    const endsAt = endOf(key, now);
    if (endsAt === null) return null;
    const deed = { type: 'on', message: place.message, endsAt } as const;
    return prompt({ ...next, place: { at: 'confirm', deed, isHeard: false } }, now);
  }
  if (key === '2') return list(next, TEXTS.cancelled);
  const { person } = state;
  if (key !== '1' || person === null) return null;
  return ask(next, { type: 'switch', person, deed: place.deed }, place.deed);
}

function enter(state: DialogueState, { staffNumber, typed }: Extract<Place, { at: 'pin' }>): DialogueStep {
  // What was keyed in is kept no longer than it takes to look at it.
  return ask({ ...state, idle: 0 }, { type: 'enter', entry: { staffNumber, pin: typed } }, null);
}

function list(state: DialogueState, news: readonly SayPart[]): DialogueStep {
  return ask({ ...state, news }, { type: 'list' }, null);
}

function ask(state: DialogueState, action: DialogueAction, deed: Deed | null): DialogueStep {
  return {
    state: { ...state, isSaying: false, waitMs: null, place: { at: 'asking', deed } },
    actions: [...stop(state), action],
  };
}

/** Nothing came, or nothing that means anything: the question once more, or the end. */
function again(state: DialogueState, now: number, first: readonly SayPart[]): DialogueStep {
  const idle = state.idle + 1;
  return idle >= MOST_IDLE ? bye(state, TEXTS.goodbye) : prompt({ ...state, idle }, now, first);
}

/** Asks what the place asks, from its beginning. */
function prompt(before: DialogueState, now: number, first: readonly SayPart[] = []): DialogueStep {
  const place = anew(before.place);
  const state = { ...before, place };
  const words = wordsOf(place, now);
  if (words === null) return { state, actions: [] };
  return say(state, [...first, ...words]);
}

/** Nothing typed yet, nothing heard yet. */
function anew(place: Place): Place {
  if (place.at === 'confirm') return { ...place, isHeard: false };
  return 'typed' in place ? { ...place, typed: '' } : place;
}

function wordsOf(place: Place, now: number): readonly SayPart[] | null {
  switch (place.at) {
    case 'staffNumber':
      return TEXTS.staffNumber;
    case 'pin':
      return TEXTS.pin;
    case 'menu':
      return menuWords(place.messages, place.page);
    case 'duration':
      return TEXTS.duration;
    case 'confirm':
      return deedWords(place.deed, now);
    default:
      return null;
  }
}

function bye(state: DialogueState, words: readonly SayPart[]): DialogueStep {
  return say({ ...state, place: { at: 'leaving' } }, words);
}

function leave(state: DialogueState): DialogueStep {
  return {
    state: { ...state, isSaying: false, waitMs: null, place: { at: 'left' } },
    actions: [{ type: 'hangUp' }],
  };
}

function say(state: DialogueState, parts: readonly SayPart[]): DialogueStep {
  return {
    state: { ...state, isSaying: true, waitMs: null },
    actions: [...stop(state), { type: 'say', parts }],
  };
}

/** Goes on listening in silence. */
function quiet(state: DialogueState, waitMs = KEY_WAIT_MS): DialogueStep {
  return { state: { ...state, isSaying: false, waitMs }, actions: stop(state) };
}

function wait(state: DialogueState, waitMs: number): DialogueStep {
  return { state: { ...state, waitMs }, actions: [] };
}

function stop({ isSaying }: DialogueState): readonly DialogueAction[] {
  return isSaying ? [{ type: 'stopSaying' }] : [];
}
