import type { CalledNumberSource } from '@madoguchi/telephony/trunk';
import { type Caller, nationalDigits, readCaller } from './caller.ts';
import { listedIn, type NameAddress, readNameAddress } from './name-address.ts';

/** What an INVITE says, as the generated dialplan hands it to Stasis: `name=value`, URL-encoded (telephony/src/asterisk/dialplan.ts). */
export type Offer = Caller & {
  /** Null: from before trunks had ids, or not of a trunk. */
  readonly trunkId: string | null;
  /** National digits by source; the list of a header that may come several times begins with the original. */
  readonly called: Readonly<Record<CalledNumberSource, readonly string[]>>;
  /** Max-Forwards (RFC 3261 20.22) as it arrived, null where unreadable. */
  readonly hopsLeft: number | null;
};

/**
 * @param exten user part of the request URI
 * @param args arguments of Stasis after the application's name: `offered`, presentation, trunk, headers
 * @param asterisk number and name as the engine itself made them, for an offer without headers
 */
export function readOffer(
  exten: string,
  args: readonly string[],
  asterisk: { readonly number: string; readonly name: string },
): Offer {
  const [, presentation = '', trunkId = '', ...encoded] = args;
  const headers = new Map(encoded.map(readArgument));
  const header = (name: string): string => headers.get(name) ?? '';
  const diversions = addressesIn(header('diversion'));
  const from = readNameAddress(header('from'));
  return {
    trunkId: trunkId === '' ? null : trunkId,
    ...readCaller({
      from: from ?? { display: asterisk.name, user: asterisk.number, host: '' },
      asserted: addressesIn(header('pai')),
      privacy: header('privacy'),
      presentation,
    }),
    called: {
      requestUri: numbersOf([{ display: '', user: exten, host: '' }]),
      to: numbersOf(addressesIn(header('to')).slice(0, 1)),
      // The latest diversion stands on top (RFC 5806 section 8.1): the original is the last.
      diversion: numbersOf([...diversions].reverse()),
      historyInfo: numbersOf(historyIn(header('history'))),
      pCalledPartyId: numbersOf(addressesIn(header('pcpid')).slice(0, 1)),
    },
    hopsLeft: /^\d{1,3}$/.test(header('hops')) ? Number(header('hops')) : null,
  };
}

/** The numbers that may be the called one, best first, each once. */
export function calledNumbersOf(offer: Offer, sources: readonly CalledNumberSource[]): readonly string[] {
  return [...new Set(sources.flatMap((source) => offer.called[source].slice(0, 1)))];
}

function readArgument(argument: string): readonly [string, string] {
  const at = argument.indexOf('=');
  const value = argument.slice(at + 1);
  try {
    return [argument.slice(0, at), decodeURIComponent(value)];
  } catch {
    // Cut in the middle of an escaped character.
    return [argument.slice(0, at), value.replace(/%[0-9A-Fa-f]{2}|%[0-9A-Fa-f]?$/g, latin1)];
  }
}

function latin1(escaped: string): string {
  return escaped.length === 3 ? String.fromCharCode(Number.parseInt(escaped.slice(1), 16)) : '';
}

function addressesIn(header: string): readonly NameAddress[] {
  return listedIn(header)
    .map(readNameAddress)
    .filter((address) => address !== null);
}

/** Oldest first, by the index of each entry (RFC 7044 section 10.3); `1`, `1.1`, `1.2`, `1.2.1` … */
function historyIn(header: string): readonly NameAddress[] {
  return listedIn(header)
    .map((entry, at) => ({
      address: readNameAddress(entry),
      index: (/;\s*index=([\d.]+)/i.exec(entry)?.[1] ?? '').split('.').map(Number),
      at,
    }))
    .sort((one, other) => compareIndex(one.index, other.index) || one.at - other.at)
    .map(({ address }) => address)
    .filter((address) => address !== null);
}

function compareIndex(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const difference = (one[at] ?? -1) - (other[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(addresses: readonly NameAddress[]): readonly string[] {
  return addresses.map(({ user }) => nationalDigits(user)).filter((digits) => digits !== null);
}
