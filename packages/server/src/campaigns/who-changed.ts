/** What staff see in the place of somebody who was removed. */
const GONE = '削除された利用者';

/** Who changed a row and when, for a screen. `changedBy` null: as it came with the product. */
export type Changed = {
  readonly changedAt: string;
  readonly changedBy: string | null;
  readonly version: number;
};

export function changedOf(row: {
  readonly changed_at: Date;
  readonly changed_by: string | null;
  readonly version: number;
  readonly changer: string | null;
}): Changed {
  return {
    changedAt: row.changed_at.toISOString(),
    changedBy: row.changed_by === null ? null : (row.changer ?? GONE),
    version: row.version,
  };
}
