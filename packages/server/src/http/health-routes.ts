import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import type { Routes } from './api-server.ts';
import { HealthSchema } from './contract.ts';

/** A component that has not spoken for this long may be anything. */
const STALE_MS = 10_000;

type Health = z.infer<typeof HealthSchema>;

/**
 * GET /api/health: what the product stands on. Asks for no sign-in, since without PostgreSQL nobody can be signed in and the page
 * must still say why; it tells nothing but up and down.
 */
export function healthRoutes({
  db,
  clock,
}: {
  readonly db: Database;
  readonly clock: Pick<Clock, 'now'>;
}): Routes {
  return (server) => {
    server.get(
      '/api/health',
      { schema: { response: { 200: HealthSchema } } },
      async (request): Promise<Health> => {
        try {
          const rows = await db.selectFrom('component_state').selectAll().execute();
          const stateOf = (component: string) => {
            const row = rows.find((one) => one.component === component);
            return row === undefined || clock.now() - row.said_at.getTime() > STALE_MS
              ? 'unknown'
              : row.state;
          };
          return {
            telephone: stateOf('telephone'),
            sms: stateOf('sms'),
            database: 'up',
            recordingSpace: spaceOf(stateOf('recordingSpace'), stateOf('recordingReserve')),
          };
        } catch {
          request.log.warn('the state of the components cannot be read: PostgreSQL does not answer');
          return { telephone: 'unknown', sms: 'unknown', database: 'down', recordingSpace: 'unknown' };
        }
      },
    );
  };
}

/** Two states make three: whether anything can be kept at all, and whether there is enough in reserve. */
function spaceOf(space: Health['telephone'], reserve: Health['telephone']): Health['recordingSpace'] {
  if (space === 'down') return 'full';
  if (space === 'unknown' || reserve === 'unknown') return 'unknown';
  return reserve === 'up' ? 'enough' : 'low';
}
