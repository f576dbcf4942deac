import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AptRepository } from './apt-repository.ts';
import { writeDictionarySource } from './dictionary-source.ts';
import { quote, writeLauncher, writeScript } from './private-root.ts';
import { runCommand } from './run-command.ts';
import type { ToolName, Tools } from './tools.ts';
import { type UnpackedRoot, unpackWithLibraries } from './unpack-with-libraries.ts';
import { layVoices, voicePathsIn } from './voice.ts';

/** Part of every folder's key: raise it when a folder is filled differently. */
export const RECIPE_VERSION = 1;

export interface Workshop {
  /** Folder being filled, and what it will be called. */
  readonly folder: string;
  readonly finalFolder: string;
  readonly packagesFolder: string;
  /** Packages of the Debian release that has Asterisk 22. */
  readonly nextRelease: () => Promise<AptRepository>;
  /** Packages of the machine's own release. */
  readonly ownRelease: () => Promise<AptRepository>;
  readonly onBytes: (bytes: number) => void;
}

type Made<Name extends ToolName> = Omit<Tools[Name], 'from'>;

/** How each tool is unpacked privately, and about how many bytes that fetches (for the progress display only). */
export const RECIPES: {
  readonly [Name in ToolName]: {
    readonly packages: readonly string[];
    readonly expectedBytes: number;
    readonly make: (workshop: Workshop) => Promise<Made<Name>>;
  };
} = {
  asterisk: { packages: ['asterisk', 'asterisk-modules'], expectedBytes: 17e6, make: makeAsterisk },
  openJtalk: {
    packages: ['open-jtalk', 'open-jtalk-mecab-naist-jdic', 'mecab-utils'],
    expectedBytes: 54e6,
    make: makeOpenJtalk,
  },
  ffmpeg: { packages: ['ffmpeg'], expectedBytes: 80e6, make: makeFfmpeg },
  sipp: { packages: ['sip-tester'], expectedBytes: 10e6, make: makeSipp },
  tcpdump: { packages: ['tcpdump'], expectedBytes: 4e6, make: makeTcpdump },
  chromium: {
    packages: ['chromium', 'chromium-common', 'fonts-noto-cjk'],
    expectedBytes: 200e6,
    make: makeChromium,
  },
};

/** Modules that only serve databases, other clouds and codecs that no carrier sends: their libraries are not fetched. */
const UNUSED_MODULES =
  /^(app_jack|app_voicemail_|cdr_(adaptive_odbc|odbc|pgsql|radius|tds)|cel_(odbc|pgsql|radius|tds)|chan_(console|motif)|codec_(amr|codec2|gsm|opus|speex)|format_ogg_|func_(curl|odbc|speex)|pbx_(dundi|lua)|res_(calendar|cdrel|config_(ldap|odbc|pgsql|sqlite3)|curl|fax_spandsp|http_media_cache|http_post|odbc|resolver_unbound|snmp|stir_shaken|xmpp))/;

async function makeAsterisk(workshop: Workshop): Promise<Made<'asterisk'>> {
  const modules = /^usr\/lib\/[^/]+\/asterisk\/modules\/(.*)\.so$/;
  let modulesDir = '';
  const unpacked = await unpackInto(
    workshop,
    await workshop.nextRelease(),
    RECIPES.asterisk.packages,
    (path) => {
      const module = modules.exec(path)?.[1];
      if (module === 'res_ari') modulesDir = path.replace(/\/[^/]*$/, '');
      return path === 'usr/sbin/asterisk' || (module !== undefined && !UNUSED_MODULES.test(module));
    },
  );
  const root = join(workshop.finalFolder, 'root');
  const command = writeLauncher({ ...workshop, name: 'asterisk', program: 'usr/sbin/asterisk', unpacked });
  return {
    command: [command],
    modulesDir: join(root, modulesDir),
    dataDir: join(root, 'usr/share/asterisk'),
    restApiDir: join(root, 'usr/share/asterisk/rest-api'),
    version: versionOf(unpacked, 'asterisk'),
  };
}

