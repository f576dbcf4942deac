import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Name of the system user that runs PostgreSQL when we are root, and of the database's owner in any case. */
export const POSTGRES_USER = 'madoguchi';

export type RunAs = { readonly uid: number; readonly gid: number };

/**
 * The ordinary user to run PostgreSQL as (it refuses to run as root): made with useradd when missing.
 * Undefined when this process is no root: then everything runs as whoever we are.
 */
export function postgresRunAs(): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const found = findUser();
  if (found) return found;
  try {
    execFileSync(
      'useradd',
      [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        '/usr/sbin/nologin',
        POSTGRES_USER,
      ],
      { stdio: 'pipe' },
    );
  } catch (error) {
    // Two processes may create it at once.
    const made = findUser();
    if (made) return made;
    throw error;
  }
  const made = findUser();
  if (!made) throw new Error(`useradd made no user ${POSTGRES_USER}`);
  return made;
}

function findUser(): RunAs | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${POSTGRES_USER}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}
