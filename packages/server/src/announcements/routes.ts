import type { Logger } from 'pino';
import type { Guard } from '../accounts/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import type { Routes } from '../http/index.ts';
import { audioRoutes } from './audio/audio-routes.ts';
import { deskCallRoutes } from './desk/desk-call-routes.ts';
import { announcementLibraryRoutes } from './library/announcement-routes.ts';
import type { Listening } from './listening/listening.ts';
import { previewRoute } from './listening/preview-route.ts';
import { readingRoutes } from './readings/reading-routes.ts';
import { createUsedFlows, type UsedFlows } from './used-flows.ts';
import { voiceRoutes } from './voices/voice-routes.ts';

type Given = {
  readonly db: Database;
  readonly guard: Guard;
  readonly clock: Pick<Clock, 'now'>;
  readonly listening: Listening;
  readonly ffmpeg: string;
  /** Where uploaded sounds lie. */
  readonly audioDir: string;
  readonly log: Pick<Logger, 'error'>;
};

export type AnnouncementParts = Given & {
  readonly flows: UsedFlows;
};

/** What callers hear, apart from the flows: the library, listening, uploads, readings, the clerk's own telephone. */
export function announcementRoutes(given: Given): Routes {
  const parts = { ...given, flows: createUsedFlows(given.db) };
  return (server) => {
    for (const add of [
      announcementLibraryRoutes(parts),
      audioRoutes(parts),
      previewRoute(parts),
      voiceRoutes(parts),
      readingRoutes(parts),
      deskCallRoutes(parts),
    ])
      add(server);
  };
}
