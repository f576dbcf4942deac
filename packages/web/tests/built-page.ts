import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

const web = join(import.meta.dirname, '..');
const dist = join(web, 'dist');

/** Builds the page unless the last build is newer than every source. @returns the folder with index.html. */
export async function builtPage(): Promise<string> {
  if (!(await isFresh())) await build({ configFile: join(web, 'vite.config.ts'), logLevel: 'warn' });
  return dist;
}

async function isFresh(): Promise<boolean> {
  const index = join(dist, 'index.html');
  if (!existsSync(index)) return false;
  const { mtimeMs } = await stat(index);
  const sources = [
    ...(await readdir(join(web, 'src'), { recursive: true })).map((path) => join(web, 'src', path)),
    ...['index.html', 'vite.config.ts', 'package.json'].map((path) => join(web, path)),
    join(web, '../server/src/http/contract.ts'),
    join(web, '../server/src/http/announcement-contract.ts'),
    join(web, '../server/src/http/trunk-contract.ts'),
    ...['draft', 'profiles', 'trunk'].map((name) => join(web, `../../telephony/src/trunk/${name}.ts`)),
  ];
  const times = await Promise.all(sources.map(async (path) => (await stat(path)).mtimeMs));
  return times.every((time) => time < mtimeMs);
}
