export { harmlessCell } from './checks/formula.ts';
export { createLists, type Lists } from './lists.ts';
export { listRoutes } from './routes.ts';
export type { IsSuppressed, PersonInQuestion } from './staging/check-groups.ts';
export { createKeptFiles } from './staging/kept-files.ts';
