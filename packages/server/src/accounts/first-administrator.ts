import { randomInt } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { writeAudit } from './audit.ts';
import { insertPerson } from './create-auth.ts';

export const FIRST_ADMINISTRATOR_EMAIL = 'admin@madoguchi.local';

/** No characters that are taken for one another when read aloud or copied by hand (0/O, 1/l/I). */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 5;

/**
 * Makes the first administrator, with a random password of 100 bits that is returned only now and kept nowhere.
 * @returns null where somebody already has an account.
 */
export async function createFirstAdministrator(
  db: Database,
  {
    email = FIRST_ADMINISTRATOR_EMAIL,
    name = '管理者',
    clock,
  }: { readonly email?: string; readonly name?: string; readonly clock: Pick<Clock, 'now'> },
): Promise<{ readonly email: string; readonly password: string } | null> {
  const password = randomPassword();
  const passwordHash = await hashPassword(password);
  return await db.transaction().execute(async (trx) => {
    // two processes that start together must not both find nobody
    await sql`lock table person in share row exclusive mode`.execute(trx);
    if ((await trx.selectFrom('person').select('id').limit(1).executeTakeFirst()) !== undefined) return null;
    const userId = await insertPerson(trx, { name, email, role: 'administrator' }, passwordHash, clock.now());
    await writeAudit(trx, {
      at: clock.now(),
      userId: null,
      action: 'personCreated',
      subject: userId,
      address: null,
    });
    return { email, password };
  });
}

function randomPassword(): string {
  const group = () =>
    Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
