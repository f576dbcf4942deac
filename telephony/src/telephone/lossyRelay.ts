import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** What happens to a packet; 'afterNext' lets the next one overtake it. */
export type Fate = 'pass' | 'drop' | 'double' | 'afterNext';

export type LossyRelay = {
  readonly port: number;
  /** How many packets met which fate. */
  readonly fates: Readonly<Record<Fate, number>>;
  leadTo(target: number): void;
  close(): void;
};

/**
 * A bad line for tests, UDP on loopback: what comes to `port` goes on to the target, what comes from the target goes back to
 * whoever spoke last. `fate` is asked with the packet's number, both directions counted together.
 */
export async function openLossyRelay(line: {
  readonly fate: (packet: number) => Fate;
  readonly target?: number;
  readonly rewrite?: (text: string) => string;
}): Promise<LossyRelay> {
  const socket = createSocket('udp4');
  const listening = once(socket, 'listening');
  socket.bind(0, '127.0.0.1');
  await listening;
  let target = line.target ?? 0;
  let speaker = 0;
  let count = 0;
  let held: { readonly bytes: Buffer; readonly to: number } | null = null;
  const fates = { pass: 0, drop: 0, double: 0, afterNext: 0 };

  socket.on('message', (received, from) => {
    if (from.port !== target) speaker = from.port;
    const to = from.port === target ? speaker : target;
    const fate = line.fate(count++);
    fates[fate]++;
    const bytes =
      line.rewrite === undefined ? received : Buffer.from(line.rewrite(received.toString('utf8')));
    if (fate === 'afterNext') {
      held = { bytes, to };
      return;
    }
    if (fate !== 'drop') socket.send(bytes, to, '127.0.0.1');
    if (fate === 'double') socket.send(bytes, to, '127.0.0.1');
    if (held !== null) socket.send(held.bytes, held.to, '127.0.0.1');
    held = null;
  });
  return {
    port: socket.address().port,
    fates,
    leadTo(next) {
      target = next;
    },
    close: () => socket.close(),
  };
}
