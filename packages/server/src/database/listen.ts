import pg from 'pg';
import type { Clock } from '../clock.ts';

const RECONNECT_MS = 1_000;

/**
 * Holds a dedicated connection that listens on `channels`. `onWake` is called for every notification and after every (re)connect,
 * since what happened in between was not heard; it carries no data, the reader looks for itself.
 * @returns stops listening.
 */
export function listen(
  url: string,
  channels: readonly string[],
  {
    clock,
    onWake,
    onLost,
  }: { readonly clock: Clock; readonly onWake: () => void; readonly onLost?: (error: Error) => void },
): () => Promise<void> {
  let client: pg.Client | null = null;
  let cancelReconnect: (() => void) | null = null;
  let stopped = false;

  async function connect(): Promise<void> {
    const mine = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000 });
    client = mine;
    mine.on('notification', onWake);
    mine.on('error', (error) => lost(mine, error));
    mine.on('end', () => lost(mine, new Error('connection closed')));
    try {
      await mine.connect();
      for (const channel of channels) await mine.query(`listen ${pg.escapeIdentifier(channel)}`);
      onWake();
    } catch (error) {
      lost(mine, error instanceof Error ? error : new Error('connection failed'));
    }
  }

  function lost(mine: pg.Client, error: Error): void {
    if (stopped || client !== mine) return;
    client = null;
    onLost?.(error);
    mine.end().catch(() => undefined);
    cancelReconnect = clock.after(RECONNECT_MS, () => void connect());
  }

  void connect();
  return async () => {
    stopped = true;
    cancelReconnect?.();
    await client?.end();
  };
}
