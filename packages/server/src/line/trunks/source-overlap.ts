import { BlockList, isIP } from 'node:net';
import type { Trunk } from '@madoguchi/telephony/trunk';

/** Addresses and networks whose calls would be taken for this trunk's. */
export function sourcesOf(trunk: Pick<Trunk, 'host' | 'match'>): readonly string[] {
  return trunk.match.length === 0 ? [trunk.host] : trunk.match;
}

/** Whether some address belongs to both. Names are compared as names: what they stand for may change at any time. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [networkOf(one), networkOf(other)];
  if (a === null || b === null) return one.toLowerCase() === other.toLowerCase();
  return a.family === b.family && (holds(a, b.address) || holds(b, a.address));
}

type Network = { readonly address: string; readonly prefix: number; readonly family: 'ipv4' | 'ipv6' };

function networkOf(source: string): Network | null {
  const [address = '', prefix] = source.split('/');
  const version = isIP(address);
  if (version === 0) return null;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  return { address, family, prefix: prefix === undefined ? (version === 4 ? 32 : 128) : Number(prefix) };
}

function holds({ address, prefix, family }: Network, other: string): boolean {
  const list = new BlockList();
  list.addSubnet(address, prefix, family);
  return list.check(other, family);
}
