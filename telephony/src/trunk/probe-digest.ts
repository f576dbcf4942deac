import { createHash } from 'node:crypto';
import type { SipHeader, SipResponse } from '../telephone/sip/message.ts';
import { canonicalName } from '../telephone/sip/message.ts';

/** Digest authentication of SIP: RFC 3261 section 22, with the hashes of RFC 7616 as RFC 8760 brings them to SIP. */
export type Challenge = {
  readonly from: 'www-authenticate' | 'proxy-authenticate';
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  /** As written; null where the other side names none, which means MD5. */
  readonly algorithm: string | null;
  /** False: the older form without qop (RFC 2069). */
  readonly qopAuth: boolean;
  /** Only the nonce was too old; user and password were not judged. */
  readonly stale: boolean;
};

const HASHES: ReadonlyMap<string, string> = new Map([
  ['md5', 'md5'],
  ['sha-256', 'sha256'],
  ['sha-512-256', 'sha512-256'],
]);
const PARAMETER = /([A-Za-z][\w-]*)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g;

/** Challenges of a 401 or 407 that we can answer, in the other side's order of preference (RFC 8760 2.4). One header each. */
export function readChallenges(response: SipResponse): readonly Challenge[] {
  return response.headers.flatMap(([name, value]): Challenge[] => {
    const from = canonicalName(name);
    if (from !== 'www-authenticate' && from !== 'proxy-authenticate') return [];
    if (!/^digest\s/i.test(value)) return [];
    const given = new Map<string, string>();
    for (const [, key = '', quoted, plain] of value.matchAll(PARAMETER)) {
      given.set(key.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '');
    }
    const realm = given.get('realm');
    const nonce = given.get('nonce');
    const algorithm = given.get('algorithm') ?? null;
    const qop = given
      .get('qop')
      ?.split(',')
      .map((each) => each.trim().toLowerCase());
    if (realm === undefined || nonce === undefined) return [];
    if (!HASHES.has((algorithm ?? 'md5').toLowerCase())) return [];
    if (qop !== undefined && !qop.includes('auth')) return [];
    const stale = given.get('stale')?.toLowerCase() === 'true';
    return [
      {
        from,
        realm,
        nonce,
        opaque: given.get('opaque') ?? null,
        algorithm,
        qopAuth: qop !== undefined,
        stale,
      },
    ];
  });
}

/**
 * The header that answers a challenge (RFC 7616 3.4), for the first use of its nonce.
 * @param proof `uri` exactly as in the request line; `cnonce` must be new for each request
 */
export function authorizationFor(
  challenge: Challenge,
  proof: {
    readonly user: string;
    readonly password: string;
    readonly method: string;
    readonly uri: string;
    readonly cnonce: string;
  },
): SipHeader {
  const { realm, nonce, opaque, algorithm, qopAuth } = challenge;
  const { user, password, method, uri, cnonce } = proof;
  const hash = (text: string) =>
    createHash(HASHES.get((algorithm ?? 'md5').toLowerCase()) ?? 'md5')
      .update(text)
      .digest('hex');
  const secret = hash(`${user}:${realm}:${password}`);
  const request = hash(`${method}:${uri}`);
  const count = '00000001';
  const response = hash(
    qopAuth ? `${secret}:${nonce}:${count}:${cnonce}:auth:${request}` : `${secret}:${nonce}:${request}`,
  );
  const parts = [
    `username=${quoted(user)}`,
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `response="${response}"`,
    ...(algorithm === null ? [] : [`algorithm=${algorithm}`]),
    ...(qopAuth ? ['qop=auth', `nc=${count}`, `cnonce=${quoted(cnonce)}`] : []),
    ...(opaque === null ? [] : [`opaque=${quoted(opaque)}`]),
  ];
  return [
    challenge.from === 'www-authenticate' ? 'Authorization' : 'Proxy-Authorization',
    `Digest ${parts.join(', ')}`,
  ];
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
