import type { Reading, RunnableFlow } from '@madoguchi/flow';
import type { Logger } from 'pino';
import { readingsOfVersion } from '../flows/index.ts';
import { changingPrompts, type PromptStore, pruneDictionaries } from '../speech/index.ts';
import type { OpenedSpeech } from './open-speech.ts';

type Readings = readonly Reading[];
/** Speech with the readings of a version; null: with those of now. */
type PromptsFor = (version: RunnableFlow | null) => PromptStore;
type Stores = ReadonlyMap<string, OpenedSpeech>;
/** A prompt store for each set of readings that somebody needs, by `keyOf`: always for those of now. */
type Speaking = { readonly readings: Readings; readonly stores: Stores };

export type VersionSpeech = {
  /** With the readings of now, whatever these come to be. */
  readonly now: PromptStore;
  /** Never waits. Where a version's readings are not ready, those of now speak rather than nobody, and the log says so. */
  readonly promptsFor: PromptsFor;
  /** Before versions come into force: opens what they need where its dictionary lies compiled, which takes no time. Never throws. */
  openCompiled(versions: readonly RunnableFlow[]): Promise<void>;
  /** To be called with the readings of now whenever these, or the versions, may have changed. Never throws. */
  follow(readings: Readings): Promise<void>;
  close(): void;
};

/** Another process that wanted a dictionary has taken it up by then. */
const UNWANTED_MS = 3_600_000;

/**
 * Reads versions as they were published while staff change readings and versions come and go: dictionaries are compiled and sounds made first, so
 * that no call waits for them; until then callers hear the former ones. What cannot be taken over is told, and tried again at the next change.
 * @param readings those of now. @throws SpeechError where these cannot be opened; of versions it is told.
 */
export async function openVersionSpeech({
  readings,
  open,
  find,
  versions,
  prepare,
  cacheDir,
  log,
}: {
  readonly readings: Readings;
  readonly open: (readings: Readings) => Promise<OpenedSpeech>;
  /** The same where the dictionary was compiled before, else null. */
  readonly find: (readings: Readings) => Promise<OpenedSpeech | null>;
  /** All that speak, or may come into force at any moment. */
  readonly versions: () => Promise<readonly RunnableFlow[]>;
  /** Makes the sounds that are not there. */
  readonly prepare: (promptsFor: PromptsFor) => Promise<void>;
  readonly cacheDir: string;
  readonly log: Pick<Logger, 'warn'>;
}): Promise<VersionSpeech> {
  let speaking: Speaking = { readings, stores: await storesFor(readings, await versions(), new Map()) };
  const now = changingPrompts(storeOfNow(speaking));
  /** No longer wanted, but a call may still be waiting for a sound of it. */
  let retired: Stores = new Map();
  let turn: Promise<void> = Promise.resolve();
  const missed = new Set<string>();

  async function storesFor(
    wanted: Readings,
    flows: readonly RunnableFlow[],
    known: Stores,
  ): Promise<Map<string, OpenedSpeech>> {
    const sets = [wanted, ...flows.map((flow) => readingsOfVersion(flow.bundle, wanted))];
    const stores = new Map<string, OpenedSpeech>();
    for (const [key, set] of new Map(sets.map((each) => [keyOf(each), each]))) {
      try {
        stores.set(key, known.get(key) ?? (await open(set)));
      } catch (error) {
        if (key === keyOf(wanted)) throw error;
        log.warn({ err: error }, 'the readings of a version could not be opened');
      }
    }
    return stores;
  }

  async function take(wanted: Readings): Promise<void> {
    const before = speaking;
    const stores = await storesFor(wanted, await versions(), before.stores);
    const isAsBefore =
      keyOf(wanted) === keyOf(before.readings) && [...stores.keys()].every((key) => before.stores.has(key));
    if (isAsBefore && stores.size === before.stores.size) return;
    const next = { readings: wanted, stores };
    if (!isAsBefore)
      await prepare((version) =>
        version === null ? storeOfNow(next) : (storeFor(next, version) ?? storeOfNow(next)),
      );
    // Opened meanwhile, for a version that is coming into force.
    for (const [key, store] of speaking.stores) if (!before.stores.has(key)) stores.set(key, store);
    speaking = next;
    now.change(storeOfNow(next));
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
      if (store !== undefined) return store;
      const { bundleId } = version.bundle;
      if (!missed.has(bundleId))
        log.warn({ bundleId }, 'the readings of a version are not ready: its callers hear those of now');
      missed.add(bundleId);
      return now;
    },
    async openCompiled(flows) {
      for (const flow of flows) {
        const set = readingsOfVersion(flow.bundle, speaking.readings);
        if (speaking.stores.has(keyOf(set))) continue;
        const store = await find(set).catch((error: unknown) => {
          log.warn({ err: error }, 'the readings of a version could not be opened');
          return null;
        });
        if (store === null) continue;
        speaking = { ...speaking, stores: new Map([...speaking.stores, [keyOf(set), store]]) };
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

function keyOf(readings: Readings): string {
  return JSON.stringify(readings.map(({ surface, reading }) => [surface, reading]));
}

function storeFor({ readings, stores }: Speaking, version: RunnableFlow): OpenedSpeech | undefined {
  return stores.get(keyOf(readingsOfVersion(version.bundle, readings)));
}

function storeOfNow({ readings, stores }: Speaking): OpenedSpeech {
  const store = stores.get(keyOf(readings));
  if (store === undefined) throw new Error('the readings of now are not open');
  return store;
}
