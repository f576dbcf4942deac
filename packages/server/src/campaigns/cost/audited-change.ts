import type { FastifyRequest } from 'fastify';
import { type AuditEntry, type Guard, type Right, writeAudit } from '../../accounts/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { Refusal } from '../../http/index.ts';

/**
 * Changes what holds for all campaigns, in one transaction with its audit entry: by who may decide on campaigns, where no other right is named.
 * `work` says false where somebody changed it since the version that was looked at. @throws Refusal 401, 403, 409
 */
export type AuditedChange = (
  request: FastifyRequest,
  audit: Pick<AuditEntry, 'action' | 'subject' | 'detail'> & { readonly right?: Right },
  work: (trx: Database, deed: { readonly person: string; readonly at: Date }) => Promise<boolean>,
) => Promise<{ done: true }>;

export function createAuditedChange({
  db,
  guard,
  clock,
}: {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
}): AuditedChange {
  return async (request, { right = 'approveCampaigns', ...entry }, work) => {
    const { userId } = await guard.allowed(request, right);
    const at = clock.now();
    await db.transaction().execute(async (trx) => {
      if (!(await work(trx, { person: userId, at: new Date(at) }))) throw changedMeanwhile();
      await writeAudit(trx, { at, userId, address: request.ip, ...entry });
    });
    return { done: true };
  };
}

function changedMeanwhile(): Refusal {
  return new Refusal(
    409,
    'changedMeanwhile',
    'ほかの職員が先に変更しました。画面を開き直して、もう一度入力してください。',
  );
}
