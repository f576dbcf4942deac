import { z } from 'zod';
import type { Database } from '../database/index.ts';

/** All that is needed of a trunk here. Its passwords are sealed, so that it is no `Trunk` yet. */
const RegisteredSchema = z.looseObject({ accounts: z.array(z.looseObject({ number: z.string() })) });

/** All numbers that lead to this system: those that are served, and those that a trunk is registered for. */
export async function ownNumbers(db: Database): Promise<ReadonlySet<string>> {
  const served = await db.selectFrom('phone_number').select('phone_number').execute();
  const trunks = await db.selectFrom('trunk').select('settings').execute();
  const registered = trunks.flatMap(({ settings }) =>
    (RegisteredSchema.safeParse(settings).data?.accounts ?? []).map(({ number }) => number),
  );
  return new Set([...served.map((row) => row.phone_number), ...registered]);
}

/** Where calls of our numbers are passed on to, and the name of a number that does so. */
export async function passedOnTo(db: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('phone_number')
    .select(['name', 'forward_to', 'fallback_number'])
    .orderBy('phone_number', 'desc')
    .execute();
  return new Map(
    rows.flatMap(({ name, ...targets }) =>
      [targets.forward_to, targets.fallback_number].flatMap((target) =>
        target === null ? [] : [[target, name] as const],
      ),
    ),
  );
}
