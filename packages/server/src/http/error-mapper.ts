import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { loggable } from '../loggable-error.ts';
import type { ErrorReplySchema } from './contract.ts';
import { Refusal } from './refusal.ts';

type ErrorReply = z.infer<typeof ErrorReplySchema>;

/** SQLSTATE classes and socket errors that mean: PostgreSQL is not to be had just now. */
const DATABASE_AWAY = /^(08|53|57P)|^ECONNREFUSED$|^ECONNRESET$|^ENOENT$|^EPIPE$|^ETIMEDOUT$/;

/** Turns whatever a route threw into status, code and a Japanese message; logs once what is our fault. */
export function mapError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { status, body } = answerTo(error);
  if (status >= 500) {
    request.log.error(
      { err: loggable(error), route: request.routeOptions.url, code: body.code },
      'a request failed',
    );
  }
  return reply.status(status).header('cache-control', 'no-store').send(body);
}

function answerTo(error: unknown): { readonly status: number; readonly body: ErrorReply } {
  if (error instanceof Refusal) return answer(error.status, error.code, error.message);
  if (hasZodFastifySchemaValidationErrors(error)) {
    return answer(400, 'invalidInput', '入力内容に誤りがあります。ご確認のうえ、もう一度お試しください。');
  }
  if (isDatabaseAway(error)) {
    return answer(
      503,
      'databaseAway',
      'データベースに接続できません。しばらくしてからもう一度お試しください。',
    );
  }
  const status = statusOf(error);
  if (status === 413) return answer(413, 'tooLarge', '送信された内容が大きすぎます。');
  if (status === 415) return answer(415, 'unsupportedType', 'この形式のデータは受け付けられません。');
  if (status !== null && status >= 400 && status < 500) {
    return answer(status, 'badRequest', 'リクエストの形式が正しくありません。');
  }
  return answer(500, 'internal', 'システムでエラーが発生しました。しばらくしてからもう一度お試しください。');
}

function answer(status: number, code: string, message: string) {
  return { status, body: { code, message } };
}

function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' ? error.statusCode : null;
}

function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && !('statusCode' in error)) {
    return DATABASE_AWAY.test(error.code);
  }
  return error.cause !== undefined && isDatabaseAway(error.cause);
}
