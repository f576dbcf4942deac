import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Short key of what was asked for: another recipe gives another folder. */
export function contentKey(recipe: unknown): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}

/**
 * Fills a folder under another name and renames it when it is whole: whoever finds the folder finds all of it. Must run
 * under the cache's lock; what an interrupted run left is removed first.
 */
export async function makeContentFolder<T>(
  parent: string,
  name: string,
  fill: (folder: string, finalFolder: string) => Promise<T>,
): Promise<T> {
  mkdirSync(parent, { recursive: true });
  for (const left of readdirSync(parent)) {
    if (left.startsWith(`${name}.making`)) rmSync(join(parent, left), { recursive: true, force: true });
  }
  const finalFolder = join(parent, name);
  const folder = join(parent, `${name}.making`);
  mkdirSync(folder, { mode: 0o755 });
  try {
    const result = await fill(folder, finalFolder);
    if (existsSync(finalFolder)) rmSync(finalFolder, { recursive: true });
    renameSync(folder, finalFolder);
    return result;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
