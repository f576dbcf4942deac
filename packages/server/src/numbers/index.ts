export { carryOutPlans } from './plans.ts';
export { type NumberParts, numberRoutes } from './routes.ts';
export type { NumberTables } from './tables.ts';
