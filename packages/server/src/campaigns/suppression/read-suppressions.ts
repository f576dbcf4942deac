import type { Database } from '../../database/index.ts';
import { japaneseDayOf } from '../japanese-time.ts';
import type { PersonKeys } from '../person-key.ts';
import type { SuppressionReason, SuppressionSource } from '../words.ts';

const GONE = '削除された利用者';
export const SUPPRESSIONS_PER_PAGE = 100;

/** Whether it holds today, will hold, held until its last day, or was lifted. */
export type SuppressionPhase = 'inForce' | 'planned' | 'over' | 'lifted';

export type SuppressionListed = {
  readonly suppressionId: string;
  readonly addresseeNumber: string | null;
  /** National digits. */
  readonly telephone: string | null;
  readonly reason: SuppressionReason;
  readonly note: string;
  readonly fromDay: string;
  readonly toDay: string | null;
  readonly phase: SuppressionPhase;
  readonly source: SuppressionSource;
  readonly addedAt: Date;
  readonly addedBy: string | null;
  readonly liftedAt: Date | null;
  readonly liftedBy: string | null;
};

export type SuppressionQuery = {
  /** Whole 宛名番号; found by its key. */
  readonly addresseeNumber: string | null;
  readonly reason: SuppressionReason | null;
  /** Also those that are over or lifted. */
  readonly withEnded: boolean;
  /** From 0. */
  readonly page: number;
  readonly nowMs: number;
};

/** The newest first, with how many there are in all. */
export async function readSuppressions(
  db: Database,
  keys: PersonKeys,
  { addresseeNumber, reason, withEnded, page, nowMs }: SuppressionQuery,
): Promise<{ readonly suppressions: readonly SuppressionListed[]; readonly total: number }> {
  const today = japaneseDayOf(nowMs);
  let found = db.selectFrom('campaign_suppression as s');
  if (addresseeNumber !== null) found = found.where('s.person_key', '=', keys.person(addresseeNumber));
  if (reason !== null) found = found.where('s.reason', '=', reason);
  if (!withEnded) {
    found = found
      .where('s.lifted_at', 'is', null)
      .where(({ eb, or }) => or([eb('s.to_day', 'is', null), eb('s.to_day', '>=', today)]));
  }
  const { total } = await found
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found
    .leftJoin('person as a', 'a.id', 's.added_by')
    .leftJoin('person as l', 'l.id', 's.lifted_by')
    .selectAll('s')
    .select(['a.name as adder', 'l.name as lifter'])
    .orderBy('s.added_at', 'desc')
    .orderBy('s.suppression_id')
    .limit(SUPPRESSIONS_PER_PAGE)
    .offset(page * SUPPRESSIONS_PER_PAGE)
    .execute();
  const suppressions = rows.map((row) => ({
    suppressionId: row.suppression_id,
    addresseeNumber: row.addressee_number,
    telephone: row.telephone,
    reason: row.reason,
    note: row.note,
    fromDay: row.from_day,
    toDay: row.to_day,
    phase: phaseOf(row, today),
    source: row.source,
    addedAt: row.added_at,
    addedBy: row.added_by === null ? null : (row.adder ?? GONE),
    liftedAt: row.lifted_at,
    liftedBy: row.lifted_by === null ? null : (row.lifter ?? GONE),
  }));
  return { suppressions, total };
}

function phaseOf(
  row: { readonly lifted_at: Date | null; readonly from_day: string; readonly to_day: string | null },
  today: string,
): SuppressionPhase {
  if (row.lifted_at !== null) return 'lifted';
  if (row.from_day > today) return 'planned';
  return row.to_day !== null && row.to_day < today ? 'over' : 'inForce';
}
