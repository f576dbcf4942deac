import { z } from 'zod';

/** Below 'jp', 'lg.jp' and the like anybody, or every municipality, has a name: neither is one city's. */
const EVERYBODYS = /^(?:[a-z]{2}\.)?[a-z]+$/;
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;

/** The host of a page's address as somebody typed or copied it, with or without scheme and path; null where it is none that can be a city's own. */
export function ownHostOf(typed: string): string | null {
  const host = typed
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/?#].*$/u, '');
  return host.length <= 253 && HOST.test(host) && !EVERYBODYS.test(host) ? host : null;
}

/** Hosts of the city's own pages; what lies below one is the city's too. */
export const OwnHostsSchema = z
  .array(z.string().refine((host) => ownHostOf(host) === host))
  .max(50)
  .refine((hosts) => new Set(hosts).size === hosts.length);
