import { z } from 'zod';
import type { Guard } from '../../accounts/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import {
  BudgetChangeSchema,
  BudgetShownSchema,
  CampaignCostSchema,
  CapsChangeSchema,
  CapsShownSchema,
  CostDoneSchema,
  OutcomeTableChangeSchema,
  OutcomeTableShownSchema,
  RateAddressSchema,
  RateChangeSchema,
  RateListSchema,
} from '../../http/campaign-cost-contract.ts';
import { ErrorReplySchema } from '../../http/contract.ts';
import { Refusal, type Routes } from '../../http/index.ts';
import { readContactCaps, saveContactCaps } from '../caps/stored-caps.ts';
import { japaneseDayOf } from '../japanese-time.ts';
import { readOutcomeTable, saveOutcomeTable } from '../pacing/stored-outcome-table.ts';
import { createAuditedChange } from './audited-change.ts';
import { campaignLimitSen } from './budget.ts';
import { ownHostRoutes } from './own-host-routes.ts';
import type { Rate } from './rate.ts';
import { readCampaignCost, readMonthUse } from './read-use.ts';
import { readBudget, saveBudget } from './stored-budget.ts';
import { readRates, removeRate, saveRate } from './stored-rates.ts';

const CampaignAddressSchema = z.object({ campaignId: z.string().max(100) });
const TrunkAddressSchema = z.object({ trunkId: z.string().max(100) });
const VersionSchema = z.object({ version: z.coerce.number().int() });
const refused = { '4xx': ErrorReplySchema };

/** 配信の費用と予算, limits for one person, and what answers of a trunk's network mean. */
export function campaignCostRoutes({
  db,
  guard,
  clock,
}: {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
}): Routes {
  const change = createAuditedChange({ db, guard, clock });

  return (server) => {
    ownHostRoutes({ db, guard, change })(server);
    server.get(
      '/api/campaign-cost/rates',
      { schema: { response: { 200: RateListSchema, ...refused } } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return { rates: shownRates(await readRates(db), japaneseDayOf(clock.now())) };
      },
    );
    server.put(
      '/api/campaign-cost/rates',
      { schema: { body: RateChangeSchema, response: { 200: CostDoneSchema, ...refused } } },
      async (request) => {
        const { rate, version } = request.body;
        const subject = `${rate.destination} ${rate.validFrom}`;
        return await change(request, { action: 'callRateSaved', subject, detail: rate }, async (trx, deed) =>
          saveRate(trx, rate, version, deed),
        );
      },
    );
    server.delete(
      '/api/campaign-cost/rates/:destination/:validFrom',
      {
        schema: {
          params: RateAddressSchema,
          querystring: VersionSchema,
          response: { 200: CostDoneSchema, ...refused },
        },
      },
      async (request) => {
        const { destination, validFrom } = request.params;
        const subject = `${destination} ${validFrom}`;
        return await change(request, { action: 'callRateRemoved', subject }, async (trx) =>
          removeRate(trx, destination, validFrom, request.query.version),
        );
      },
    );
    server.get(
      '/api/campaign-cost/budget',
      { schema: { response: { 200: BudgetShownSchema, ...refused } } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        const { budget, changed } = await readBudget(db);
        const { departments, ...use } = await readMonthUse(db, budget, clock.now());
        return { budget, changed, use: { ...use, departments: [...departments] } };
      },
    );
    server.put(
      '/api/campaign-cost/budget',
      { schema: { body: BudgetChangeSchema, response: { 200: CostDoneSchema, ...refused } } },
      async (request) => {
        const { budget, version } = request.body;
        const shared = budget.shares.reduce((sum, { yen }) => sum + yen, 0);
        const limit = campaignLimitSen(budget) / 100;
        if (shared > limit) {
          throw new Refusal(
            422,
            'budgetInvalid',
            `部署の配分の合計（${shared.toLocaleString('ja')}円）が、配信に使える額（${limit.toLocaleString('ja')}円）を超えています。`,
          );
        }
        const { shares, ...detail } = budget;
        const entry = {
          action: 'campaignBudgetChanged',
          subject: 'budget',
          detail: { ...detail, shares: JSON.stringify(shares) },
        } as const;
        return await change(request, entry, async (trx, deed) => saveBudget(trx, budget, version, deed));
      },
    );
    server.get(
      '/api/campaign-cost/caps',
      { schema: { response: { 200: CapsShownSchema, ...refused } } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        return await readContactCaps(db);
      },
    );
    server.put(
      '/api/campaign-cost/caps',
      { schema: { body: CapsChangeSchema, response: { 200: CostDoneSchema, ...refused } } },
      async (request) => {
        const { caps, version } = request.body;
        const detail = { call: JSON.stringify(caps.call), sms: JSON.stringify(caps.sms) };
        const entry = { action: 'contactCapsChanged', subject: 'caps', detail } as const;
        return await change(request, entry, async (trx, deed) => saveContactCaps(trx, caps, version, deed));
      },
    );
    server.get(
      '/api/campaigns/:campaignId/cost',
      { schema: { params: CampaignAddressSchema, response: { 200: CampaignCostSchema, ...refused } } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        const cost = await readCampaignCost(db, request.params.campaignId);
        if (cost === null) throw new Refusal(404, 'campaignGone', 'この配信は見つかりません。');
        return { ...cost, byChannel: [...cost.byChannel] };
      },
    );
    server.get(
      '/api/trunks/:trunkId/outcome-table',
      { schema: { params: TrunkAddressSchema, response: { 200: OutcomeTableShownSchema, ...refused } } },
      async (request) => {
        await guard.allowed(request, 'viewCampaigns');
        const { rules, changed } = await readOutcomeTable(db, request.params.trunkId);
        return { rules: [...rules], changed };
      },
    );
    server.put(
      '/api/trunks/:trunkId/outcome-table',
      {
        schema: {
          params: TrunkAddressSchema,
          body: OutcomeTableChangeSchema,
          response: { 200: CostDoneSchema, ...refused },
        },
      },
      async (request) => {
        const { trunkId } = request.params;
        const { rules, version } = request.body;
        const detail = { rules: rules === null ? null : JSON.stringify(rules) };
        const entry = {
          action: 'outcomeTableChanged',
          subject: trunkId,
          detail,
          right: 'manageTrunks',
        } as const;
        return await change(request, entry, async (trx, deed) => {
          const trunk = await trx
            .selectFrom('trunk')
            .select('trunk_id')
            .where('trunk_id', '=', trunkId)
            .executeTakeFirst();
          if (trunk === undefined) throw new Refusal(404, 'trunkGone', 'この回線は見つかりません。');
          return await saveOutcomeTable(trx, trunkId, rules, version, deed);
        });
      },
    );
  };
}

/** @param rates by destination, the latest first */
function shownRates<Listed extends Rate>(rates: readonly Listed[], today: string) {
  return rates.map((rate) => {
    const same = rates.filter(({ destination }) => destination === rate.destination);
    return {
      ...rate,
      isInForce: same.find(({ validFrom }) => validFrom <= today) === rate,
      isRemovable: same.at(-1) !== rate,
    };
  });
}
