import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type AptSource, writeDeb822 } from './apt-sources.ts';
import { ProvisionError } from './provision-error.ts';
import { runCommand } from './run-command.ts';

/** A downloaded package file. */
export interface DebFile {
  readonly name: string;
  readonly version: string;
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

export interface AptRepository {
  /** Whether the release has such a package. */
  has(name: string): boolean;
  /** Packages that the named one depends on directly; of alternatives the first that exists. */
  dependsOf(name: string): readonly string[];
  /** Fetches packages into the cache; those already there are not fetched again. Checked against the signed index. */
  download(names: readonly string[], onBytes: (bytes: number) => void): Promise<readonly DebFile[]>;
}

/**
 * Opens a package source with apt's own programs but private folders, so that neither root nor the machine's own
 * package database is involved. The machine's apt settings (proxy, Check-Valid-Until) stay in force.
 */
export async function openAptRepository(options: {
  /** Folder for index and configuration, e.g. `<cache>/apt-forky`. */
  readonly folder: string;
  /** Folder where `.deb` files are kept. */
  readonly packagesFolder: string;
  readonly sources: readonly AptSource[];
}): Promise<AptRepository> {
  const { folder, packagesFolder } = options;
  const configuration = writeConfiguration(folder, options.sources);
  mkdirSync(packagesFolder, { recursive: true });
  await updateIndex(folder, configuration);
  const stanzas = readIndex(folder);

  async function download(names: readonly string[], onBytes: (bytes: number) => void): Promise<DebFile[]> {
    if (names.length === 0) return [];
    const wanted = fromIndex(names, stanzas) ?? (await listWanted(configuration, names));
    const missing = wanted.filter((deb) => !existsSync(join(packagesFolder, deb.fileName)));
    for (const deb of wanted) if (!missing.includes(deb)) onBytes(deb.sizeBytes);
    if (missing.length > 0) {
      // A folder of its own for each download: several repositories fill one cache at the same time.
      const partial = mkdtempSync(join(packagesFolder, `.partial-${process.pid}-`));
      const watch = watchGrowth(partial, onBytes);
      const result = await runCommand(
        'apt-get',
        ['-q', '-c', configuration, 'download', ...missing.map((deb) => `${deb.name}=${deb.version}`)],
        { cwd: partial, env: aptEnvironment() },
      );
      watch.stop();
      if (result.status === 0) {
        for (const deb of missing)
          renameSync(join(partial, deb.fileName), join(packagesFolder, deb.fileName));
      }
      rmSync(partial, { recursive: true, force: true });
      if (result.status !== 0) {
        throw new ProvisionError('download-failed', {
          ja: 'パッケージをダウンロードできませんでした。ネットワークとディスクの空きを確かめてください。',
          en: 'Packages could not be downloaded. Check the network and the free disk space.',
          detail: errorLines(result.stderr),
        });
      }
    }
    const files: DebFile[] = [];
    for (const deb of wanted) {
      const path = join(packagesFolder, deb.fileName);
      const sha256 = await sha256Of(path);
      if (sha256 !== deb.sha256) {
        rmSync(path, { force: true });
        throw new ProvisionError('integrity', {
          ja: `${deb.name} のパッケージが壊れています。もう一度実行してください。`,
          en: `The package ${deb.name} is damaged (it was removed from the cache). Run this again.`,
          detail: `${path}: SHA-256 ${sha256}, expected ${deb.sha256}`,
        });
      }
      files.push({ name: deb.name, version: deb.version, path, sha256, sizeBytes: deb.sizeBytes });
    }
    return files;
  }

  return {
    has: (name) => stanzas.has(name),
    dependsOf: (name) => dependsIn(stanzas.get(name)?.at(-1) ?? '', (other) => stanzas.has(other)),
    download,
  };
}

function writeConfiguration(folder: string, sources: readonly AptSource[]): string {
  for (const part of ['state/lists/partial', 'cache/archives/partial']) {
    mkdirSync(join(folder, part), { recursive: true });
  }
  writeFileSync(join(folder, 'status'), '');
  writeFileSync(join(folder, 'machine.sources'), sources.map(writeDeb822).join('\n'));
  // The machine's hooks would clean the machine's own package cache; extra index files (DEP-11) are only weight.
  const cleared = ['APT::Update', 'DPkg'].flatMap((owner) =>
    ['Pre-Invoke', 'Post-Invoke', 'Post-Invoke-Success'].map((hook) => `#clear ${owner}::${hook};`),
  );
  const path = join(folder, 'apt.conf');
  writeFileSync(
    path,
    `${cleared.join('\n')}
#clear Acquire::IndexTargets::deb::Translations;
#clear Acquire::IndexTargets::deb::DEP-11;
#clear Acquire::IndexTargets::deb::DEP-11-icons;
#clear Acquire::IndexTargets::deb::DEP-11-icons-small;
#clear Acquire::IndexTargets::deb::DEP-11-icons-hidpi;
#clear Acquire::IndexTargets::deb::DEP-11-icons-large;
#clear Acquire::IndexTargets::deb::DEP-11-icons-large-hidpi;
Dir::State "${folder}/state";
Dir::State::status "${folder}/status";
Dir::Cache "${folder}/cache";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Dir::Etc::sourcelist "${folder}/machine.sources";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Acquire::GzipIndexes "false";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::ForceHash "SHA256";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
APT::Update::Error-Mode "any";
APT::Sandbox::User "root";
Debug::NoLocking "true";
`,
  );
  return path;
}

async function updateIndex(folder: string, configuration: string): Promise<void> {
  const result = await runCommand('apt-get', ['-q', '-c', configuration, 'update'], {
    env: aptEnvironment(),
  });
  if (result.status === 0) return;
  if (result.status === null) {
    throw new ProvisionError('no-apt', {
      ja: 'apt-get が見つかりません。Debian 系でない機械では、必要なプログラムを先に入れてください。',
      en: 'apt-get was not found. On a machine that is not Debian, install the programs beforehand.',
      detail: result.stderr,
    });
  }
  if (/is expired|not valid yet|期限切れ/i.test(result.stderr)) {
    throw new ProvisionError('index-expired', {
      ja: 'パッケージの目録の有効期限が切れています (時計がずれているか、ミラーが古い)。ミラーを信頼するなら apt の設定で Acquire::Check-Valid-Until "false" としてください。',
      en: 'The package index is past its Valid-Until date (wrong clock, or an old mirror). If you trust the mirror, set Acquire::Check-Valid-Until "false" in the apt configuration.',
      detail: errorLines(result.stderr),
    });
  }
  // With an index from an earlier run, packages that were kept can still be unpacked without a network.
  if (indexFiles(folder).length > 0) return;
  throw new ProvisionError('index-unreachable', {
    ja: 'Debian のパッケージの目録を取得できません (オフライン、またはミラーに届きません)。',
    en: 'The Debian package index cannot be fetched (offline, or the mirror cannot be reached).',
    detail: errorLines(result.stderr),
  });
}

function indexFiles(folder: string): string[] {
  const lists = join(folder, 'state', 'lists');
  return readdirSync(lists)
    .filter((name) => name.endsWith('_Packages'))
    .map((name) => join(lists, name));
}

function readIndex(folder: string): Map<string, string[]> {
  const stanzas = new Map<string, string[]>();
  for (const path of indexFiles(folder)) {
    for (const stanza of readFileSync(path, 'utf8').split('\n\n')) {
      const name = /^Package: (\S+)$/m.exec(stanza)?.[1];
      if (name !== undefined) stanzas.set(name, [...(stanzas.get(name) ?? []), stanza]);
    }
  }
  return stanzas;
}

function dependsIn(stanza: string, exists: (name: string) => boolean): string[] {
  const names: string[] = [];
  for (const field of stanza.matchAll(/^(?:Pre-Depends|Depends): (.*)$/gm)) {
    for (const group of (field[1] ?? '').split(',')) {
      const alternatives = group
        .split('|')
        .map((word) => /^[a-z0-9][a-z0-9.+-]*/.exec(word.trim())?.[0] ?? '');
      const chosen = alternatives.find(exists);
      if (chosen !== undefined) names.push(chosen);
    }
  }
  return names;
}

/** What apt would say of the packages, told from the index alone; undefined where a package has several versions. */
function fromIndex(names: readonly string[], stanzas: ReadonlyMap<string, readonly string[]>) {
  const found: Awaited<ReturnType<typeof listWanted>> = [];
  for (const name of names) {
    const [stanza, ...others] = stanzas.get(name) ?? [];
    if (stanza === undefined || others.length > 0) return undefined;
    const field = (label: string) => new RegExp(`^${label}: (.*)$`, 'm').exec(stanza)?.[1] ?? '';
    const version = field('Version');
    const fileName = `${name}_${version.replaceAll(':', '%3a')}_${field('Architecture')}.deb`;
    found.push({ fileName, name, version, sizeBytes: Number(field('Size')), sha256: field('SHA256') });
  }
  return found;
}

async function listWanted(configuration: string, names: readonly string[]) {
  const result = await runCommand(
    'apt-get',
    ['-q', '-c', configuration, 'download', '--print-uris', ...names],
    {
      env: aptEnvironment(),
    },
  );
  if (result.status !== 0) {
    throw new ProvisionError('package-missing', {
      ja: `パッケージが見つかりません: ${names.join(', ')}`,
      en: `No such package: ${names.join(', ')}`,
      detail: errorLines(result.stderr),
    });
  }
  return [...result.stdout.matchAll(/^'[^']*' (\S+) (\d+) SHA256:([0-9a-f]{64})$/gm)].map((match) => {
    const fileName = match[1] ?? '';
    const [name = '', version = ''] = fileName.split('_');
    return {
      fileName,
      name,
      version: decodeURIComponent(version),
      sizeBytes: Number(match[2]),
      sha256: match[3] ?? '',
    };
  });
}

function aptEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' };
}

function errorLines(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => /^[EW]: /.test(line))
    .slice(0, 4)
    .join('\n');
}

function watchGrowth(folder: string, onBytes: (bytes: number) => void) {
  let known = 0;
  const look = () => {
    const names = readdirSync(folder);
    const now = names.reduce(
      (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
    if (now > known) onBytes(now - known);
    known = Math.max(known, now);
  };
  const timer = setInterval(look, 200);
  return {
    stop: () => {
      clearInterval(timer);
      look();
    },
  };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece);
  return hash.digest('hex');
}
