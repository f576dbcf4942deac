import { homedir } from 'node:os';
import { join } from 'node:path';

const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Folder for what can be fetched or built again: provisioned programs, packages, unpacked PostgreSQL.
 * `MADOGUCHI_CACHE` wins; otherwise `/var/cache/madoguchi` for root, `~/.cache/madoguchi` for everybody else.
 */
export function cacheRoot(): string {
  const named = process.env['MADOGUCHI_CACHE'];
  if (named !== undefined && named !== '') return named;
  return isRoot() ? '/var/cache/madoguchi' : join(homedir(), '.cache', 'madoguchi');
}

/**
 * Folder for what must not be lost: database, recordings, prompts, spool.
 * `MADOGUCHI_DATA` wins; otherwise `/var/lib/madoguchi` for root, `~/.local/share/madoguchi` for everybody else.
 */
export function dataRoot(): string {
  const named = process.env['MADOGUCHI_DATA'];
  if (named !== undefined && named !== '') return named;
  return isRoot() ? '/var/lib/madoguchi' : join(homedir(), '.local', 'share', 'madoguchi');
}
