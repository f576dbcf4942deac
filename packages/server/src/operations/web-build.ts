import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../../..');
const WEB = join(ROOT, 'packages/web');
const VITE = join(ROOT, 'node_modules/vite/bin/vite.js');
const TAIL_CHARS = 4_000;

/**
 * Builds the admin page where it is missing or older than its sources. Where the tool for that is not installed (an installation
 * that brings the built page with it) it is taken as it is.
 * @throws Error with what the tool said.
 */
export async function ensureWebBuilt(onBuilding: () => void): Promise<void> {
  if (webIsBuilt(WEB) || !existsSync(VITE)) return;
  onBuilding();
  const child = spawn(process.execPath, [VITE, 'build', '--logLevel', 'warn'], {
    cwd: WEB,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said = `${said}${text}`.slice(-TAIL_CHARS);
    });
  }
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on('error', reject);
  child.on('exit', resolve);
  if ((await promise) !== 0) {
    throw new Error(`管理画面を組み立てられませんでした。/ The admin page could not be built.\n${said}`);
  }
}

/** Whether `dist` is newer than everything the page is made of (`packages/web` and `packages/flow`). */
function webIsBuilt(web: string): boolean {
  const built = statSync(join(web, 'dist', 'index.html'), { throwIfNoEntry: false });
  if (!built) return false;
  const sources = [web, join(web, '..', 'flow'), join(ROOT, 'package-lock.json')];
  return sources.every((path) => newestMs(path) <= built.mtimeMs);
}

function newestMs(path: string): number {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const names = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules');
  return Math.max(0, ...names.map((name) => newestMs(join(path, name))));
}
