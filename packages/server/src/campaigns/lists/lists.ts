import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { type ColumnMapping, LIST_MAX_COLUMNS, type ListPurpose } from '../../http/campaign-list-contract.ts';
import { Refusal } from '../../http/index.ts';
import { loggable } from '../../loggable-error.ts';
import type { PersonKeys } from '../person-key.ts';
import { mappingProblemIn } from './columns/check-mapping.ts';
import { ListFileError } from './list-file-error.ts';
import { type ListFile, readList } from './reading/read-list.ts';
import { checkRecipients, type IsSuppressed } from './staging/check-groups.ts';
import { checkPaid } from './staging/check-paid.ts';
import type { KeptFiles } from './staging/kept-files.ts';
import { ListGivenUpError, readIntoStaging } from './staging/read-into-staging.ts';
import {
  columnsOf,
  endList,
  lockCampaign,
  type StoredList,
  storedList,
  wrongState,
} from './staging/stored-lists.ts';
import { sweepLists } from './sweep-lists.ts';

const SAMPLES = 5;
const SAMPLE_LONGEST = 200;
const SWEEP_EVERY_MS = 20_000;
const JAPAN_MS = 9 * 3_600_000;

export type ListParts = {
  readonly db: Database;
  readonly clock: Clock;
  readonly files: KeptFiles;
  readonly personKeys: PersonKeys;
  readonly isSuppressed: IsSuppressed;
  readonly log: Logger;
};

export type Sent = {
  readonly campaignId: string;
  readonly purpose: ListPurpose;
  readonly fileName: string;
  readonly userId: string;
};

/**
 * The work on lists: takes files in, reads them beside everything else that this process does, sweeps up what is left. A reading gives way to others after
 * every 32 kB of the file.
 */
