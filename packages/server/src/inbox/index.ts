export { type InboxParts, inboxRoutes } from './routes.ts';
export type { InboxTables } from './tables.ts';
