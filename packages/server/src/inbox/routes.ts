import type { Guard } from '../accounts/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import type { Routes } from '../http/index.ts';
import { callOutRoutes } from './call-out/call-out-routes.ts';
import { citizenRoutes } from './citizen/citizen-routes.ts';
import { itemRoutes } from './items/item-routes.ts';
import { noteRoutes } from './notes/note-routes.ts';

export type InboxParts = {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
};

/** What staff do by hand: the inbox, notes on calls, the page of a citizen. */
export function inboxRoutes(parts: InboxParts): Routes {
  return (server) => {
    for (const add of [itemRoutes(parts), noteRoutes(parts), citizenRoutes(parts), callOutRoutes(parts)])
      add(server);
  };
}
