import type { FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { AuditEntry, Guard } from '../../accounts/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import type { Deed } from './mappings.ts';
import type { ResultFiles } from './result-files.ts';

export type ResultParts = {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
  /** Folder of the files that were made. */
  readonly resultsDir: string;
  /** Days for which they are kept. */
  readonly keptDays: number;
  /** Folder from which core systems fetch. */
  readonly dropDir: string;
};

/** What the routes of files and mappings share. */
export type ResultRouteParts = ResultParts & {
  readonly files: ResultFiles;
  /** Does something in one transaction with its audit entry. */
  readonly change: <T>(
    request: FastifyRequest,
    action: AuditEntry['action'],
    work: (
      trx: Database,
      deed: Deed,
    ) => Promise<{ readonly result: T; readonly subject: string; readonly detail?: AuditEntry['detail'] }>,
  ) => Promise<T>;
};

export const CampaignAddressSchema = z.object({ campaignId: z.string().min(1).max(64) });