export function createLists({ db, clock, files, personKeys, isSuppressed, log }: ListParts) {
  const readings = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();
  let cancelSweep: (() => void) | null = null;
  let sweeping = Promise.resolve();
  let stopped = false;

  function sweepNow(): void {
    sweeping = sweepLists(db, files, clock.now())
      .catch((error: unknown) =>
        log.warn({ err: loggable(error) }, 'lists were not swept and are tried again'),
      )
      .finally(() => {
        if (!stopped) cancelSweep = clock.after(SWEEP_EVERY_MS, sweepNow);
      });
  }

  /** Keeps a file and looks at its beginning. @returns id of the new list. @throws Refusal 404, 409, 413, 422 */
  async function take(
    { campaignId, purpose, fileName, userId }: Sent,
    body: AsyncIterable<Buffer>,
  ): Promise<string> {
    await db.transaction().execute((trx) => lockCampaign(trx, campaignId, purpose));
    const listId = randomUUID();
    try {
      const file = await files.keep(listId, body);
      const { headers, samples } = await beginningOf(file);
      const now = new Date(clock.now());
      await db
        .insertInto('campaign_list')
        .values({
          list_id: listId,
          campaign_id: campaignId,
          purpose,
          file_name: fileName,
          kind: file.kind,
          encoding: file.encoding,
          file_bytes: file.bytes,
          headers: [...headers],
          samples: JSON.stringify(samples),
          sent_at: now,
          sent_by: userId,
          worked_at: now,
        })
        .execute();
      return listId;
    } catch (error) {
      await files.forget(listId);
      throw error instanceof ListFileError ? new Refusal(422, error.code, error.message) : error;
    }
  }

  /** Begins to read a list with these columns; how far it is stands in `campaign_list`. @throws Refusal 404, 409, 422 */
  async function read(listId: string, columns: readonly ColumnMapping[]): Promise<void> {
    const list = await storedList(db, listId);
    const problem = mappingProblemIn(list.headers, columns, list.purpose);
    if (problem !== null) throw new Refusal(422, 'mapping', problem);
    if (list.purpose === 'paid') await refuseUnknownValues(db, list.campaign_id, columns);
    const { numUpdatedRows } = await db
      .updateTable('campaign_list')
      .set({
        state: 'reading',
        columns: JSON.stringify(columns),
        bytes_read: 0,
        rows_read: 0,
        usable: 0,
        left_out: 0,
        warned: 0,
        worked_at: new Date(clock.now()),
      })
      .where('list_id', '=', listId)
      .where('state', 'in', ['uploaded', 'checked'])
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw wrongState();
    const abort = new AbortController();
    const done = readToEnd(list, columns, abort.signal).finally(() => readings.delete(listId));
    readings.set(listId, { abort, done });
  }

  async function readToEnd(
    list: StoredList,
    columns: readonly ColumnMapping[],
    signal: AbortSignal,
  ): Promise<void> {
    const { list_id: listId, campaign_id: campaignId } = list;
    try {
      const pieces = readList({
        path: files.pathOf(listId),
        kind: list.kind,
        encoding: list.encoding,
        bytes: list.file_bytes,
      });
      const today = new Date(clock.now() + JAPAN_MS).toISOString().slice(0, 10);
      const common = { columns, today, personKeys };
      const groups =
        list.purpose === 'recipients'
          ? checkRecipients(pieces, { ...common, isSuppressed })
          : checkPaid(pieces, { ...common, db, campaignId });
      await readIntoStaging({ db, listId, groups, monotonicMs: clock.monotonicMs, now: clock.now, signal });
    } catch (error) {
      if (error instanceof ListGivenUpError && !stopped) return;
      if (!(error instanceof ListFileError))
        log.warn({ err: loggable(error), listId }, 'a list could not be read');
      const problem =
        error instanceof ListFileError
          ? error.message
          : '読み込みが途中で止まりました。もう一度ファイルを選んでください。';
      await end(listId, { state: 'failed', problem }).catch((again: unknown) =>
        // The sweeper finds it by its silence.
        log.warn({ err: loggable(again), listId }, 'a list that failed could not be marked'),
      );
    }
  }

  async function end(listId: string, how: Parameters<typeof endList>[2]): Promise<boolean> {
    const ended = await endList(db, listId, how);
    if (ended) await files.forget(listId);
    return ended;
  }

  /** Gives a list up, also while it is read. @throws Refusal 404, 409 */
  async function cancel(listId: string): Promise<void> {
    const { state } = await storedList(db, listId);
    if (state === 'cancelled') return;
    const ended = await end(listId, { state: 'cancelled' });
    const reading = readings.get(listId);
    reading?.abort.abort();
    await reading?.done;
    if (!ended) throw wrongState();
  }

  return {
    take,
    read,
    cancel,
    /** The file is of no more use. */
    forgetFile: (listId: string) => files.forget(listId),
    begin(): void {
      sweepNow();
    },
    async stop(): Promise<void> {
      stopped = true;
      cancelSweep?.();
      await sweeping;
      const all = [...readings.values()];
      for (const { abort } of all) abort.abort();
      await Promise.all(all.map(({ done }) => done));
    },
  };
}

export type Lists = ReturnType<typeof createLists>;

async function beginningOf(file: ListFile): Promise<{ headers: readonly string[]; samples: string[][] }> {
  let headers: readonly string[] = [];
  const samples: string[][] = [];
  for await (const piece of readList(file)) {
    headers = piece.headers;
    for (const { cells } of piece.rows.slice(0, SAMPLES - samples.length))
      samples.push(
        cells.slice(0, LIST_MAX_COLUMNS).map((cell) => [...cell].slice(0, SAMPLE_LONGEST).join('')),
      );
    if (samples.length >= SAMPLES) break;
  }
  return { headers, samples };
}

/** A value that the recipients do not have would match nobody. @throws Refusal 422 */
async function refuseUnknownValues(
  db: Database,
  campaignId: string,
  columns: readonly ColumnMapping[],
): Promise<void> {
  const list = await db
    .selectFrom('campaign_list')
    .select('columns')
    .where('campaign_id', '=', campaignId)
    .where('purpose', '=', 'recipients')
    .where('state', '=', 'accepted')
    .orderBy('accepted_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  const has = list === undefined ? null : columnsOf(list);
  if (has === null) return;
  const names = new Set(has.map((column) => (column.field === 'value' ? column.name : null)));
  const unknown = columns.find((column) => column.field === 'value' && !names.has(column.name));
  if (unknown?.field === 'value')
    throw new Refusal(
      422,
      'mapping',
      `この配信の配信先には「${unknown.name}」がないため、列「${unknown.header}」では照らし合わせられません。割り当てから外してください。`,
    );
}
