import { TrunkSchema } from '@madoguchi/telephony/trunk';
import type { Database } from '../database/index.ts';

/** All numbers that lead to this system: those that are served, and those that a trunk is registered for. */
export async function ownNumbers(db: Database): Promise<ReadonlySet<string>> {
  const served = await db.selectFrom('phone_number').select('phone_number').execute();
  const trunks = await db.selectFrom('trunk').select('settings').execute();
  const registered = trunks.flatMap(({ settings }) => {
    const trunk = TrunkSchema.safeParse(settings);
    return trunk.success ? trunk.data.accounts.map(({ number }) => number) : [];
  });
  return new Set([...served.map((row) => row.phone_number), ...registered]);
}
