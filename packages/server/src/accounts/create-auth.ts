import { randomUUID } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { loggable } from '../loggable-error.ts';
import { writeAudit } from './audit.ts';
import { type AuthSettings, authOptions, type PasswordHashing } from './auth-options.ts';
import { type Role, RoleSchema } from './rights.ts';
import { createSignInLock, type LockSettings } from './sign-in-lock.ts';

/** Somebody who is signed in and not suspended. */
export type Person = {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
};

export type Auth = {
  /** better-auth's own endpoints below /api/auth; the answer carries the cookies. */
  handle(request: Request): Promise<Response>;
  /** Who sent these headers (cookie); null where nobody is signed in, the session has ended or the person is suspended. */
  whoIs(headers: Headers): Promise<Person | null>;
  createPerson(person: NewPerson): Promise<{ readonly userId: string }>;
  /** Suspends a person or lets them in again. Suspending ends all sessions; open streams end at their next check. */
  setSuspended(
    userId: string,
    suspended: boolean,
    by: { userId: string; address: string | null } | null,
  ): Promise<void>;
};

export type NewPerson = {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** At least 12 characters. */
  readonly password: string;
};

export type AuthParts = {
  readonly db: Database;
  readonly settings: AuthSettings & LockSettings;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
  /** Default: better-auth's scrypt. */
  readonly hashing?: PasswordHashing;
};

/** Accounts on better-auth: e-mail and password, nobody signs up by themselves, nothing calls out to the network. */
export function createAuth({ db, settings, clock, log, hashing }: AuthParts): Auth {
  const auth = betterAuth(
    optionsOf({ db, settings, clock, log, ...(hashing === undefined ? {} : { hashing }) }),
  );
  const hash = hashing?.hash ?? hashPassword;

  return {
    handle: async (request) => await auth.handler(request),
    async whoIs(headers) {
      const found = await auth.api.getSession({ headers });
      if (found === null || found.user.suspended) return null;
      const { id, name, email, role } = found.user;
      return { userId: id, name, email, role: RoleSchema.parse(role) };
    },
    async createPerson(person) {
      const userId = await db
        .transaction()
        .execute(async (trx) => await insertPerson(trx, person, await hash(person.password), clock.now()));
      await writeAudit(db, {
        at: clock.now(),
        userId: null,
        action: 'personCreated',
        subject: userId,
        address: null,
      });
      return { userId };
    },
    async setSuspended(userId, suspended, by) {
      await db
        .updateTable('person')
        .set({ suspended, updated_at: new Date(clock.now()) })
        .where('id', '=', userId)
        .execute();
      if (suspended) await db.deleteFrom('person_session').where('user_id', '=', userId).execute();
      await writeAudit(db, {
        at: clock.now(),
        userId: by?.userId ?? null,
        action: 'personSuspended',
        subject: userId,
        address: by?.address ?? null,
        detail: { suspended },
      });
    },
  };
}

/** better-auth's options with the watch on sign-ins; exported for the drift test. */
export function optionsOf({ db, settings, clock, log, hashing }: AuthParts) {
  const lock = createSignInLock(db, clock, settings);
  return authOptions(db, settings, {
    hashing: hashing ?? { hash: hashPassword, verify: verifyPassword },
    watch: {
      async beforeSignIn(email) {
        const answer = await lock.take(email);
        if (answer === 'allowed') return;
        if (answer === 'lockedNow') await auditLock(email);
        throw new APIError('TOO_MANY_REQUESTS', {
          code: 'SIGN_IN_LOCKED',
          message: 'locked after too many failures',
        });
      },
      afterSignIn: async (email) => await lock.forget(email),
    },
    async onSignedIn(userId, address) {
      await writeAudit(db, { at: clock.now(), userId, action: 'signedIn', subject: userId, address });
    },
    async refuseSuspended(userId) {
      const row = await db
        .selectFrom('person')
        .select('suspended')
        .where('id', '=', userId)
        .executeTakeFirst();
      if (row?.suspended) throw new APIError('FORBIDDEN', { code: 'SUSPENDED', message: 'suspended' });
    },
    onFault(error) {
      log.error({ err: loggable(error) }, 'better-auth failed');
    },
    logger: {
      level: 'warn',
      disableColors: true,
      log(level, message, ...args) {
        const error = args.find((each) => each instanceof Error);
        log[level](error === undefined ? {} : { err: loggable(error) }, `better-auth: ${message}`);
      },
    },
  });

  async function auditLock(email: string): Promise<void> {
    const person = await db
      .selectFrom('person')
      .select('id')
      .where('email', '=', email.toLowerCase())
      .executeTakeFirst();
    await writeAudit(db, {
      at: clock.now(),
      userId: null,
      action: 'signInLocked',
      subject: person?.id ?? 'unknown',
      address: null,
    });
  }
}

/** Writes a person and the password that goes with them, as better-auth lays them down. @returns the person's id. */
export async function insertPerson(
  db: Database,
  { name, email, role }: Omit<NewPerson, 'password'>,
  passwordHash: string,
  now: number,
): Promise<string> {
  const id = randomUUID();
  const at = new Date(now);
  await db
    .insertInto('person')
    .values({
      id,
      name,
      email: email.toLowerCase(),
      email_verified: false,
      image: null,
      role,
      suspended: false,
      created_at: at,
      updated_at: at,
    })
    .execute();
  await db
    .insertInto('person_credential')
    .values({
      id: randomUUID(),
      account_id: id,
      provider_id: 'credential',
      user_id: id,
      password: passwordHash,
      created_at: at,
      updated_at: at,
    })
    .execute();
  return id;
}
