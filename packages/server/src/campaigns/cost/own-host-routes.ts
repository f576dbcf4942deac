import type { Guard } from '../../accounts/index.ts';
import type { Database } from '../../database/index.ts';
import { readOwnHosts, saveOwnHosts } from '../../flows/index.ts';
import {
  CostDoneSchema,
  OwnHostsChangeSchema,
  OwnHostsShownSchema,
} from '../../http/campaign-cost-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import type { Routes } from '../../http/index.ts';
import { changedOf } from '../who-changed.ts';
import type { AuditedChange } from './audited-change.ts';

const refused = { '4xx': ErrorReplySchema };

/** 市のホームページのアドレス: to which pages texts for citizens may lead. */
export function ownHostRoutes({
  db,
  guard,
  change,
}: {
  readonly db: Database;
  readonly guard: Guard;
  readonly change: AuditedChange;
}): Routes {
  return (server) => {
    server.get(
      '/api/campaign-cost/own-hosts',
      { schema: { response: { 200: OwnHostsShownSchema, ...refused } } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        const row = await readOwnHosts(db);
        return { hosts: row.hosts, changed: changedOf(row) };
      },
    );
    server.put(
      '/api/campaign-cost/own-hosts',
      { schema: { body: OwnHostsChangeSchema, response: { 200: CostDoneSchema, ...refused } } },
      async (request) => {
        const { hosts, version } = request.body;
        const entry = {
          action: 'ownHostsChanged',
          subject: 'ownHosts',
          detail: { hosts: hosts.join(' ') },
        } as const;
        return await change(request, entry, async (trx, deed) => saveOwnHosts(trx, hosts, version, deed));
      },
    );
  };
}
