import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Guard } from '../../accounts/index.ts';
import type { Clock } from '../../clock.ts';
import { openEventStream, type Routes } from '../../http/index.ts';
import { loggable } from '../../loggable-error.ts';
import type { LiveReader } from './live.ts';

/** How soon somebody who was suspended, or whose session ended, stops seeing calls. */
const SESSION_CHECK_MS = 30_000;

/** GET /api/live: server-sent events `snapshot` and `calls` (LiveSnapshotSchema). */
export function liveRoutes({
  live,
  guard,
  clock,
  log,
  sessionCheckMs = SESSION_CHECK_MS,
}: {
  readonly live: LiveReader;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sessionCheckMs?: number;
}): Routes {
  return (server) => {
    const open = new Set<() => void>();
    server.addHook('preClose', async () => {
      for (const close of open) close();
    });
    server.get('/api/live', { schema: { hide: true } }, async (request, reply) => {
      await guard.allowed(request, 'viewLive');
      follow(request, reply, open);
      return reply;
    });
  };

  function follow(request: FastifyRequest, reply: FastifyReply, open: Set<() => void>): void {
    let cancelCheck: () => void = () => undefined;
    const stream = openEventStream(reply, {
      clock,
      onOpenAgain: () => watching.refresh(),
      onClose() {
        open.delete(close);
        cancelCheck();
        watching.stop();
      },
    });
    const lastEventId = request.headers['last-event-id'];
    const watching = live.watch(
      {
        tell: (event, id, data) => stream.send(event, id, data),
        get ready() {
          return stream.state === 'open';
        },
      },
      typeof lastEventId === 'string' ? lastEventId : null,
    );
    const close = () => stream.close();
    open.add(close);
    checkLater();

    function checkLater(): void {
      cancelCheck = clock.after(sessionCheckMs, () => {
        void stillWelcome().then((welcome) => {
          if (stream.state === 'closed') return;
          if (welcome) checkLater();
          else stream.close();
        });
      });
    }

    /** While PostgreSQL is away nobody can be asked, and no call can be read either: the stream stays. */
    async function stillWelcome(): Promise<boolean> {
      try {
        return await guard.stillAllowed(request, 'viewLive');
      } catch (error) {
        log.warn({ err: loggable(error) }, 'the session of a live stream cannot be checked just now');
        return true;
      }
    }
  }
}
