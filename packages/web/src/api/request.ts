import { ErrorReplySchema } from '@madoguchi/server/contract';
import type { z } from 'zod';
import { ApiError } from './api-error.ts';

export type RequestOptions = {
  /** POST with a body, GET without, unless told. */
  readonly method?: 'PUT' | 'DELETE';
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
};

/**
 * Asks our own API and checks the shape of what it says.
 * @throws ApiError with the server's code and message; 'unreachable' without an answer, 'unexpectedReply' where it cannot be read.
 */
export async function request<S extends z.ZodType>(
  path: string,
  schema: S,
  { method, body, signal }: RequestOptions = {},
): Promise<z.output<S>> {
  const response = await send(path, method ?? (body === undefined ? 'GET' : 'POST'), body, signal);
  const reply = await readJson(response);
  if (!response.ok) {
    const told = ErrorReplySchema.safeParse(reply);
    if (told.success) throw new ApiError(response.status, told.data.code, told.data.message, reply);
    throw new ApiError(
      response.status,
      'unexpectedReply',
      `サーバーでエラーが起きました（${response.status}）。しばらくしてからもう一度お試しください。`,
    );
  }
  const parsed = schema.safeParse(reply);
  if (parsed.success) return parsed.data;
  throw new ApiError(
    response.status,
    'unexpectedReply',
    'サーバーの返事を読み取れませんでした。ページを再読み込みしてください。',
  );
}

async function send(
  path: string,
  method: string,
  body: unknown,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await fetch(path, {
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      method,
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
