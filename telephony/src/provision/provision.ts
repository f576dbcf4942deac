import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cacheRoot } from '../paths.ts';
import { type AptRepository, openAptRepository } from './apt-repository.ts';
import { type AptSource, debianMirror, machineSources } from './apt-sources.ts';
import { withLockFile } from './cache-lock.ts';
import { contentKey, makeContentFolder } from './content-folder.ts';
import { writeDictionarySource } from './dictionary-source.ts';
import { readMachineRelease } from './machine-release.ts';
import {
  asteriskOnMachine,
  chromiumOnMachine,
  ffmpegOnMachine,
  findOnMachine,
  sippOnMachine,
  tcpdumpOnMachine,
} from './machine-tools.ts';
import { RECIPE_VERSION, RECIPES, readFinished, type Workshop } from './private-tools.ts';
import { forTool, ProvisionError } from './provision-error.ts';
import { TOOL_WORDS, type ToolName, type Tools } from './tools.ts';
import { layVoices, voicePathsIn } from './voice.ts';

/** The Debian release whose packages are unpacked: the first with Asterisk 22. */
const NEXT_RELEASE = 'forky';

export interface ProvisionProgress {
  readonly tool: ToolName;
  /** `waiting`: another process is provisioning. `found`: nothing had to be done. */
  readonly step: 'waiting' | 'working' | 'found' | 'done' | 'failed';
  /** 0 to 1; an estimate until the step is `done`. */
  readonly fraction: number;
  readonly version?: string;
}

const provided = z.object({ version: z.string(), from: z.enum(['machine', 'private']) });
const simple = provided.extend({ command: z.string() });
const SCHEMAS: { readonly [Name in ToolName]: z.ZodType<Tools[Name]> } = {
  asterisk: provided.extend({
    command: z.array(z.string()),
    modulesDir: z.string(),
    dataDir: z.string(),
    restApiDir: z.string(),
  }),
  openJtalk: simple.extend({
    dictionaryDir: z.string(),
    voices: z.object({ mei: z.string(), meiHappy: z.string(), nitech: z.string() }),
    dictIndexCommand: z.string(),
    dictionarySourceDir: z.string(),
  }),
  ffmpeg: simple,
  sipp: simple,
  tcpdump: simple,
  chromium: simple,
};

/**
 * Makes sure that the wanted programs are there and says where: the machine's own where it is new enough, otherwise a
 * private copy in `cacheRoot()`. Safe to run in several processes at once and after an interruption.
 * Throws ProvisionError (Japanese and English) for the first thing that cannot be had.
 */
export async function provision<Name extends ToolName>(
  wants: readonly Name[],
  onProgress: (progress: ProvisionProgress) => void = () => undefined,
): Promise<Pick<Tools, Name>> {
  const found = await Promise.all(wants.map(async (name) => [name, await findTool(name)] as const));
  for (const [name, tool] of found) {
    if (tool) onProgress({ tool: name, step: 'found', fraction: 1, version: tool.version });
  }
  const missing = found.filter(([, tool]) => tool === undefined).map(([name]) => name);
  const made = missing.length === 0 ? [] : await makeTools(missing, onProgress);
  const tools: Partial<Pick<Tools, Name>> = {};
  for (const [name, tool] of [...found, ...made]) if (tool) tools[name] = tool;
  if (!hasAll(tools, wants)) throw new Error('a wanted tool was neither found nor made');
  return tools;
}

function hasAll<Name extends ToolName>(
  tools: Partial<Pick<Tools, Name>>,
  wants: readonly Name[],
): tools is Pick<Tools, Name> {
  return wants.every((name) => tools[name] !== undefined);
}

async function makeTools<Name extends ToolName>(
  names: readonly Name[],
  onProgress: (progress: ProvisionProgress) => void,
): Promise<(readonly [Name, Tools[Name]])[]> {
  const cache = cacheRoot();
  const tellAll = (step: ProvisionProgress['step']) => {
    for (const tool of names) onProgress({ tool, step, fraction: 0 });
  };
  return withLockFile(
    join(cache, 'provision.lock'),
    async () => {
      tellAll('working');
      const releases = openReleases(cache);
      const results = await Promise.allSettled(
        names.map(async (name) => {
          // Another process may have made it while this one waited for the lock.
          const tool = (await findTool(name)) ?? (await makeTool(name, cache, releases, onProgress));
          onProgress({ tool: name, step: 'done', fraction: 1, version: tool.version });
          return [name, tool] as const;
        }),
      );
      const failures = results.flatMap((result, index) => {
        if (result.status === 'fulfilled') return [];
        const tool = names[index];
        if (tool !== undefined) onProgress({ tool, step: 'failed', fraction: 0 });
        return [
          result.reason instanceof ProvisionError && tool !== undefined
            ? forTool(result.reason, TOOL_WORDS[tool])
            : result.reason,
        ];
      });
      if (failures.length > 0) throw asOne(failures);
      return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    },
    () => tellAll('waiting'),
  );
}

function asOne(failures: readonly unknown[]): unknown {
  const told = failures.filter((failure) => failure instanceof ProvisionError);
  const [first] = told;
  if (!first || told.length < failures.length)
    return failures.find((failure) => !(failure instanceof ProvisionError));
  return new ProvisionError(first.code, {
    ja: told.map((failure) => failure.ja).join('\n'),
    en: told.map((failure) => failure.en).join('\n'),
    detail: [...new Set(told.map((failure) => failure.detail))].join('\n'),
  });
}

