export { dialable } from './call-out/order-call.ts';
export { ownTelephone } from './call-out/read-placed-calls.ts';
export { changedMeanwhile } from './changed-meanwhile.ts';
export { NUMBER_KINDS } from './citizen/number-kinds.ts';
export { namesOf } from './people.ts';
export { type InboxParts, inboxRoutes } from './routes.ts';
export type { InboxTables } from './tables.ts';
