import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  copyFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runToolOrThrow } from '../run-tool.ts';
import { fileFailure, SpeechError } from '../speech-error.ts';
import type { SpeechTools } from '../speech-tools.ts';
import {
  type DictionaryEntry,
  DictionaryEntrySchema,
  lexiconSurface,
  moraeOf,
  pronunciationOf,
} from './entry.ts';
import { MUNICIPAL_TERMS } from './municipal-terms.ts';

/** Raised whenever the way from entries to a compiled dictionary changes. */
const COMPILER_VERSION = 1;
const COMPILE_TIMEOUT_MS = 60_000;
const PART_OF_SPEECH = '名詞,一般,*,*,*,*';
/** MeCab's dictionary.cpp: the first word of a dictionary is its length xor this. */
const DICTIONARY_MASK = 0xef718f77;
/** mecab-dict-index takes every .csv in the folder. */
const ENTRIES_FILE = 'madoguchi-entries.csv';

export type CompiledDictionary = {
  /** Folder to hand to Open JTalk. */
  readonly dir: string;
  /** Hash of all that shapes a reading: the base dictionary and every entry. */
  readonly key: string;
  /**
   * Hash of what shapes this one normalised sentence: the base dictionary and those entries that it contains. The analysis looks up pieces of
   * the sentence only, so that an entry which is nowhere in it can make no difference.
   */
  keyFor(sentence: string): string;
};

type Base = {
  readonly hash: string;
  readonly contextIds: { readonly left: string; readonly right: string };
};
/** Of each set of tools, since reading 100 MB takes a quarter of a second and the tools stay as they are while a process lives. */
const bases = new WeakMap<SpeechTools, Promise<Base>>();

function baseOf(tools: SpeechTools): Promise<Base> {
  const known = bases.get(tools);
  if (known !== undefined) return known;
  const reading = readBase(tools);
  bases.set(tools, reading);
  // What could not be read may be there the next time.
  reading.catch(() => bases.delete(tools));
  return reading;
}

async function readBase({ dictionaryDir }: SpeechTools): Promise<Base> {
  const [hash, ids] = await Promise.all([
    hashOfFile(join(dictionaryDir, 'sys.dic')),
    contextIds(dictionaryDir),
  ]);
  return { hash, contextIds: ids };
}

/**
 * Costs fall with length, so that one long entry beats two short ones; a one-letter entry costs about what a common word
 * does and does not tear other words apart.
 */
function costOf(surface: string): number {
  return Math.max(-20_000, 5_000 - 2_000 * [...surface].length);
}

