import type { FastifyReply, FastifyRequest } from 'fastify';
import { writeAuditOnce } from '../../../accounts/index.ts';
import type { Clock } from '../../../clock.ts';
import type { Database } from '../../../database/index.ts';
import { createRequestLimit, Refusal } from '../../../http/index.ts';
import { hashOf } from './result-tokens.ts';

/** Lets core systems through to the files of results. */
export type TokenGuard = {
  /** Whose key the request carries. @throws Refusal 401, 429 */
  allowed(request: FastifyRequest, reply: FastifyReply): Promise<{ readonly tokenId: string }>;
};

const MINUTE_MS = 60_000;
/** For one key: a core system asks every few minutes, and fetches three files at a time. */
const REQUESTS_A_MINUTE = 60;
/** From one address, with keys that nobody has. Such a key cannot be guessed; this only spares PostgreSQL and the log of requests. */
const STRANGERS_A_MINUTE = 20;
/** A refused key is written down once in so long: a forgotten job may ask every minute for years. */
const ONE_REFUSAL_MS = 24 * 3_600_000;

export function createTokenGuard({
  db,
  clock,
}: {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
}): TokenGuard {
  const perToken = createRequestLimit({ most: REQUESTS_A_MINUTE, withinMs: MINUTE_MS });
  const strangers = createRequestLimit({ most: STRANGERS_A_MINUTE, withinMs: MINUTE_MS });

  function limited(reply: FastifyReply, waitSeconds: number | null): void {
    if (waitSeconds === null) return;
    reply.header('retry-after', waitSeconds);
    throw new Refusal(429, 'tooOften', '問い合わせが多すぎます。しばらくしてからもう一度お試しください。');
  }

  function refused(reply: FastifyReply, code: string, message: string): Refusal {
    reply.header('www-authenticate', 'Bearer');
    return new Refusal(401, code, message);
  }

  return {
    async allowed(request, reply) {
      const now = clock.now();
      const [, token] = /^Bearer +(\S{1,200})$/i.exec(request.headers.authorization ?? '') ?? [];
      const row =
        token === undefined
          ? undefined
          : await db
              .selectFrom('result_token')
              .select(['token_id', 'expires_at', 'revoked_at'])
              .where('token_sha256', '=', hashOf(token))
              .executeTakeFirst();
      if (row === undefined) {
        limited(reply, strangers.take(request.ip, now));
        throw refused(reply, 'tokenNeeded', '基幹システムの鍵がないか、正しくありません。');
      }
      const { token_id: tokenId } = row;
      limited(reply, perToken.take(tokenId, now));
      const problem =
        row.revoked_at !== null
          ? (['tokenRevoked', 'この鍵は無効にされています。'] as const)
          : row.expires_at.getTime() <= now
            ? (['tokenExpired', 'この鍵の期限は過ぎています。新しい鍵を作ってください。'] as const)
            : null;
      if (problem !== null) {
        const [code, message] = problem;
        const entry = { at: now, userId: null, subject: tokenId, address: request.ip, detail: { code } };
        await writeAuditOnce(db, { ...entry, action: 'resultTokenRefused' }, ONE_REFUSAL_MS);
        throw refused(reply, code, message);
      }
      await db
        .updateTable('result_token')
        .set({ last_used_at: new Date(now) })
        .where('token_id', '=', tokenId)
        .execute();
      return { tokenId };
    },
  };
}
