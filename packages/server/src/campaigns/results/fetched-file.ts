import { createReadStream } from 'node:fs';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Database } from '../../database/index.ts';
import type { ResultExport } from '../../http/campaign-result-contract.ts';
import { Refusal } from '../../http/index.ts';
import { filesGone, storedPath } from './deliver.ts';
import { readExport } from './read-exports.ts';
import type { ResultRouteParts } from './route-parts.ts';

export const ExportAddressSchema = z.object({ exportId: z.string().min(1).max(64) });
export const FileAddressSchema = ExportAddressSchema.extend({ kind: z.enum(['data', 'codes', 'manifest']) });

type FileOfExport = ResultExport['files'][number];
type FetchParts = Pick<ResultRouteParts, 'db' | 'files' | 'resultsDir'>;

const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
};

/** An export whose files lie ready. @throws Refusal 404, 409, 410 */
export async function readyExport({ db, files }: FetchParts, exportId: string): Promise<ResultExport> {
  const found = await readExport(db, exportId, files.isBeingMade);
  if (found.state !== 'ready')
    throw new Refusal(409, 'notReady', 'ファイルがまだできていません。「もう一度作る」を押してください。');
  if (found.filesAreGone) throw filesGone();
  return found;
}

/** A file that lies ready, and where. @throws Refusal 404, 409, 410 */
export async function readyFile(
  parts: FetchParts,
  { exportId, kind }: z.infer<typeof FileAddressSchema>,
): Promise<{ readonly file: FileOfExport; readonly path: string }> {
  const file = (await readyExport(parts, exportId)).files.find((one) => one.kind === kind);
  if (file === undefined) throw new Refusal(404, 'fileGone', 'このファイルは見つかりません。');
  return { file, path: await storedPath(parts.resultsDir, exportId, file) };
}

/** Streams it, under its name and with its SHA-256 (RFC 9530). */
export function sendFile(reply: FastifyReply, file: FileOfExport, path: string): FastifyReply {
  return reply
    .type(TYPES[file.name.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
    .header('content-length', file.bytes)
    .header('content-disposition', `attachment; filename="${file.name}"`)
    .header('repr-digest', `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`)
    .send(createReadStream(path));
}

/** Remembers how a file left the house, and by whom: staff, or a core system with its key. */
export async function noteDelivery(
  trx: Database,
  exportId: string,
  {
    kind,
    note,
    by,
    at,
  }: {
    readonly kind: ResultExport['deliveries'][number]['kind'];
    readonly note: string;
    readonly by: { readonly person: string } | { readonly token: string };
    readonly at: Date;
  },
): Promise<void> {
  await trx
    .insertInto('result_delivery')
    .values({
      export_id: exportId,
      kind,
      note,
      at,
      by_person: 'person' in by ? by.person : null,
      by_token: 'token' in by ? by.token : null,
    })
    .execute();
}
