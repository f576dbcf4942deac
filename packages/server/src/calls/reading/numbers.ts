import type { z } from 'zod';
import type { Database } from '../../database/index.ts';
import type { NumberListSchema } from '../../http/contract.ts';
import { showNumber } from './show-number.ts';

/** The numbers that citizens call, with the flow in force on each. */
export async function listNumbers(db: Database): Promise<z.infer<typeof NumberListSchema>['numbers']> {
  const rows = await db
    .selectFrom('phone_number as p')
    .leftJoin('flow_bundle as f', 'f.bundle_id', 'p.bundle_id')
    .select(['p.phone_number', 'p.name', 'p.state', 'f.name as flow_name'])
    .orderBy('p.phone_number')
    .execute();
  return rows.map((row) => ({
    phoneNumber: row.phone_number,
    shown: showNumber(row.phone_number),
    name: row.name,
    state: row.state,
    flowName: row.flow_name,
  }));
}
