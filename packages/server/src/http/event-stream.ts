import type { FastifyReply } from 'fastify';
import type { Clock } from '../clock.ts';

const HEARTBEAT_MS = 15_000;
/** A browser that has taken nothing for this long is gone or asleep: it connects again by itself. */
const STALLED_MS = 60_000;

/**
 * One browser's server-sent events (HTML Living Standard §9.2).
 * `open` → `full` (the socket's buffer is full: nothing more is written until it drains) → `open`; any → `closed`.
 */
export type EventStream = {
  readonly state: 'open' | 'full' | 'closed';
  /** Writes one event; `data` is one line of JSON. Passed over unless `open`. */
  send(event: string, id: string, data: string): void;
  close(): void;
};

/**
 * Takes the answer over from Fastify. Headers that were set on `reply` are sent with it.
 * @param onOpenAgain after `full`; @param onClose once, whoever closed.
 */
export function openEventStream(
  reply: FastifyReply,
  {
    clock,
    onOpenAgain,
    onClose,
  }: { readonly clock: Clock; readonly onOpenAgain: () => void; readonly onClose: () => void },
): EventStream {
  reply.hijack();
  const socket = reply.raw;
  let state: EventStream['state'] = 'open';
  let fullSinceMs = 0;

  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) socket.setHeader(name, value);
  socket.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // nginx would hold events back to fill its buffer
    'x-accel-buffering': 'no',
  });
  socket.on('drain', () => {
    if (state !== 'full') return;
    state = 'open';
    onOpenAgain();
  });
  socket.on('error', closed);
  socket.on('close', closed);
  let cancelHeartbeat = clock.after(HEARTBEAT_MS, heartbeat);
  write('retry: 1000\n\n');

  function write(text: string): void {
    if (state !== 'open' || socket.write(text)) return;
    state = 'full';
    fullSinceMs = clock.monotonicMs();
  }

  function heartbeat(): void {
    if (state === 'closed') return;
    if (state === 'full' && clock.monotonicMs() - fullSinceMs > STALLED_MS) {
      socket.destroy();
      return;
    }
    write(':\n\n');
    cancelHeartbeat = clock.after(HEARTBEAT_MS, heartbeat);
  }

  function closed(): void {
    if (state === 'closed') return;
    state = 'closed';
    cancelHeartbeat();
    onClose();
  }

  return {
    get state() {
      return state;
    },
    send(event, id, data) {
      write(`event: ${event}\nid: ${id}\ndata: ${data}\n\n`);
    },
    close() {
      if (state === 'closed') return;
      // A full socket would never finish an orderly end.
      if (state === 'full') socket.destroy();
      else socket.end();
      closed();
    },
  };
}
