export { type AuditAction, type AuditEntry, writeAudit, writeAuditOnce } from './audit.ts';
export { type AuthSettings, CLIENT_ADDRESS_HEADER } from './auth-options.ts';
export { type Auth, type AuthParts, createAuth, type NewPerson, type Person } from './create-auth.ts';
export { createFirstAdministrator, FIRST_ADMINISTRATOR_EMAIL } from './first-administrator.ts';
export { createGuard, type Guard } from './guard.ts';
export { mayDo, type Right, type Role, RoleSchema, rightsOf } from './rights.ts';
export { accountRoutes } from './routes.ts';
export type { LockSettings } from './sign-in-lock.ts';
export type { AccountTables } from './tables.ts';
