import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { Refusal } from '../../http/index.ts';
import { loggable } from '../../loggable-error.ts';
import { makeFiles } from './make-files.ts';

/** Makes the files of ordered exports, and knows which it is making. */
export type ResultFiles = {
  isBeingMade(exportId: string): boolean;
  /** Ends once they lie ready. @throws Refusal 409 while they are being made, 500 where they cannot be: they can be made again. */
  make(exportId: string): Promise<void>;
};

const DAY_MS = 24 * 3_600_000;

export function createResultFiles({
  db,
  resultsDir,
  keptDays,
  clock,
  log,
}: {
  readonly db: Database;
  readonly resultsDir: string;
  /** Days for which files can be fetched once they are made. */
  readonly keptDays: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
}): ResultFiles {
  const making = new Set<string>();
  return {
    isBeingMade: (exportId) => making.has(exportId),
    async make(exportId) {
      if (making.has(exportId))
        throw new Refusal(409, 'beingMade', 'ファイルを作っています。しばらくお待ちください。');
      making.add(exportId);
      try {
        await makeFiles(db, resultsDir, { exportId, until: new Date(clock.now() + keptDays * DAY_MS) });
      } catch (error) {
        log.error({ err: loggable(error), exportId }, 'result files could not be made');
        await db
          .updateTable('result_export')
          .set({ state: 'failed' })
          .where('export_id', '=', exportId)
          .execute();
        throw new Refusal(
          500,
          'filesNotMade',
          'ファイルを作れませんでした。対象の結果は控えてあります。「もう一度作る」を押してください。',
        );
      } finally {
        making.delete(exportId);
      }
    },
  };
}
