import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '../../../database/index.ts';
import type { ResultToken } from '../../../http/campaign-result-token-contract.ts';
import { Refusal } from '../../../http/index.ts';
import type { Deed } from '../mappings.ts';

/** So that a scanner for secrets, and whoever finds one lying about, knows whose it is. */
const BEGIN = 'mdgr_';
const DAY_MS = 24 * 3_600_000;
/** Stands for somebody whose account is gone: what they did stays. */
const GONE = '登録のない職員';

/** What is kept of a token: it has 256 random bits, so that no salt and no slow hash is needed. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Newest first. @param now wall time, ms */
export async function listTokens(db: Database, now: number): Promise<readonly ResultToken[]> {
  const rows = await db
    .selectFrom('result_token as t')
    .leftJoin('person as m', 'm.id', 't.made_by')
    .leftJoin('person as r', 'r.id', 't.revoked_by')
    .selectAll('t')
    .select(['m.name as maker', 'r.name as revoker'])
    .orderBy('t.made_at', 'desc')
    .execute();
  return rows.map((row) => ({
    tokenId: row.token_id,
    name: row.name,
    state: row.revoked_at !== null ? 'revoked' : row.expires_at.getTime() <= now ? 'expired' : 'usable',
    madeAt: row.made_at.toISOString(),
    madeBy: { personId: row.made_by, name: row.maker ?? GONE },
    expiresAt: row.expires_at.toISOString(),
    revokedAt: row.revoked_at?.toISOString() ?? null,
    revokedBy: row.revoked_by === null ? null : { personId: row.revoked_by, name: row.revoker ?? GONE },
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }));
}

/** @returns the token itself, which cannot be told again. @throws Refusal 409 */
export async function addToken(
  trx: Database,
  { name, days }: { readonly name: string; readonly days: number },
  { person, at }: Deed,
): Promise<{ readonly tokenId: string; readonly token: string }> {
  const tokenId = randomUUID();
  const token = `${BEGIN}${randomBytes(32).toString('base64url')}`;
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('result_token')
    .values({
      token_id: tokenId,
      name,
      token_sha256: hashOf(token),
      made_at: at,
      made_by: person,
      expires_at: new Date(at.getTime() + days * DAY_MS),
    })
    .onConflict((conflict) => conflict.column('name').where('revoked_at', 'is', null).doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n)
    throw new Refusal(
      409,
      'nameTaken',
      '同じ名前の鍵があります。別の名前を付けるか、前の鍵を無効にしてください。',
    );
  return { tokenId, token };
}

/** From now on it is refused. One that is revoked already stays as it is. @throws Refusal 404 */
export async function revokeToken(trx: Database, tokenId: string, { person, at }: Deed): Promise<void> {
  const row = await trx
    .selectFrom('result_token')
    .select('revoked_at')
    .where('token_id', '=', tokenId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new Refusal(404, 'tokenNotFound', 'この鍵は見つかりません。');
  if (row.revoked_at !== null) return;
  await trx
    .updateTable('result_token')
    .set({ revoked_at: at, revoked_by: person })
    .where('token_id', '=', tokenId)
    .execute();
}
