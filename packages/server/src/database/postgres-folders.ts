import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './embedded-error.ts';
import type { RunAs } from './postgres-user.ts';

/** Unix socket paths end at 107 bytes (unix(7)); PostgreSQL adds its own file name. */
const SOCKET_DIR_LIMIT_BYTES = 107 - '/.s.PGSQL.5432.lock'.length;

/** Gives a folder to PostgreSQL's user (when there is one) with these permissions. */
export function own(folder: string, runAs: RunAs | undefined, mode: number): void {
  if (runAs) chownSync(folder, runAs.uid, runAs.gid);
  chmodSync(folder, mode);
}

/**
 * Lets PostgreSQL's user pass through our own folders (`ours`) and through folders for temporary files on the
 * way to `targets`; passing is not reading. Throws
 * 'folder-closed' when a folder that is not ours is in the way: opening that is for its owner to decide.
 */
export function openWay(targets: readonly string[], ours: readonly string[], runAs: RunAs): void {
  const owned = new Set(ours.map((folder) => resolve(folder)));
  for (const target of targets) {
    for (let folder = resolve(target); ; folder = dirname(folder)) {
      const { mode, uid, gid } = statSync(folder);
      const passes =
        (mode & 0o001) !== 0 ||
        (uid === runAs.uid && (mode & 0o100) !== 0) ||
        (gid === runAs.gid && (mode & 0o010) !== 0);
      const isOurs = owned.has(folder) || resolve(folder).startsWith(`${resolve(tmpdir())}/`);
      if (!passes && isOurs) chmodSync(folder, (mode & 0o7777) | 0o011);
      else if (!passes) {
        throw new EmbeddedPostgresError(
          'folder-closed',
          `データベースの利用者 (madoguchi) が ${folder} を通れません。MADOGUCHI_DATA / MADOGUCHI_CACHE に別の場所を指定してください。\n` +
            `The database's user (madoguchi) cannot pass through ${folder}. Name another place in MADOGUCHI_DATA / MADOGUCHI_CACHE.`,
        );
      }
      if (folder === dirname(folder)) break;
    }
  }
}

/**
 * A folder for the Unix socket that only PostgreSQL's user (and its group, and root) may enter: beside the data, or, where
 * that path is too long for a socket, in the folder for temporary files. The same data gives the same path at every start.
 */
export function makeSocketDir(home: string, dataDir: string, runAs: RunAs | undefined): string {
  const beside = join(home, 'socket');
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const folder =
    Buffer.byteLength(beside) <= SOCKET_DIR_LIMIT_BYTES ? beside : join(tmpdir(), `madoguchi-${key}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  if (!lstatSync(folder).isDirectory()) {
    throw new EmbeddedPostgresError('folder-closed', `${folder} is no folder of ours`);
  }
  own(folder, runAs, 0o750);
  return folder;
}
