export { answeringWithin } from './answering-within.ts';
export { connectDatabase, type Database, poolOf } from './connect.ts';
export { listen } from './listen.ts';
export { migrate } from './migrate.ts';
export { ensurePartitions } from './partitions.ts';
export { isRefusedRow } from './refused-row.ts';
export type { Day, Json, Tables } from './tables.ts';
