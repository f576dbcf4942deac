export { holdNumbers } from './change-number.ts';
export { ownNumbers, passedOnTo } from './own-numbers.ts';
export { carryOutPlans } from './plans.ts';
export { type NumberParts, numberRoutes } from './routes.ts';
export type { NumberTables } from './tables.ts';
