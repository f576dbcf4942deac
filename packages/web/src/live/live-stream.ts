import { LiveCallsSchema, LiveSnapshotSchema } from '@madoguchi/server/contract';
import type { z } from 'zod';

export type News = z.infer<typeof LiveSnapshotSchema>;

export type LiveStreamEvents = {
  readonly onSnapshot: (news: News) => void;
  readonly onCalls: (news: News) => void;
  readonly onLost: () => void;
  /** The server refused the stream: find out whether the session has ended. */
  readonly onRefused: () => void;
};

const REOPEN_FIRST_MS = 2_000;
const REOPEN_LONGEST_MS = 15_000;

/**
 * Listens to GET /api/live. The browser reconnects by itself while the server merely went away; after a refusal (any status but
 * 200) it gives up for good, and we open anew, at growing distances.
 * @returns what closes the stream.
 */
export function openLiveStream({ onSnapshot, onCalls, onLost, onRefused }: LiveStreamEvents): () => void {
  let reopenInMs = REOPEN_FIRST_MS;
  let timer: number | undefined;
  let source = open();

  function open(): EventSource {
    const opened = new EventSource('/api/live');
    opened.addEventListener('snapshot', (event) => {
      reopenInMs = REOPEN_FIRST_MS;
      take(event, LiveSnapshotSchema, onSnapshot);
    });
    opened.addEventListener('calls', (event) => take(event, LiveCallsSchema, onCalls));
    opened.addEventListener('error', () => {
      onLost();
      if (opened.readyState !== EventSource.CLOSED) return;
      onRefused();
      timer = window.setTimeout(() => {
        source = open();
      }, reopenInMs);
      reopenInMs = Math.min(reopenInMs * 2, REOPEN_LONGEST_MS);
    });
    return opened;
  }

  /** News that cannot be read counts as a lost connection: better to say 'not current' than to show half. */
  function take<S extends z.ZodType<News>>(
    event: MessageEvent<unknown>,
    schema: S,
    on: (news: News) => void,
  ): void {
    const parsed = schema.safeParse(typeof event.data === 'string' ? JSON.parse(event.data) : null);
    if (parsed.success) on(parsed.data);
    else onLost();
  }

  return () => {
    window.clearTimeout(timer);
    source.close();
  };
}
