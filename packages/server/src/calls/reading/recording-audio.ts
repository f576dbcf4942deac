import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Database } from '../../database/index.ts';
import { Refusal } from '../../http/index.ts';
import { byteRangeOf } from './byte-range.ts';

export type RecordingFile = {
  readonly callId: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly etag: string;
};

/** Finds the sound of a recording. @throws Refusal 404 where there is none, 409 while it is being recorded. */
export async function findRecording(
  db: Database,
  recordingsDir: string,
  recordingId: string,
): Promise<RecordingFile> {
  const row = await db
    .selectFrom('recording')
    .select(['call_id', 'state', 'file_name'])
    .where('recording_id', '=', recordingId)
    .executeTakeFirst();
  if (row === undefined) throw new Refusal(404, 'recordingNotFound', 'この録音は見つかりません。');
  if (row.state === 'recording')
    throw new Refusal(409, 'recordingUnfinished', '録音の処理が終わるまでお待ちください。');
  const folder = resolve(recordingsDir);
  const path = resolve(folder, row.file_name.endsWith('.wav') ? row.file_name : `${row.file_name}.wav`);
  if (!path.startsWith(folder + sep)) throw new Error('a recording lies outside the recordings folder');
  try {
    const { size, mtimeMs } = await stat(path);
    const etag = `"${createHash('sha256').update(`${recordingId} ${size} ${mtimeMs}`).digest('base64url').slice(0, 22)}"`;
    return { callId: row.call_id, path, sizeBytes: size, etag };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new Refusal(404, 'recordingFileMissing', '録音の音声ファイルが見つかりません。');
    }
    throw error;
  }
}

/** Answers with the sound or the part that was asked for (RFC 9110 §14; 304 by §13.1.2). */
export function sendRecording(
  request: FastifyRequest,
  reply: FastifyReply,
  file: RecordingFile,
): FastifyReply {
  reply.headers({ 'accept-ranges': 'bytes', etag: file.etag, 'cache-control': 'private, no-cache' });
  if (request.headers['if-none-match'] === file.etag) return reply.status(304).send();
  const ifRange = request.headers['if-range'];
  const header = ifRange === undefined || ifRange === file.etag ? request.headers.range : undefined;
  const range = byteRangeOf(header, file.sizeBytes);
  if (range.type === 'unsatisfiable') {
    reply.header('content-range', `bytes */${file.sizeBytes}`);
    throw new Refusal(416, 'rangeNotSatisfiable', '音声の指定された位置は存在しません。');
  }
  const { first, last } = range.type === 'part' ? range : { first: 0, last: file.sizeBytes - 1 };
  reply.type('audio/wav').header('content-length', last - first + 1);
  if (range.type === 'part') {
    reply.status(206).header('content-range', `bytes ${first}-${last}/${file.sizeBytes}`);
  }
  if (request.method === 'HEAD' || file.sizeBytes === 0) return reply.send();
  return reply.send(createReadStream(file.path, { start: first, end: last }));
}
