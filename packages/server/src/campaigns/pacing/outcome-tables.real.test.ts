import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { listen } from '../../database/index.ts';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { DEFAULT_OUTCOME_TABLE } from './default-outcome-table.ts';
import { createOutcomeTables } from './outcome-tables.ts';
import { saveOutcomeTable } from './stored-outcome-table.ts';

const OWN = [{ when: { sipCodes: [503] }, outcome: 'noLine' as const, because: '契約回線数を超えた' }];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  for (const trunk_id of ['hikari', 'other'])
    await database.db.insertInto('trunk').values({ trunk_id, position: 0, settings: '{}' }).execute();
});
afterAll(() => database?.drop());

test('the telephone is woken when staff change what a trunk answers, and goes by it at once; a table it cannot read is the usual one', async () => {
  const { db, url } = database;
  const tables = createOutcomeTables({ db, log: pino({ level: 'silent' }) });
  const stop = listen(url, ['settings_changed'], {
    clock: systemClock,
    onWake: () => void tables.refresh(),
  });
  try {
    expect([tables.of('hikari'), tables.of(null)]).toEqual([DEFAULT_OUTCOME_TABLE, DEFAULT_OUTCOME_TABLE]);
    const deed = { person: 'test', at: new Date() };
    await saveOutcomeTable(db, 'hikari', OWN, null, deed);
    await expect.poll(() => tables.of('hikari')).toEqual(OWN);
    expect([tables.of('other'), tables.of(null)]).toEqual([DEFAULT_OUTCOME_TABLE, DEFAULT_OUTCOME_TABLE]);
    await saveOutcomeTable(db, 'hikari', null, 1, deed);
    await expect.poll(() => tables.of('hikari')).toEqual(DEFAULT_OUTCOME_TABLE);
    await saveOutcomeTable(db, 'other', OWN, null, deed);
    await expect.poll(() => tables.of('other')).toEqual(OWN);
    await db.updateTable('outcome_table').set({ rules: '[{"when":{"newer":true}}]' }).execute();
    await expect.poll(() => tables.of('other')).toEqual(DEFAULT_OUTCOME_TABLE);
  } finally {
    await stop();
  }
});
