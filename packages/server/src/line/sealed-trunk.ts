import { type Trunk, type TrunkAccount, TrunkSchema } from '@madoguchi/telephony/trunk';
import { z } from 'zod';
import { type Seal, SealError, SealedSchema } from '../seal.ts';

/** What lies of a password in PostgreSQL and beside the telephone's state. A house of before keeps it open until its next start. */
const StoredPasswordSchema = z.union([SealedSchema, z.string()]);
const StoredSchema = z.looseObject({
  id: z.string(),
  accounts: z.array(z.looseObject({ number: z.string(), user: z.string(), password: StoredPasswordSchema })),
});

/** A password that cannot be opened any more: no check of a trunk lets it pass, so that it has to be entered anew. */
const LOST = '';

/** `fields`: those that are wrong, where the settings are of a newer version. */
export type OpenedTrunk =
  | {
      readonly readable: true;
      readonly trunk: Trunk;
      /** Numbers whose passwords cannot be opened; theirs are empty in `trunk`. */
      readonly passwordsLost: readonly string[];
    }
  | { readonly readable: false; readonly fields: readonly string[] };

/** A trunk as it is stored: JSON without an open password. */
export function sealTrunk(trunk: Trunk, seal: Seal): string {
  const accounts = trunk.accounts.map((account) => ({
    ...account,
    password: seal.seal(account.password, placeOf(trunk.id, account)),
  }));
  return JSON.stringify({ ...trunk, accounts });
}

/** @param stored as `sealTrunk` made it, parsed; or as it was stored before passwords were sealed */
export function openTrunk(stored: unknown, seal: Seal): OpenedTrunk {
  const parsed = StoredSchema.safeParse(stored);
  if (!parsed.success) return unreadable(parsed.error);
  const { id, accounts } = parsed.data;
  const passwords = accounts.map((account) => openPassword(account, id, seal));
  const trunk = TrunkSchema.safeParse({
    ...parsed.data,
    // One that is lost is put in after the check, which it would not pass.
    accounts: accounts.map((account, at) => ({ ...account, password: passwords[at] ?? 'lost' })),
  });
  if (!trunk.success) return unreadable(trunk.error);
  return {
    readable: true,
    trunk: {
      ...trunk.data,
      accounts: trunk.data.accounts.map((account, at) => ({ ...account, password: passwords[at] ?? LOST })),
    },
    passwordsLost: accounts.flatMap(({ number }, at) => (passwords[at] === null ? [number] : [])),
  };
}

/** Whether every password is sealed with the current key. True also of what cannot be read. */
export function isSealedNow(stored: unknown, seal: Seal): boolean {
  const parsed = StoredSchema.safeParse(stored);
  return (
    !parsed.success ||
    parsed.data.accounts.every(
      ({ password }) => typeof password !== 'string' && password.sealedWith === seal.currentKey,
    )
  );
}

function openPassword(
  { password, ...account }: z.infer<typeof StoredSchema>['accounts'][number],
  trunkId: string,
  seal: Seal,
): string | null {
  if (typeof password === 'string') return password;
  try {
    return seal.open(password, placeOf(trunkId, account));
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/** Bound to the ciphertext: a password that was moved to another trunk or account does not open. Neither part can hold a line break. */
function placeOf(trunkId: string, { number, user }: Pick<TrunkAccount, 'number' | 'user'>): string {
  return `${trunkId}\n${number}\n${user}`;
}

function unreadable(error: z.ZodError): OpenedTrunk {
  return { readable: false, fields: error.issues.map(({ path }) => path.join('.')) };
}
