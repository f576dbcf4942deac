import { setImmediate } from 'node:timers/promises';
import type { RunnableFlow } from '@madoguchi/flow';
import type { Logger } from 'pino';
import { readingsOfVersion } from '../flows/index.ts';
import { changingPrompts, type PromptStore, pruneDictionaries, type VoicedPrompts } from '../speech/index.ts';
import type { OpenedSpeech, SpeechOfNow } from './open-speech.ts';

/** Speech with the voice and the readings of a version; null: with the usual voice and the readings of now. */
type PromptsFor = (version: RunnableFlow | null) => PromptStore;
type Stores = ReadonlyMap<string, OpenedSpeech>;
/** A set of readings with the usual voice; sets of one key are the same. */
type SpokenSet = { readonly key: string; readonly spoken: SpeechOfNow };
type Sets = { readonly now: SpokenSet; of(version: RunnableFlow): SpokenSet };
/** A prompt store for each set that somebody needs: always for that of now. */
type Speaking = { readonly sets: Sets; readonly stores: Stores };

export type VersionSpeech = {
  /** With the readings and the usual voice of now, whatever these come to be. */
  readonly now: VoicedPrompts;
  /** Never waits. Where a version's readings are not ready, or its voice is not here, those of now and the usual one speak rather than nobody, and the log says so. */
  readonly promptsFor: PromptsFor;
  /** Before versions come into force: opens what they need where its dictionary lies compiled, which takes no time. Never throws. */
  openCompiled(versions: readonly RunnableFlow[]): Promise<void>;
  /** To be called with the readings and the usual voice of now whenever these, or the versions, may have changed. Never throws. */
  follow(now: SpeechOfNow): Promise<void>;
  close(): void;
};

/** Another process that wanted a dictionary has taken it up by then. */
const UNWANTED_MS = 3_600_000;

/**
 * Reads versions as they were published while staff change readings and the usual voice, and versions come and go: dictionaries are compiled and sounds made first, so
 * that no call waits for them; until then callers hear the former ones. What cannot be taken over is told, and tried again at the next change.
 * @param spoken as the house speaks now. @throws SpeechError where these cannot be opened; of versions it is told.
 */
