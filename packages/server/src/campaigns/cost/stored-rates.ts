import type { Database } from '../../database/index.ts';
import { type Changed, changedOf } from '../who-changed.ts';
import type { RateDestination } from '../words.ts';
import { type Rate, RateSchema } from './rate.ts';

/** All rates of all times, by destination, the latest first. */
export async function readRates(db: Database): Promise<readonly (Rate & { readonly changed: Changed })[]> {
  const rows = await db
    .selectFrom('call_rate as r')
    .leftJoin('person as p', 'p.id', 'r.changed_by')
    .selectAll('r')
    .select('p.name as changer')
    .orderBy('r.destination')
    .orderBy('r.valid_from', 'desc')
    .execute();
  return rows.map((row) => ({
    ...RateSchema.parse({
      destination: row.destination,
      validFrom: row.valid_from,
      unitSeconds: row.unit_seconds,
      unitSen: row.unit_sen,
      feeSen: row.fee_sen,
      taxPercent: Number(row.tax_percent),
      rounding: row.rounding,
    }),
    changed: changedOf(row),
  }));
}

/**
 * Adds the rate of a destination from a day on (`version` null), or changes it.
 * @returns false where there is one already, or somebody changed it since `version`
 */
export async function saveRate(
  trx: Database,
  rate: Rate,
  version: number | null,
  deed: { readonly person: string; readonly at: Date },
): Promise<boolean> {
  const { destination, validFrom } = rate;
  const values = {
    unit_seconds: rate.unitSeconds,
    unit_sen: rate.unitSen,
    fee_sen: rate.feeSen,
    tax_percent: rate.taxPercent,
    rounding: rate.rounding,
    changed_at: deed.at,
    changed_by: deed.person,
  };
  const row =
    version === null
      ? await trx
          .insertInto('call_rate')
          .values({ destination, valid_from: validFrom, ...values })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await trx
          .updateTable('call_rate')
          .set({ ...values, version: version + 1 })
          .where('destination', '=', destination)
          .where('valid_from', '=', validFrom)
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return row !== undefined;
}

/**
 * Removes the rate of a destination from a day on, unless it is the first one: what costs nobody knows is not dialled.
 * @returns false where it is gone, was changed since `version`, or is the first one
 */
export async function removeRate(
  trx: Database,
  destination: RateDestination,
  validFrom: string,
  version: number,
): Promise<boolean> {
  const row = await trx
    .deleteFrom('call_rate')
    .where('destination', '=', destination)
    .where('valid_from', '=', validFrom)
    .where('version', '=', version)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('call_rate as other')
          .select('other.version')
          .where('other.destination', '=', destination)
          .where('other.valid_from', '<', validFrom),
      ),
    )
    .returning('version')
    .executeTakeFirst();
  return row !== undefined;
}
