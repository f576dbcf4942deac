import { type TrunkProbe, TrunkProbeSchema } from '@madoguchi/telephony/probe';
import type { Trunk } from '@madoguchi/telephony/trunk';
import type { Database } from '../../database/index.ts';
import type { Seal } from '../../seal.ts';
import { openTrunk } from '../sealed-trunk.ts';

export type StoredTrunk = {
  readonly trunk: Trunk;
  /** Numbers whose passwords cannot be opened any more: the trunk takes no calls until they are entered anew. */
  readonly passwordsLost: readonly string[];
  readonly version: number;
  readonly changedAt: Date;
  /** Name of the person; null: as the start laid it. */
  readonly changedBy: string | null;
  readonly lastTest: {
    readonly version: number;
    readonly at: Date;
    readonly by: string;
    readonly probe: TrunkProbe;
  } | null;
};

const GONE = '削除された利用者';

/** Trunks in their order with who changed and tested them. `unreadable`: those of a newer version, which take no calls. */
export async function readStoredTrunks(
  db: Database,
  seal: Seal,
): Promise<{ readonly trunks: readonly StoredTrunk[]; readonly unreadable: number }> {
  const rows = await db
    .selectFrom('trunk')
    .leftJoin('trunk_test', 'trunk_test.trunk_id', 'trunk.trunk_id')
    .leftJoin('person as changer', 'changer.id', 'trunk.changed_by')
    .leftJoin('person as tester', 'tester.id', 'trunk_test.tested_by')
    .select([
      'trunk.settings',
      'trunk.version',
      'trunk.changed_at',
      'trunk.changed_by',
      'changer.name as changer',
      'trunk_test.version as tested_version',
      'trunk_test.tested_at',
      'tester.name as tester',
      'trunk_test.results',
    ])
    .orderBy('trunk.position')
    .orderBy('trunk.trunk_id')
    .execute();
  const trunks = rows.flatMap((row): StoredTrunk[] => {
    const opened = openTrunk(row.settings, seal);
    if (!opened.readable) return [];
    const probe = TrunkProbeSchema.safeParse(row.results);
    const { tested_version: testedVersion, tested_at: testedAt } = row;
    return [
      {
        trunk: opened.trunk,
        passwordsLost: opened.passwordsLost,
        version: row.version,
        changedAt: row.changed_at,
        changedBy: row.changed_by === null ? null : (row.changer ?? GONE),
        lastTest:
          probe.success && testedAt !== null && testedVersion !== null
            ? { version: testedVersion, at: testedAt, by: row.tester ?? GONE, probe: probe.data }
            : null,
      },
    ];
  });
  return { trunks, unreadable: rows.length - trunks.length };
}

/** Keeps a result in the place of the one before. Does nothing where the trunk was taken away meanwhile. */
export async function keepTrunkTest(
  db: Database,
  test: { trunkId: string; version: number; probe: TrunkProbe; person: string; at: Date },
): Promise<void> {
  const { version, person: tested_by, at: tested_at } = test;
  const results = JSON.stringify(test.probe);
  await db
    .insertInto('trunk_test')
    .columns(['trunk_id', 'version', 'tested_at', 'tested_by', 'results'])
    .expression(({ selectFrom, val, cast }) =>
      selectFrom('trunk')
        .where('trunk_id', '=', test.trunkId)
        .select([
          'trunk_id',
          cast<number>(val(version), 'integer').as('version'),
          cast<Date>(val(tested_at), 'timestamptz').as('tested_at'),
          cast<string>(val(tested_by), 'text').as('tested_by'),
          cast<string>(val(results), 'jsonb').as('results'),
        ]),
    )
    .onConflict((conflict) =>
      conflict.column('trunk_id').doUpdateSet({ version, tested_at, tested_by, results }),
    )
    .execute();
}
