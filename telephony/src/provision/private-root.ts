import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UnpackedRoot } from './unpack-with-libraries.ts';

/**
 * Writes `bin/<name>`: starts a program of the private root through the root's own dynamic loader. `exec` lets signals
 * reach the program itself; argv[0] is the script, so that a program which starts itself again comes this way too.
 */
export function writeLauncher(options: {
  /** Folder while it is being made. */
  readonly folder: string;
  /** The same folder once it is done: the paths that the script names. */
  readonly finalFolder: string;
  readonly name: string;
  /** Path of the program below the root, e.g. `usr/sbin/asterisk`. */
  readonly program: string;
  readonly unpacked: UnpackedRoot;
}): string {
  const { finalFolder, unpacked } = options;
  const root = join(finalFolder, 'root');
  const libraries = unpacked.libraryDirs.map((folder) => join(root, folder)).join(':');
  // Debian's packages hold everything below /usr; the loader's well-known path goes through a link of the machine.
  const loader = join(root, 'usr', unpacked.interpreter);
  const script = `#!/bin/sh
exec ${quote(loader)} --library-path ${quote(libraries)} --argv0 "$0" ${quote(join(root, options.program))} "$@"
`;
  return writeScript(options.folder, finalFolder, options.name, script);
}

/** Writes an executable script to `bin/<name>` and returns its final path. */
export function writeScript(folder: string, finalFolder: string, name: string, script: string): string {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'bin', name), script);
  chmodSync(join(folder, 'bin', name), 0o755);
  return join(finalFolder, 'bin', name);
}

/** A word for a POSIX shell. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
