export { draftOf, keptAccount, type TrunkDraft, TrunkDraftSchema } from './draft.ts';
export { TRUNK_PROFILES, type TrunkProfile, trunkDraftOfProfile, trunkOfProfile } from './profiles.ts';
export {
  type CalledNumberSource,
  CalledNumberSourceSchema,
  dialString,
  endpointOf,
  formatNumber,
  type NumberFormat,
  NumberFormatSchema,
  type Transport,
  TransportSchema,
  type Trunk,
  type TrunkAccount,
  TrunkAccountSchema,
  type TrunkLines,
  TrunkSchema,
} from './trunk.ts';
