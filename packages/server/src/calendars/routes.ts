import type { Guard } from '../accounts/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import type { Routes } from '../http/index.ts';
import { calendarRoutes as changingRoutes } from './calendar-routes.ts';
import { holidayRoutes } from './holiday-routes.ts';
import { lookingRoutes } from './looking-routes.ts';

/** Everything of 開庁日カレンダー and 祝日 that the admin page asks for. */
export function calendarRoutes(parts: {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
}): Routes {
  return (server) => {
    changingRoutes(parts)(server);
    lookingRoutes(parts)(server);
    holidayRoutes(parts)(server);
  };
}
