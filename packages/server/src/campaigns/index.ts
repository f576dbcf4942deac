export { type AnswerListening, createAnswerListening } from './answering/answer-listening.ts';
export { type ContactCaps, ContactCapsSchema } from './caps/contact-caps.ts';
export { readContactCaps } from './caps/stored-caps.ts';
export { capsLookedAtAgain, type PersonToReach, withinCaps } from './caps/within-caps.ts';
export { cityCallRules, cityTextRules } from './city-rules.ts';
export { type Budget, BudgetSchema } from './cost/budget.ts';
export { costOfCall, costOfText, type TextCharge, worstCaseOfCall, worstCaseOfText } from './cost/cost-of.ts';
export { chargesFor, type EstimateShown, estimateOfCampaign } from './cost/estimate-of-campaign.ts';
export { RateMissingError, rateOn } from './cost/rate.ts';
export { readMonthUse } from './cost/read-use.ts';
export { type ReservedCost, reserveCost, settleCost } from './cost/reserve-cost.ts';
export { campaignCostRoutes } from './cost/routes.ts';
export { readBudget } from './cost/stored-budget.ts';
export { readRates } from './cost/stored-rates.ts';
export { campaignChannel, createDialler, type Dialler } from './dialling/dialler.ts';
export { type DiallingRules, noRules } from './dialling/dialling-rules.ts';
export { createSoundsReady } from './dialling/sounds-ready.ts';
export { japaneseDayOf } from './japanese-time.ts';
export {
  createKeptFiles,
  createLists,
  harmlessCell,
  type IsSuppressed,
  type Lists,
  listRoutes,
} from './lists/index.ts';
export {
  type AfterAttempt,
  afterAttempt,
  countsAsTry,
  type EndedAttempt,
  type TriedRecipient,
} from './pacing/after-attempt.ts';
export { AFTER_OUTCOME_DEFAULTS } from './pacing/after-outcome-defaults.ts';
export { DEFAULT_OUTCOME_TABLE } from './pacing/default-outcome-table.ts';
export { firstTokens, howMany, spend, type Tokens } from './pacing/how-many.ts';
export { type MayCall, mayCallAt } from './pacing/may-call-at.ts';
export { type NetworkAnswer, type OutcomeTable, OutcomeTableSchema, outcomeOf } from './pacing/outcome-of.ts';
export { createOutcomeTables, type OutcomeTables } from './pacing/outcome-tables.ts';
export { readOutcomeTable } from './pacing/stored-outcome-table.ts';
export { takeTurns, type Wish } from './pacing/take-turns.ts';
export { createPersonKeys, type PersonKeys } from './person-key.ts';
export { prepareCampaignSounds, type SoundStore } from './planning/prepare-sounds.ts';
export { campaignRoutes } from './planning/routes.ts';
export { campaignsGoOn, endDue, startDue } from './planning/running.ts';
export { sweepResultFiles } from './results/sweep-result-files.ts';
export {
  type AfterOutcome,
  type AllowedTimes,
  type CampaignSettings,
  CampaignSettingsSchema,
  readCampaignSettings,
} from './settings.ts';
export { isSuppressed, type KeysOfPerson } from './suppression/is-suppressed.ts';
export { suppressionRoutes } from './suppression/routes.ts';
export { suppress } from './suppression/suppress.ts';
export { createTexting } from './texting/texting.ts';
export { noTextingRules, type TextingRules } from './texting/texting-rules.ts';
export type { AnsweredBy } from './words.ts';
