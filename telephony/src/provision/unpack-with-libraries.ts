import { mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { AptRepository, DebFile } from './apt-repository.ts';
import { readElfNeeds } from './elf.ts';
import { ProvisionError } from './provision-error.ts';
import { runCommand } from './run-command.ts';

export interface UnpackedRoot {
  readonly debs: readonly DebFile[];
  /** Folders below the root that hold libraries something needs, e.g. `usr/lib/x86_64-linux-gnu`. */
  readonly libraryDirs: readonly string[];
  /** The dynamic loader that the programs ask for, e.g. `/lib64/ld-linux-x86-64.so.2`. */
  readonly interpreter: string;
}

/**
 * Unpacks packages into a folder together with the libraries that the named programs really load. A package's own
 * dependencies name far more (perl, database clients, mail): the ELF files themselves say what is needed, and Debian's
 * naming of library packages (Debian policy 8.1) says where it is.
 */
export async function unpackWithLibraries(options: {
  readonly repository: AptRepository;
  readonly packages: readonly string[];
  readonly root: string;
  /** Which of the unpacked files (paths without leading slash) must be able to run. */
  readonly isProgram: (path: string) => boolean;
  /** Libraries already on the machine that are to be used as they are. */
  readonly isOnMachine?: (soname: string) => boolean;
  readonly onBytes: (bytes: number) => void;
}): Promise<UnpackedRoot> {
  const { repository, root } = options;
  const debs: DebFile[] = [];
  const ownerOf = new Map<string, string>();
  const libraryPath = new Map<string, string>();
  const libraryDirs = new Set<string>();
  const inspected = new Set<string>();
  const open = new Map<string, string>();
  let interpreter = '';
  mkdirSync(root, { recursive: true });

  const inspect = (path: string) => {
    if (inspected.has(path)) return;
    inspected.add(path);
    const needs = readElfNeeds(join(root, path));
    if (!needs) return;
    interpreter ||= needs.interpreter ?? '';
    for (const soname of needs.needed) if (!open.has(soname)) open.set(soname, ownerOf.get(path) ?? '');
  };

  const fetch = async (names: readonly string[]) => {
    const files = await repository.download(names, options.onBytes);
    debs.push(...files);
    const unpackedBy: { deb: DebFile; paths: string[] }[] = [];
    const waiting = [...files];
    const unpackInTurn = async () => {
      for (let deb = waiting.shift(); deb; deb = waiting.shift()) {
        unpackedBy.push({ deb, paths: await unpack(deb, root) });
      }
    };
    await Promise.all([unpackInTurn(), unpackInTurn(), unpackInTurn()]);
    const programs: string[] = [];
    for (const { deb, paths } of unpackedBy) {
      for (const path of paths) {
        ownerOf.set(path, deb.name);
        if (/\.so(\.|$)/.test(path) && !libraryPath.has(basename(path)))
          libraryPath.set(basename(path), path);
        if (options.packages.includes(deb.name) && options.isProgram(path)) programs.push(path);
      }
    }
    for (const path of programs) inspect(path);
  };

  const settle = () => {
    for (let before = -1; before !== inspected.size; ) {
      before = inspected.size;
      for (const soname of [...open.keys()]) {
        const path = libraryPath.get(soname);
        if (path === undefined) continue;
        libraryDirs.add(dirname(path));
        inspect(path);
      }
    }
    return [...open].filter(([soname]) => !libraryPath.has(soname) && !options.isOnMachine?.(soname));
  };

  await fetch(options.packages);
  for (let missing = settle(); missing.length > 0; missing = settle()) {
    const have = new Set(debs.map((deb) => deb.name));
    const next = packagesFor(missing, repository, have);
    if (next.length === 0) {
      throw new ProvisionError('library-missing', {
        ja: `共有ライブラリが見つかりません: ${missing.map(([soname]) => soname).join(', ')}`,
        en: `No package provides these libraries: ${missing.map(([soname, owner]) => `${soname} (for ${owner})`).join(', ')}`,
      });
    }
    await fetch(next);
  }
  return { debs, libraryDirs: [...libraryDirs].sort(), interpreter };
}

/** Which packages to fetch next for the missing libraries; by name where the name tells, else what the owner depends on. */
export function packagesFor(
  missing: readonly (readonly [soname: string, owner: string])[],
  repository: Pick<AptRepository, 'has' | 'dependsOf'>,
  have: ReadonlySet<string>,
): string[] {
  const named = new Set<string>();
  const unnamed = new Set<string>();
  for (const [soname, owner] of missing) {
    const depends = repository.dependsOf(owner).filter((name) => !have.has(name));
    const stem = soname
      .replace(/^lib/, '')
      .replace(/\.so.*$/, '')
      .toLowerCase();
    const byName = depends.filter((name) => bareName(name) === bareName(soname));
    const byStem = depends.filter((name) => name.includes(stem));
    const libraries = depends.filter((name) => /^(lib|zlib)/.test(name));
    if (byName.length > 0) for (const name of byName) named.add(name);
    else for (const name of byStem.length > 0 ? byStem : libraries) unnamed.add(name);
  }
  // What the plain names bring often holds the others too (libcrypto comes with libssl).
  return [...(named.size > 0 ? named : unnamed)];
}

const ODD_NAMES = new Map([
  ['libz.so.1', 'zlib1g'],
  ['libcrypto.so.3', 'libssl3'],
  ['libm.so.6', 'libc6'],
  ['ld-linux-x86-64.so.2', 'libc6'],
  ['ld-linux-aarch64.so.1', 'libc6'],
]);

function bareName(name: string): string {
  const spelled = ODD_NAMES.get(name) ?? name.replace(/\.so(?=\.|$)/, '');
  return spelled
    .toLowerCase()
    .replace(/(t64|v5|c2a?)$/, '')
    .replaceAll(/[^a-z0-9+]/g, '');
}

async function unpack(deb: DebFile, root: string): Promise<string[]> {
  const result = await runCommand('dpkg-deb', ['--vextract', deb.path, root]);
  if (result.status !== 0) {
    throw new ProvisionError('unpack-failed', {
      ja: `${deb.name} を展開できませんでした。ディスクの空きを確かめてください。`,
      en: `The package ${deb.name} could not be unpacked. Check the free disk space.`,
      detail: result.stderr.trim(),
    });
  }
  return result.stdout
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith('/'))
    .map((line) => line.replace(/^\.\//, '').replace(/ -> .*$/, ''));
}