async function contextIds(dictionaryDir: string): Promise<{ left: string; right: string }> {
  const idIn = async (file: string) => {
    const text = await readFile(join(dictionaryDir, file), 'utf8');
    const line = text.split('\n').find((candidate) => candidate.endsWith(` ${PART_OF_SPEECH},*`));
    if (line === undefined) {
      throw new SpeechError(
        'dictionaryInvalid',
        '読み上げ用の基本辞書を読み込めません。管理者にご連絡ください。',
      );
    }
    return line.slice(0, line.indexOf(' '));
  };
  return { left: await idIn('left-id.def'), right: await idIn('right-id.def') };
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Staff's entries win over the municipal terms; of two with one surface the later wins. */
function mergeEntries(entries: readonly DictionaryEntry[]): ReadonlyMap<string, DictionaryEntry> {
  return new Map(
    [...MUNICIPAL_TERMS, ...entries].map((entry) => {
      const checked = DictionaryEntrySchema.safeParse(entry);
      if (!checked.success) {
        const first = checked.error.issues[0]?.message ?? '';
        throw new SpeechError(
          'dictionaryInvalid',
          `読み辞書の「${entry.surface.slice(0, 40)}」が正しくありません。${first}`,
        );
      }
      return [lexiconSurface(checked.data.surface), checked.data] as const;
    }),
  );
}

function csvLine(surface: string, entry: DictionaryEntry, ids: { left: string; right: string }): string {
  const pronunciation = pronunciationOf(entry);
  const morae = moraeOf(pronunciation);
  const accent = Math.min(entry.accent ?? 0, morae);
  const features = `${PART_OF_SPEECH},${surface},${entry.reading},${pronunciation},${accent}/${morae},C1`;
  return `${surface},${ids.left},${ids.right},${costOf(surface)},${features}\n`;
}

async function build(tools: SpeechTools, csv: string, target: string): Promise<void> {
  const work = `${target}.${randomUUID()}`;
  const source = join(work, 'source');
  const built = join(work, 'built');
  try {
    await mkdir(source, { recursive: true });
    await mkdir(built);
    for (const name of await readdir(tools.dictionarySourceDir)) {
      await symlink(join(tools.dictionarySourceDir, name), join(source, name));
    }
    await writeFile(join(source, ENTRIES_FILE), csv);
    for (const name of await readdir(tools.dictionaryDir)) {
      if (name !== 'sys.dic') await copyFile(join(tools.dictionaryDir, name), join(built, name));
    }
    await runToolOrThrow(tools.dictIndex, ['-d', source, '-o', built, '-f', 'utf8', '-t', 'utf8', '-s'], {
      timeoutMs: COMPILE_TIMEOUT_MS,
    });
    if (!(await isWhole(built))) {
      throw new SpeechError(
        'diskFull',
        '読み辞書をディスクに書き切れませんでした。ディスクの空きをご確認ください。',
      );
    }
    // Another process may have built the same; then its folder stays, for the content is the same.
    await rename(built, target).catch(async (error: unknown) => {
      if (!(await isWhole(target))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A system dictionary begins with its own length, masked: a disk that filled up while it was written shows. */
async function isWhole(dir: string): Promise<boolean> {
  const dictionary = await open(join(dir, 'sys.dic')).catch(() => undefined);
  if (dictionary === undefined) return false;
  try {
    const { buffer, bytesRead } = await dictionary.read(Buffer.alloc(4), 0, 4, 0);
    return (
      bytesRead === 4 && (buffer.readUInt32LE(0) ^ DICTIONARY_MASK) >>> 0 === (await dictionary.stat()).size
    );
  } finally {
    await dictionary.close();
  }
}

type DictionaryOrder = {
  readonly tools: SpeechTools;
  readonly cacheDir: string;
  readonly entries: readonly DictionaryEntry[];
};

/**
 * Compiles the base dictionary with the municipal terms and staff's `entries` into a folder of its own under `cacheDir`,
 * keyed by content: the same entries give the same folder at once. Takes about 2 s for new entries and, the first time in a process, 0.3 s
 * for known ones, 107 MB of disk each. Throws `SpeechError` (`dictionaryInvalid`, `diskFull`, `cacheUnwritable`, `toolFailed`); entries that
 * were stored unchecked go through `usableEntries` first.
 */
export async function compileDictionary(order: DictionaryOrder): Promise<CompiledDictionary> {
  try {
    await mkdir(order.cacheDir, { recursive: true });
    const { csv, dictionary } = await planOf(order);
    if (!(await takeUp(dictionary.dir))) await build(order.tools, csv, dictionary.dir);
    return dictionary;
  } catch (error) {
    throw fileFailure(error);
  }
}

/** The same where it was compiled before; null where that is still to be done. */
export async function findDictionary(order: DictionaryOrder): Promise<CompiledDictionary | null> {
  const { dictionary } = await planOf(order);
  return (await takeUp(dictionary.dir)) ? dictionary : null;
}

async function planOf({ tools, cacheDir, entries }: DictionaryOrder) {
  const { hash, contextIds: ids } = await baseOf(tools);
  const lines = [...mergeEntries(entries)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([surface, entry]) => ({ surface, line: csvLine(surface, entry, ids) }));
  const csv = lines.map(({ line }) => line).join('');
  const hashOf = (content: string) =>
    createHash('sha256').update(`${COMPILER_VERSION}\n${hash}\n${content}`).digest('hex').slice(0, 32);
  const key = hashOf(csv);
  const dictionary: CompiledDictionary = {
    dir: join(cacheDir, `dictionary-${key}`),
    key,
    keyFor(sentence) {
      const looked = lexiconSurface(sentence);
      return hashOf(lines.flatMap(({ surface, line }) => (looked.includes(surface) ? [line] : [])).join(''));
    },
  };
  return { csv, dictionary };
}

/** Whether a dictionary lies there whole. Its date tells `pruneDictionaries` that somebody wanted it. */
async function takeUp(dir: string): Promise<boolean> {
  if (!(await isWhole(dir))) return false;
  const now = new Date();
  await utimes(dir, now, now);
  return true;
}

/**
 * Removes compiled dictionaries that nobody of this process needs (`keepKeys`), but for those that were wanted after `unwantedSince`:
 * another process may be about to use them.
 */
export async function pruneDictionaries(
  cacheDir: string,
  keepKeys: ReadonlySet<string>,
  unwantedSince: Date,
): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const key = /^dictionary-([0-9a-f]{32})$/u.exec(name)?.[1];
    if (key === undefined || keepKeys.has(key)) continue;
    const dir = join(cacheDir, name);
    if ((await stat(dir)).mtime < unwantedSince) await rm(dir, { recursive: true, force: true });
  }
}
