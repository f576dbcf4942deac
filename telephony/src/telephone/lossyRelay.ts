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
 * A bad line for tests, UDP on loopback: what comes to `port` goes on to the target (of 127.0.0.1), what comes from there goes back to
 * whoever spoke last. `fate` is asked with the packet's number, both directions counted together.
 */
export async function openLossyRelay(line: {
  readonly fate: (packet: number) => Fate;
  readonly target?: number;
  readonly rewrite?: (text: string) => string;
  /** Where it listens; default: any free port of 127.0.0.1. */
  readonly at?: { readonly host: string; readonly port: number };
}): Promise<LossyRelay> {
  const socket = createSocket('udp4');
  const listening = once(socket, 'listening');
  socket.bind(line.at?.port ?? 0, line.at?.host ?? '127.0.0.1');
  await listening;
  let target = line.target ?? 0;
  let speaker = { port: 0, address: '127.0.0.1' };
  let count = 0;
  let held: { readonly bytes: Buffer; readonly to: typeof speaker } | null = null;
  const fates = { pass: 0, drop: 0, double: 0, afterNext: 0 };

  socket.on('message', (received, from) => {
    const isTarget = from.port === target && from.address === '127.0.0.1';
    if (!isTarget) speaker = from;
    const to = isTarget ? speaker : { port: target, address: '127.0.0.1' };
    const fate = line.fate(count++);
    fates[fate]++;
    const bytes =
      line.rewrite === undefined ? received : Buffer.from(line.rewrite(received.toString('utf8')));
    if (fate === 'afterNext') {
      held = { bytes, to };
      return;
    }
    if (fate !== 'drop') socket.send(bytes, to.port, to.address);
    if (fate === 'double') socket.send(bytes, to.port, to.address);
    if (held !== null) socket.send(held.bytes, held.to.port, held.to.address);
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
