import type { ResultToken } from '@madoguchi/server/campaign-result-token-contract';
import { iso } from './fake-calls.ts';
import type { CampaignRequest } from './fake-campaigns.ts';

const DAY_MS = 86_400_000;
const CHIEF = { personId: 'u2', name: '見本 太郎' };
const SYSTEMS = ['国保システム', '介護保険システム', '後期高齢者医療システム'] as const;

function token(nth: number, now: number): ResultToken {
  const state = (['usable', 'expired', 'revoked'] as const)[nth % 3] ?? 'usable';
  const isRevoked = state === 'revoked';
  return {
    tokenId: `token-${nth}`,
    name: `${SYSTEMS[nth % 3] ?? ''}${nth < 3 ? '' : `（${nth}台目）`}`,
    state,
    madeAt: iso(now - (nth + 30) * DAY_MS),
    madeBy: CHIEF,
    expiresAt: iso(now + (state === 'expired' ? -2 : 335) * DAY_MS),
    revokedAt: isRevoked ? iso(now - 5 * DAY_MS) : null,
    revokedBy: isRevoked ? CHIEF : null,
    lastUsedAt: nth === 0 ? iso(now - 600_000) : null,
  };
}

/** Stands in for the routes of 基幹システムの鍵. Null: the path is none of theirs. */
export function answerResultTokens({ method, path, body, amount, now }: CampaignRequest): {
  readonly status: number;
  readonly body: unknown;
} | null {
  if (!path.startsWith('/api/result-tokens')) return null;
  if (path.endsWith('/revocation')) return { status: 200, body: { done: true } };
  if (method === 'POST' && body['name'] === '国保システム')
    return {
      status: 409,
      body: {
        code: 'nameTaken',
        message: '同じ名前の鍵があります。別の名前を付けるか、前の鍵を無効にしてください。',
      },
    };
  if (method === 'POST')
    return {
      status: 201,
      body: { tokenId: 'token-new', token: 'mdgr_only-for-pictures-0123456789-0123456789-abcd' },
    };
  const count = { none: 0, few: 3, many: 12 }[amount];
  return { status: 200, body: { tokens: Array.from({ length: count }, (_, nth) => token(nth, now)) } };
}
