import { z } from 'zod';

/**
 * Glossary: trunk 回線 (the way to one carrier), account 契約番号の認証情報 (user and password for REGISTER), line 同時通話 (one leg of a call
 * on a trunk; a transferred call takes two), request URI, To, Diversion … as in RFC 3261, RFC 5806, RFC 7044, RFC 7315.
 */

/** Where a trunk says which number the citizen called. Tried in the trunk's order. */
export const CalledNumberSourceSchema = z.enum([
  'requestUri',
  'to',
  'diversion',
  'historyInfo',
  'pCalledPartyId',
]);
export type CalledNumberSource = z.infer<typeof CalledNumberSourceSchema>;

/** How numbers are written towards the carrier: 0725001001, 81725001001 or +81725001001. */
export const NumberFormatSchema = z.enum(['national', 'e164', 'plusE164']);
export type NumberFormat = z.infer<typeof NumberFormatSchema>;

export const TransportSchema = z.enum(['udp', 'tcp', 'tls']);
export type Transport = z.infer<typeof TransportSchema>;

/** An IPv4 or IPv6 address, a network, or a host name. */
const HostSchema = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?$/);
const NetworkSchema = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
/** What goes into a line of Asterisk's configuration: nothing that could end the line. */
const PlainSchema = z.string().regex(/^[\x21-\x7e]{1,128}$/);
const DigitsSchema = z.string().regex(/^[0-9]{2,20}$/);

/** One number that registers with user and password. Several may come from one source address (050). */
export const TrunkAccountSchema = z.object({
  /** National digits of the number, or the extension of a home gateway (one digit there). */
  number: z.string().regex(/^[0-9]{1,20}$/),
  user: PlainSchema,
  password: PlainSchema,
});
export type TrunkAccount = z.infer<typeof TrunkAccountSchema>;

const LinesSchema = z.object({
  /** What the contract allows at once, both legs of a transferred call counted. */
  total: z.int().min(1).max(2000),
  /** Shares: of these at most so many for calls from citizens, for transfers, for calls that the city places. */
  received: z.int().min(0).max(2000),
  transferred: z.int().min(0).max(2000),
  placed: z.int().min(0).max(2000),
  /** What a call gets for which no line is free: the busy tone (SIP 486), or an announcement, for which some more lines are kept. */
  whenFull: z.discriminatedUnion('type', [
    z.object({ type: z.literal('busy') }),
    z.object({ type: z.literal('announcement'), lines: z.int().min(1).max(100) }),
  ]),
});
export type TrunkLines = z.infer<typeof LinesSchema>;

export const TrunkSchema = z
  .object({
    /** Also part of Asterisk's section names. */
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/),
    name: z.string().min(1).max(60),
    /** Id of the profile it was made from (profiles.ts); what counts are the settings here. */
    profile: z.string(),
    host: HostSchema,
    port: z.int().min(1).max(65_535),
    transport: TransportSchema,
    /** Media by SRTP, keys in the SDP (RFC 4568): only over TLS. */
    srtp: z.boolean(),
    /** Addresses and networks whose calls are this trunk's. None: those of `host`. */
    match: z.array(NetworkSchema).max(50),
    accounts: z.array(TrunkAccountSchema).max(100),
    numberFormat: NumberFormatSchema,
    codecs: z.array(z.enum(['ulaw', 'alaw'])).min(1),
    /** RFC 4733 packets; SIP INFO; or tones in the sound, which are listened for except during a talk. INFO is taken from anybody. */
    dtmf: z.enum(['rfc4733', 'info', 'inband']),
    /** RFC 3262 (100rel, PRACK). */
    reliableProvisional: z.enum(['off', 'supported', 'required']),
    /** RFC 4028. `accept`: only where the other side asks. Less than 90 s is not allowed there. */
    sessionTimer: z.object({
      mode: z.enum(['off', 'accept', 'always', 'required']),
      expiresS: z.int().min(90).max(86_400),
      minS: z.int().min(90).max(86_400),
    }),
    /** Behind address translation: what the other side is to see of us, and our port that is reached from there. */
    nat: z
      .object({
        publicAddress: z.union([z.ipv4(), z.ipv6()]),
        localPort: z.int().min(1).max(65_535),
        localNetworks: z.array(NetworkSchema).max(20),
      })
      .nullable(),
    calledNumberSources: z.array(CalledNumberSourceSchema).min(1),
    /** What the telephone of a transfer's target shows: the number that the citizen called, the citizen's own, or always this one. */
    presentedNumber: z.union([z.enum(['called', 'caller']), DigitsSchema]),
    /** Whether 0120/0800 may be dialled by it. */
    dialsTollFree: z.boolean(),
    lines: LinesSchema,
    /** Without a sound packet for so long a call is taken for dead; 0: never. */
    rtpTimeoutS: z.int().min(0).max(3600),
    /** How often the other side is asked whether it is there (OPTIONS); 0: never. */
    checkEveryS: z.int().min(0).max(3600),
  })
  .refine((trunk) => !trunk.srtp || trunk.transport === 'tls', {
    path: ['srtp'],
    error: 'SRTP needs TLS: its keys travel in the SDP',
  })
  .refine((trunk) => trunk.sessionTimer.minS <= trunk.sessionTimer.expiresS, {
    path: ['sessionTimer', 'minS'],
    error: 'the least session time is longer than the session time',
  });
export type Trunk = z.infer<typeof TrunkSchema>;

/** A number as this trunk writes it. @param digits national ('0725001001', '110') */
export function formatNumber(digits: string, format: NumberFormat): string {
  if (format === 'national' || !/^0[1-9]/.test(digits)) return digits;
  return `${format === 'plusE164' ? '+' : ''}81${digits.slice(1)}`;
}

/** Asterisk's endpoint for calls that this trunk places for `number`: that of its account, where it has one. */
export function endpointOf(trunk: Pick<Trunk, 'id' | 'accounts'>, number: string | null): string {
  if (trunk.accounts.length === 0) return `trunk-${trunk.id}`;
  const at = trunk.accounts.findIndex((account) => account.number === number);
  return accountNameOf(trunk, Math.max(0, at));
}

/** Name of an account's sections. Begins otherwise than those of trunks, one of which may have the id `main-0`. */
export function accountNameOf(trunk: Pick<Trunk, 'id'>, at: number): string {
  return `account-${trunk.id}-${at}`;
}

/** What Asterisk is told to dial. @param from the number that the call is placed for */
export function dialString(trunk: Trunk, digits: string, from: string | null): string {
  if (!/^[0-9]+$/.test(digits)) throw new RangeError('a number to dial holds something else than digits');
  return `PJSIP/${formatNumber(digits, trunk.numberFormat)}@${endpointOf(trunk, from)}`;
}