async function makeTool<Name extends ToolName>(
  name: Name,
  cache: string,
  releases: Pick<Workshop, 'nextRelease' | 'ownRelease'>,
  onProgress: (progress: ProvisionProgress) => void,
): Promise<Tools[Name]> {
  const recipe = RECIPES[name];
  let bytes = 0;
  const onBytes = (more: number) => {
    bytes += more;
    onProgress({ tool: name, step: 'working', fraction: Math.min(0.95, bytes / recipe.expectedBytes) });
  };
  const packagesFolder = join(cache, 'packages');
  return makeContentFolder(join(cache, 'tools'), folderNameOf(name), async (folder, finalFolder) => {
    const workshop: Workshop = { folder, finalFolder, packagesFolder, ...releases, onBytes };
    const machine = name === 'openJtalk' ? openJtalkParts() : undefined;
    const made = machine
      ? { ...(await finishOpenJtalk(machine, workshop)), from: 'machine' }
      : { ...(await recipe.make(workshop)), from: 'private' };
    const tool = SCHEMAS[name].parse(made);
    writeFileSync(join(folder, 'tool.json'), `${JSON.stringify(tool, null, 2)}\n`);
    return tool;
  });
}

const ON_MACHINE: { readonly [Name in ToolName]: () => Promise<Tools[Name] | undefined> } = {
  asterisk: asteriskOnMachine,
  // A machine's Open JTalk still wants the voices and the dictionary's text in the cache.
  openJtalk: async () => undefined,
  ffmpeg: ffmpegOnMachine,
  sipp: sippOnMachine,
  tcpdump: tcpdumpOnMachine,
  chromium: chromiumOnMachine,
};

async function findTool<Name extends ToolName>(name: Name): Promise<Tools[Name] | undefined> {
  const finished = readFinished(join(cacheRoot(), 'tools', folderNameOf(name)));
  const onMachine = await ON_MACHINE[name]();
  if (onMachine) return onMachine;
  const parsed = SCHEMAS[name].safeParse(finished);
  return parsed.success ? parsed.data : undefined;
}

function folderNameOf(name: ToolName): string {
  const machine = name === 'openJtalk' ? openJtalkParts() : undefined;
  const recipe = machine
    ? {
        machine: [
          machine.command,
          machine.dictIndexCommand,
          machine.dictionarySize,
          machine.dictionaryTimeMs,
        ],
      }
    : { packages: RECIPES[name].packages, release: NEXT_RELEASE, architecture: process.arch };
  const voices = name === 'openJtalk' ? [Object.keys(voicePathsIn(''))] : [];
  return `${name}-${contentKey([RECIPE_VERSION, cacheRoot(), recipe, ...voices])}`;
}

/** The machine's own Open JTalk, when the dictionary and the dictionary compiler are there too. */
function openJtalkParts() {
  const command = findOnMachine('open_jtalk');
  const dictIndexCommand = findOnMachine('mecab-dict-index') ?? '/usr/lib/mecab/mecab-dict-index';
  const dictionaryDir = '/var/lib/mecab/dic/open-jtalk/naist-jdic';
  const dictionary = statSync(join(dictionaryDir, 'sys.dic'), { throwIfNoEntry: false });
  if (command === undefined || !existsSync(dictIndexCommand) || !dictionary) return undefined;
  return {
    command,
    dictIndexCommand,
    dictionaryDir,
    dictionarySize: dictionary.size,
    dictionaryTimeMs: dictionary.mtimeMs,
  };
}

async function finishOpenJtalk(machine: NonNullable<ReturnType<typeof openJtalkParts>>, workshop: Workshop) {
  const { folder, finalFolder } = workshop;
  await layVoices(join(folder, 'voice'), workshop.packagesFolder, workshop.nextRelease, workshop.onBytes);
  writeDictionarySource(machine.dictionaryDir, join(folder, 'dictionary-source'));
  return {
    command: machine.command,
    dictIndexCommand: machine.dictIndexCommand,
    dictionaryDir: machine.dictionaryDir,
    dictionarySourceDir: join(finalFolder, 'dictionary-source'),
    voices: voicePathsIn(join(finalFolder, 'voice')),
    version: 'machine',
  };
}

function openReleases(cache: string): Pick<Workshop, 'nextRelease' | 'ownRelease'> {
  const open = (folder: string, sources: () => AptSource[]) => {
    let repository: Promise<AptRepository> | undefined;
    return () => {
      repository ??= (async () =>
        openAptRepository({
          folder: join(cache, folder),
          packagesFolder: join(cache, 'packages'),
          sources: sources(),
        }))();
      return repository;
    };
  };
  return {
    nextRelease: open(`apt-${NEXT_RELEASE}`, () => [nextReleaseSource()]),
    ownRelease: open('apt-own', ownSources),
  };
}

function nextReleaseSource(): AptSource {
  const codename = readMachineRelease();
  const named = process.env['MADOGUCHI_DEBIAN_MIRROR'];
  const own = debianMirror(machineSources(), codename);
  if (!own && (named === undefined || named === '')) {
    throw new ProvisionError('no-mirror', {
      ja: 'この機械の apt の設定 (/etc/apt) に Debian のミラーが見つかりません。環境変数 MADOGUCHI_DEBIAN_MIRROR でミラーの URL を指定してください。',
      en: 'No Debian mirror was found in the apt settings of this machine (/etc/apt). Name its URL in the environment variable MADOGUCHI_DEBIAN_MIRROR.',
    });
  }
  const kept = new Map(own?.kept);
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  if (!kept.has('Signed-By') && existsSync(keyring)) kept.set('Signed-By', keyring);
  return { uris: named || own?.uris || '', suites: [NEXT_RELEASE], components: ['main', 'contrib'], kept };
}

function ownSources(): AptSource[] {
  const codename = readMachineRelease();
  return machineSources().filter((source) => source.suites.some((suite) => suite.startsWith(codename)));
}
