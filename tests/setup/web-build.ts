import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Whether `dist` is newer than everything the pages are made of (`packages/web` and `packages/flow`). */
export function webIsBuilt(web: string): boolean {
  const built = statSync(join(web, 'dist', 'index.html'), { throwIfNoEntry: false });
  if (!built) return false;
  const sources = [web, join(web, '..', 'flow'), join(web, '..', '..', 'package-lock.json')];
  return sources.every((path) => newestMs(path) <= built.mtimeMs);
}

function newestMs(path: string): number {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const names = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules');
  return Math.max(0, ...names.map((name) => newestMs(join(path, name))));
}
