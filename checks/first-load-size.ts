import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** DESIGN.md: what a clerk's browser must have before it can show the first screen. */
const FIRST_LOAD_LIMIT_BYTES = 250_000;

const WEB_DIST = join(import.meta.dirname, '../packages/web/dist');
const SCRIPT_OR_STYLE = /<(?:script|link)\b[^>]*?\b(?:src|href)="(\/[^"]+\.(?:js|css))"/g;

export type FirstLoad = {
  readonly files: readonly { readonly path: string; readonly gzipBytes: number }[];
  readonly gzipBytes: number;
};

/**
 * Adds up index.html and every script and stylesheet that it names (also those to be preloaded), each compressed by gzip as a
 * server would. Fonts are fetched by need, by the characters on the screen, and not counted; the stylesheet naming them is.
 * @throws Error where the admin page has not been built, or where it is larger than 250 kB.
 */
export async function firstLoadSize(dist = WEB_DIST): Promise<FirstLoad> {
  const html = await readFile(join(dist, 'index.html'), 'utf8');
  const paths = [...html.matchAll(SCRIPT_OR_STYLE)].map((match) => match[1] ?? '');
  if (paths.length < 2)
    throw new Error('index.html names no script and stylesheet: has the page been built?');
  const files = await Promise.all(
    ['/index.html', ...paths].map(async (path) => ({
      path,
      gzipBytes: gzipSync(await readFile(join(dist, path)), { level: 9 }).length,
    })),
  );
  const gzipBytes = files.reduce((sum, file) => sum + file.gzipBytes, 0);
  if (gzipBytes > FIRST_LOAD_LIMIT_BYTES) {
    throw new Error(`first load is ${gzipBytes} bytes, more than ${FIRST_LOAD_LIMIT_BYTES}`);
  }
  return { files, gzipBytes };
}

if (import.meta.main) {
  const { files, gzipBytes } = await firstLoadSize();
  for (const file of files) console.log(`${String(file.gzipBytes).padStart(8)} ${file.path}`);
  console.log(`${String(gzipBytes).padStart(8)} first load, gzip (limit ${FIRST_LOAD_LIMIT_BYTES})`);
}
