import { z } from 'zod';
import { ContactCapsSchema } from '../campaigns/caps/contact-caps.ts';
import { BudgetSchema } from '../campaigns/cost/budget.ts';
import { RateSchema } from '../campaigns/cost/rate.ts';
import { OutcomeTableSchema } from '../campaigns/pacing/outcome-of.ts';
import { ChannelSchema, RateDestinationSchema } from '../campaigns/words.ts';
import { OwnHostsSchema } from '../flows/own-host.ts';

/**
 * 配信の費用と予算, the limits for one person, the city's own pages, and what answers of the network mean, as schemas that server and browser share
 * (`@madoguchi/server/campaign-cost-contract`). Who sees: `viewCampaigns`; changes: `approveCampaigns`, the table of a trunk `manageTrunks`.
 * Money: what staff set is in yen, but rates, which have fractions of a yen, and what was used are in sen (1/100 yen).
 * Every change names the `version` that was looked at; 409 'changedMeanwhile' where it is not the stored one.
 */

export { type ContactCaps, ContactCapsSchema } from '../campaigns/caps/contact-caps.ts';
export { type Budget, type BudgetLevel, BudgetSchema } from '../campaigns/cost/budget.ts';
export { type Rate, RateSchema } from '../campaigns/cost/rate.ts';
export { DEFAULT_OUTCOME_TABLE } from '../campaigns/pacing/default-outcome-table.ts';
export { type OutcomeRule, OutcomeRuleSchema, OutcomeTableSchema } from '../campaigns/pacing/outcome-of.ts';
export type { RateDestination, Rounding } from '../campaigns/words.ts';
export { OwnHostsSchema, ownHostOf } from '../flows/own-host.ts';

const ChangedSchema = z.object({
  changedAt: z.iso.datetime({ offset: true }),
  /** Null: as it came with the product. */
  changedBy: z.string().nullable(),
  version: z.int(),
});

/** GET /api/campaign-cost/rates: by destination, the latest first. */
export const RateListSchema = z.object({
  rates: z.array(
    RateSchema.extend({
      changed: ChangedSchema,
      /** Whether it is the one that counts today. */
      isInForce: z.boolean(),
      /** False: the first one of its destination, without which nothing could be reckoned. */
      isRemovable: z.boolean(),
    }),
  ),
});
export type RateListed = z.infer<typeof RateListSchema>['rates'][number];
/** PUT /api/campaign-cost/rates: adds the one of that destination and day (`version` null), or changes it. */
export const RateChangeSchema = z.object({ rate: RateSchema, version: z.int().nullable() });
/** DELETE /api/campaign-cost/rates/:destination/:validFrom?version= */
export const RateAddressSchema = z.object({ destination: RateDestinationSchema, validFrom: z.iso.date() });

const LevelSchema = z.enum(['within', 'warning', 'usedUp']);
const UseSchema = z.object({
  usedSen: z.int(),
  /** Set aside at worst for attempts in progress. */
  reservedSen: z.int(),
  /** Null: no limit of its own. */
  limitSen: z.int().nullable(),
  level: LevelSchema,
});
/** What campaigns have used of this month. */
export const MonthUseSchema = UseSchema.extend({
  month: z.iso.date(),
  limitSen: z.int(),
  departments: z.array(UseSchema.extend({ department: z.string() })),
});
export type MonthUseShown = z.infer<typeof MonthUseSchema>;

/** How a month's money stands once some campaign is paid for, too. Whole yen, rounded up. */
const ScopeStandingSchema = z.object({
  /** '' : the whole city. */
  department: z.string(),
  usedYen: z.int(),
  reservedYen: z.int(),
  /** Likely cost of other campaigns that are proposed or approved and have not begun. */
  plannedYen: z.int(),
  /** Likely cost of the campaign that is looked at; 0: none is. */
  estimateYen: z.int(),
  limitYen: z.int(),
  /** All four of the limit. */
  percent: z.int(),
  /** `warning`: from the percentage on at which the city wants to be warned; `over`: more than the limit. */
  level: z.enum(['within', 'warning', 'over']),
});
export type ScopeStanding = z.infer<typeof ScopeStandingSchema>;
export const BudgetStandingSchema = z.object({
  month: z.iso.date(),
  /** The city first, then departments with a share. */
  scopes: z.array(ScopeStandingSchema),
});
export type BudgetStanding = z.infer<typeof BudgetStandingSchema>;

/** GET /api/campaign-cost/budget */
export const BudgetShownSchema = z.object({
  budget: BudgetSchema,
  changed: ChangedSchema,
  use: MonthUseSchema,
});
export type BudgetShown = z.infer<typeof BudgetShownSchema>;
/** PUT /api/campaign-cost/budget; 422 'budgetInvalid' says what does not fit. */
export const BudgetChangeSchema = z.object({ budget: BudgetSchema, version: z.int() });

/** GET /api/campaign-cost/caps */
export const CapsShownSchema = z.object({ caps: ContactCapsSchema, changed: ChangedSchema });
export type CapsShown = z.infer<typeof CapsShownSchema>;
/** PUT /api/campaign-cost/caps */
export const CapsChangeSchema = z.object({ caps: ContactCapsSchema, version: z.int() });

/** GET /api/campaign-cost/own-hosts: 市のホームページのアドレス, the only hosts to which texts for citizens may lead. */
export const OwnHostsShownSchema = z.object({ hosts: z.array(z.string()), changed: ChangedSchema });
export type OwnHostsShown = z.infer<typeof OwnHostsShownSchema>;
/** PUT /api/campaign-cost/own-hosts; as `ownHostOf` writes them, each once. */
export const OwnHostsChangeSchema = z.object({ hosts: OwnHostsSchema, version: z.int() });

/** GET /api/campaigns/:campaignId/cost: what it really cost until now. 404 where there is no such campaign. */
export const CampaignCostSchema = z.object({
  usedSen: z.int(),
  reservedSen: z.int(),
  byChannel: z.array(z.object({ channel: ChannelSchema, attempts: z.int(), usedSen: z.int() })),
});
export type CampaignCostShown = z.infer<typeof CampaignCostSchema>;

/** GET /api/trunks/:trunkId/outcome-table: `changed` null where the trunk follows the default. */
export const OutcomeTableShownSchema = z.object({
  rules: OutcomeTableSchema,
  changed: ChangedSchema.nullable(),
});
export type OutcomeTableShown = z.infer<typeof OutcomeTableShownSchema>;
/** PUT /api/trunks/:trunkId/outcome-table: `rules` null goes back to the default. */
export const OutcomeTableChangeSchema = z.object({
  rules: OutcomeTableSchema.nullable(),
  version: z.int().nullable(),
});

export const CostDoneSchema = z.object({ done: z.literal(true) });