export async function openVersionSpeech({
  spoken,
  open,
  find,
  versions,
  prepare,
  cacheDir,
  log,
}: {
  readonly spoken: SpeechOfNow;
  readonly open: (spoken: SpeechOfNow) => Promise<OpenedSpeech>;
  /** The same where the dictionary was compiled before, else null. */
  readonly find: (spoken: SpeechOfNow) => Promise<OpenedSpeech | null>;
  /** All that speak, or may come into force at any moment. */
  readonly versions: () => Promise<readonly RunnableFlow[]>;
  /** Makes the sounds that are not there. */
  readonly prepare: (promptsFor: PromptsFor) => Promise<void>;
  readonly cacheDir: string;
  readonly log: Pick<Logger, 'warn'>;
}): Promise<VersionSpeech> {
  const firstSets = setsFor(spoken);
  let speaking: Speaking = { sets: firstSets, stores: await storesFor(firstSets, new Map()) };
  const now = changingPrompts(storeOfNow(speaking));
  /** No longer wanted, but a call may still be waiting for a sound of it. */
  let retired: Stores = new Map();
  let turn: Promise<void> = Promise.resolve();
  const missed = new Set<string>();

  function tellOnce({ bundle: { bundleId } }: RunnableFlow, what: string): void {
    const key = `${bundleId} ${what}`;
    if (!missed.has(key)) log.warn({ bundleId }, what);
    missed.add(key);
  }

  function inVoiceOf(version: RunnableFlow, store: VoicedPrompts): PromptStore {
    const voiced = store.in(version.voice);
    if (voiced === null)
      tellOnce(version, 'the voice of a version is not here: its callers hear the usual one');
    return voiced ?? store;
  }

  async function storesFor(sets: Sets, known: Stores): Promise<Map<string, OpenedSpeech>> {
    const wanted = new Map([[sets.now.key, sets.now]]);
    for (const version of await versions()) {
      const set = sets.of(version);
      wanted.set(set.key, set);
      // Looking through the texts of one version takes milliseconds, and calls go on meanwhile.
      await setImmediate();
    }
    const stores = new Map<string, OpenedSpeech>();
    for (const set of wanted.values()) {
      try {
        stores.set(set.key, known.get(set.key) ?? (await open(set.spoken)));
      } catch (error) {
        if (set.key === sets.now.key) throw error;
        log.warn({ err: error }, 'the readings of a version could not be opened');
      }
    }
    return stores;
  }

  async function take(wanted: SpeechOfNow): Promise<void> {
    const before = speaking;
    const renewed = setsFor(wanted);
    const sets = renewed.now.key === before.sets.now.key ? before.sets : renewed;
    const stores = await storesFor(sets, before.stores);
    const isAsBefore = sets === before.sets && [...stores.keys()].every((key) => before.stores.has(key));
    if (isAsBefore && stores.size === before.stores.size) return;
    const next = { sets, stores };
    if (!isAsBefore)
      await prepare((version) =>
        version === null ? storeOfNow(next) : inVoiceOf(version, storeFor(next, version) ?? storeOfNow(next)),
      );
    // Opened meanwhile, for a version that is coming into force.
    for (const [key, store] of speaking.stores) if (!before.stores.has(key)) stores.set(key, store);
    speaking = next;
    if (sets !== before.sets) now.change(storeOfNow(next));
    missed.clear();
    for (const [key, store] of retired) if (!stores.has(key)) store.close();
    retired = new Map([...before.stores].filter(([key]) => !stores.has(key)));
    const kept = [...stores.values(), ...retired.values()].map(({ dictionaryKey }) => dictionaryKey);
    await pruneDictionaries(cacheDir, new Set(kept), new Date(Date.now() - UNWANTED_MS));
  }

  return {
    now,
    promptsFor(version) {
      if (version === null) return now;
      const store = storeFor(speaking, version);
      if (store === undefined)
        tellOnce(version, 'the readings of a version are not ready: its callers hear those of now');
      return inVoiceOf(version, store ?? now);
    },
    async openCompiled(flows) {
      for (const flow of flows) {
        const set = speaking.sets.of(flow);
        if (speaking.stores.has(set.key)) continue;
        const store = await find(set.spoken).catch((error: unknown) => {
          log.warn({ err: error }, 'the readings of a version could not be opened');
          return null;
        });
        if (store === null) continue;
        speaking = { ...speaking, stores: new Map([...speaking.stores, [set.key, store]]) };
      }
    },
    follow(wanted) {
      turn = turn
        .then(() => take(wanted))
        .catch((error: unknown) => log.warn({ err: error }, 'new readings could not be taken over'));
      return turn;
    },
    close() {
      now.close();
      for (const store of [...speaking.stores.values(), ...retired.values()]) store.close();
    },
  };
}

/** Of each version it is found out once. */
function setsFor(now: SpeechOfNow): Sets {
  const known = new WeakMap<RunnableFlow, SpokenSet>();
  return {
    now: setOf(now),
    of(version) {
      const set =
        known.get(version) ?? setOf({ ...now, readings: readingsOfVersion(version.bundle, now.readings) });
      known.set(version, set);
      return set;
    },
  };
}

/** The database sorts words its own way. */
function setOf(spoken: SpeechOfNow): SpokenSet {
  const words = spoken.readings.map(({ surface, reading }) => JSON.stringify([surface, reading]));
  return { key: [spoken.usualVoice, ...words.toSorted()].join(), spoken };
}

function storeFor({ sets, stores }: Speaking, version: RunnableFlow): OpenedSpeech | undefined {
  return stores.get(sets.of(version).key);
}

function storeOfNow({ sets, stores }: Speaking): OpenedSpeech {
  const store = stores.get(sets.now.key);
  if (store === undefined) throw new Error('the readings of now are not open');
  return store;
}
