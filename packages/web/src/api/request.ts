import { ErrorReplySchema } from '@madoguchi/server/contract';
import type { z } from 'zod';
import { ApiError } from './api-error.ts';

export type RequestOptions = {
  /** POST with a body, GET without, unless told. */
  readonly method?: 'PUT' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, in place of a body. */
  readonly file?: Blob;
  readonly signal?: AbortSignal;
};

/**
 * Asks our own API and checks the shape of what it says.
 * @throws ApiError with the server's code and message; 'unreachable' without an answer, 'unexpectedReply' where it cannot be read.
 */
export async function request<S extends z.ZodType>(
  path: string,
  schema: S,
  options: RequestOptions = {},
): Promise<z.output<S>> {
  const response = await send(path, options);
  const reply = await readJson(response);
  if (!response.ok) throw refusalOf(response.status, reply);
  const parsed = schema.safeParse(reply);
  if (parsed.success) return parsed.data;
  throw new ApiError(
    response.status,
    'unexpectedReply',
    'サーバーの返事を読み取れませんでした。ページを再読み込みしてください。',
  );
}

/** As `request`, where the answer is a sound. @returns the file's bytes. */
export async function requestSound(
  path: string,
  options: { readonly body: unknown; readonly signal: AbortSignal },
): Promise<ArrayBuffer> {
  const response = await send(path, options);
  if (!response.ok) throw refusalOf(response.status, await readJson(response));
  return await response.arrayBuffer();
}

function refusalOf(status: number, reply: unknown): ApiError {
  const told = ErrorReplySchema.safeParse(reply);
  if (told.success) return new ApiError(status, told.data.code, told.data.message, reply);
  return new ApiError(
    status,
    'unexpectedReply',
    `サーバーでエラーが起きました（${status}）。しばらくしてからもう一度お試しください。`,
  );
}

async function send(path: string, { method, body, file, signal }: RequestOptions): Promise<Response> {
  const sent =
    file !== undefined
      ? { headers: { 'content-type': 'application/octet-stream' }, body: file }
      : body !== undefined
        ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
        : null;
  try {
    return await fetch(path, {
      ...sent,
      method: method ?? (sent === null ? 'GET' : 'POST'),
      credentials: 'same-origin',
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(
      0,
      'unreachable',
      'サーバーに接続できません。ネットワークをご確認のうえ、もう一度お試しください。',
    );
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