async function makeOpenJtalk(workshop: Workshop): Promise<Made<'openJtalk'>> {
  const { folder, finalFolder } = workshop;
  // Both are waited for even when one fails: nothing may write to the folder after this has thrown.
  const [programs, voice] = await Promise.allSettled([
    workshop
      .nextRelease()
      .then((repository) =>
        unpackInto(workshop, repository, RECIPES.openJtalk.packages, (path) =>
          ['usr/bin/open_jtalk', 'usr/lib/mecab/mecab-dict-index'].includes(path),
        ),
      ),
    layVoices(join(folder, 'voice'), workshop.packagesFolder, workshop.nextRelease, workshop.onBytes),
  ]);
  if (programs.status === 'rejected') throw programs.reason;
  if (voice.status === 'rejected') throw voice.reason;
  const unpacked = programs.value;
  const dictionary = 'root/var/lib/mecab/dic/open-jtalk/naist-jdic';
  writeDictionarySource(join(folder, dictionary), join(folder, 'dictionary-source'));
  const launcher = (name: string, program: string) => writeLauncher({ ...workshop, name, program, unpacked });
  return {
    command: launcher('open_jtalk', 'usr/bin/open_jtalk'),
    dictIndexCommand: launcher('mecab-dict-index', 'usr/lib/mecab/mecab-dict-index'),
    dictionaryDir: join(finalFolder, dictionary),
    dictionarySourceDir: join(finalFolder, 'dictionary-source'),
    voices: voicePathsIn(join(finalFolder, 'voice')),
    version: versionOf(unpacked, 'open-jtalk'),
  };
}

async function makeFfmpeg(workshop: Workshop): Promise<Made<'ffmpeg'>> {
  return makeSimple(workshop, 'ffmpeg', 'usr/bin/ffmpeg', RECIPES.ffmpeg.packages);
}

async function makeSipp(workshop: Workshop): Promise<Made<'sipp'>> {
  return makeSimple(workshop, 'sipp', 'usr/bin/sipp', RECIPES.sipp.packages);
}

async function makeTcpdump(workshop: Workshop): Promise<Made<'tcpdump'>> {
  return makeSimple(workshop, 'tcpdump', 'usr/bin/tcpdump', RECIPES.tcpdump.packages);
}

async function makeSimple(workshop: Workshop, name: string, program: string, packages: readonly string[]) {
  const unpacked = await unpackInto(
    workshop,
    await workshop.nextRelease(),
    packages,
    (path) => path === program,
  );
  const command = writeLauncher({ ...workshop, name, program, unpacked });
  return { command, version: versionOf(unpacked, packages[0] ?? name) };
}

/**
 * A browser finds its own files through /proc/self/exe, so it must not run through a private loader: it comes from the
 * machine's own release, with the machine's C library, and only libraries that the machine lacks lie beside it.
 */
async function makeChromium(workshop: Workshop): Promise<Made<'chromium'>> {
  const { folder, finalFolder } = workshop;
  const known = await runCommand('/sbin/ldconfig', ['-p']);
  const onMachine = new Set([...known.stdout.matchAll(/^\s*(\S+) \(/gm)].map((match) => match[1] ?? ''));
  const unpacked = await unpackInto(
    workshop,
    await workshop.ownRelease(),
    RECIPES.chromium.packages,
    (path) => /^usr\/lib\/chromium\/(chromium|chrome_crashpad_handler|lib[^/]*\.so)$/.test(path),
    (soname) => onMachine.has(soname),
  );
  const root = join(finalFolder, 'root');
  const fonts = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(root, 'usr/share/fonts')}</dir>
  <cachedir>${join(finalFolder, 'font-cache')}</cachedir>
</fontconfig>
`;
  mkdirSync(join(folder, 'font-cache'));
  writeFileSync(join(folder, 'fonts.conf'), fonts);
  const libraries = unpacked.libraryDirs.map((part) => join(root, part)).join(':');
  const script = `#!/bin/sh
export LD_LIBRARY_PATH=${quote(libraries)}
export FONTCONFIG_FILE=${quote(join(finalFolder, 'fonts.conf'))}
exec ${quote(join(root, 'usr/lib/chromium/chromium'))} "$@"
`;
  const command = writeScript(folder, finalFolder, 'chromium', script);
  return { command, version: versionOf(unpacked, 'chromium') };
}

async function unpackInto(
  workshop: Workshop,
  repository: AptRepository,
  packages: readonly string[],
  isProgram: (path: string) => boolean,
  isOnMachine?: (soname: string) => boolean,
): Promise<UnpackedRoot> {
  const unpacked = await unpackWithLibraries({
    repository,
    packages,
    root: join(workshop.folder, 'root'),
    isProgram,
    ...(isOnMachine ? { isOnMachine } : {}),
    onBytes: workshop.onBytes,
  });
  const manifest = unpacked.debs.map(({ name, version, sha256, sizeBytes }) => ({
    name,
    version,
    sha256,
    sizeBytes,
  }));
  manifest.sort((a, b) => a.name.localeCompare(b.name));
  writeFileSync(
    join(workshop.folder, 'manifest.json'),
    `${JSON.stringify({ packages: manifest }, null, 2)}\n`,
  );
  return unpacked;
}

function versionOf(unpacked: UnpackedRoot, name: string): string {
  const version = unpacked.debs.find((deb) => deb.name === name)?.version ?? '';
  return version.replace(/^\d+:/, '');
}

/** What an earlier run wrote down of a finished folder. */
export function readFinished(folder: string): unknown {
  const path = join(folder, 'tool.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
