/**
 * Where callers and staff await their sound: even ports, with the one above for RTCP (RFC 3550 section 11). Above the ports of the product
 * and of the dialplan, below those that the kernel gives (ip_local_port_range).
 */
export const SOUND_PORTS = { first: 28_000, last: 31_999 } as const;
const MOST_CALLS = 1_000;

export function callerPort(index: number): number {
  return portOf(index);
}

/** Of the so-manieth call that staff take in a round, from 0 on. */
export function staffPort(count: number): number {
  return portOf(MOST_CALLS + count);
}

function portOf(count: number): number {
  const port = SOUND_PORTS.first + 2 * count;
  if (port > SOUND_PORTS.last) throw new RangeError(`no port for so many calls: ${count}`);
  return port;
}
