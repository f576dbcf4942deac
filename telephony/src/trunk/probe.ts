import { randomBytes, randomUUID } from 'node:crypto';
import { bracketed, newBranch, newTag, viaHeader } from '../telephone/sip/compose.ts';
import {
  firstHeader,
  formatSipMessage,
  parseSipMessage,
  readCSeq,
  type SipHeader,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from '../telephone/sip/message.ts';
import { TelephoneError } from '../telephone/telephoneError.ts';
import { authorizationFor, type Challenge, readChallenges } from './probe-digest.ts';
import type { ProbeResult, TrunkProbe } from './probe-result.ts';
import { type Broken, openWire, type Wire } from './probe-wire.ts';
import type { Trunk, TrunkAccount } from './trunk.ts';

export { type ProbeResult, type TrunkProbe, TrunkProbeSchema } from './probe-result.ts';
export { type ProbeWords, wordProbe } from './probe-words.ts';

/** T1 and T2 of RFC 3261 17.1.2.2: a request over UDP is sent again after 0.5, 1, 2, 4, 4 … seconds. */
const T1_MS = 500;
const T2_MS = 4_000;
/** No answer within this is none: Timer F would wait for 32 s, a clerk at the telephone does not. */
const PATIENCE_MS = 5_000;
/** Accounts that are asked about at the same time. */
const AT_ONCE = 10;
/** Answers to challenges in one question: a proxy's and a registrar's, each once more with a new nonce. */
const MOST_PROOFS = 4;
const REASON_CHARS = 80;

export type ProbeOptions = {
  /** Address that our telephone leaves by; null: whichever the machine takes. */
  readonly localAddress: string | null;
  /** PEM of the authorities that are believed; null: those that the machine knows. */
  readonly authorities: string | null;
};
type Asked = Pick<Trunk, 'host' | 'port' | 'transport' | 'accounts'>;

/**
 * Asks the other side of a trunk whether it is there (OPTIONS, RFC 3261 11), and for each account whether it would let it register: REGISTER
 * without Contact (10.2.3) must be proven like any other and changes nothing. Never throws for what the other side does.
 */
export async function probeTrunk(trunk: Asked, options: ProbeOptions): Promise<TrunkProbe> {
  const [first, ...others] = trunk.accounts;
  const [there, firstResult] = await Promise.all([
    ask(trunk, null, options),
    first === undefined ? null : ask(trunk, first, options),
  ]);
  if (first === undefined || firstResult === null) return { trunk: there, accounts: [] };
  const accounts = [{ number: first.number, result: firstResult }];
  const silent = there.type !== 'answered' && firstResult.type !== 'answered';
  for (let from = 0; from < others.length; from += AT_ONCE) {
    const some = others.slice(from, from + AT_ONCE);
    const results = await Promise.all(
      some.map(async (account) => ({
        number: account.number,
        result: silent ? ({ type: 'notTried' } as const) : await ask(trunk, account, options),
      })),
    );
    accounts.push(...results);
  }
  return { trunk: there, accounts };
}

async function ask(trunk: Asked, account: TrunkAccount | null, options: ProbeOptions): Promise<ProbeResult> {
  const wire = await openWire({ ...trunk, ...options, signal: AbortSignal.timeout(PATIENCE_MS) });
  if ('type' in wire) return wire;
  try {
    return await askOver(wire, trunk, account);
  } finally {
    wire.close();
  }
}

async function askOver(wire: Wire, trunk: Asked, account: TrunkAccount | null): Promise<ProbeResult> {
  const compose = composer(wire, trunk, account);
  /** By header and realm: a proxy and a registrar may both want to know. */
  const proofs = new Map<string, SipHeader>();
  for (let proven = 0; ; proven++) {
    const request = compose([...proofs.values()]);
    const response = await exchange(wire, request);
    if ('type' in response) return response;
    const { status } = response;
    const credentialsSent = proofs.size > 0;
    const reason = response.reasonPhrase.replace(/[^\x20-\x7e]/g, '').slice(0, REASON_CHARS);
    const answered: ProbeResult = { type: 'answered', status, reason, credentialsSent };
    if (account === null || (status !== 401 && status !== 407)) return answered;
    const challenge = readChallenges(response)[0];
    if (challenge === undefined) return { type: 'challengeNotSupported' };
    const isRefusal = proofs.has(keyOf(challenge)) && !challenge.stale;
    if (isRefusal || proven >= MOST_PROOFS) return answered;
    proofs.set(
      keyOf(challenge),
      authorizationFor(challenge, {
        user: account.user,
        password: account.password,
        method: request.method,
        uri: request.uri,
        cnonce: randomBytes(12).toString('hex'),
      }),
    );
  }
}

function keyOf(challenge: Challenge): string {
  return `${challenge.from} ${challenge.realm}`;
}

/** Requests of one question: the same Call-ID and From, a higher CSeq each time (RFC 3261 22.2). Addresses are those that Asterisk uses. */
function composer(
  wire: Wire,
  trunk: Asked,
  account: TrunkAccount | null,
): (proofs: readonly SipHeader[]) => SipRequest {
  const server = `sip:${bracketed(trunk.host)}:${trunk.port}${trunk.transport === 'udp' ? '' : `;transport=${trunk.transport}`}`;
  const own =
    account === null
      ? `sip:${bracketed(wire.host)}:${wire.port}`
      : `sip:${userPart(account.user)}@${bracketed(trunk.host)}`;
  const to = account === null ? server : own;
  const method = account === null ? 'OPTIONS' : 'REGISTER';
  const callId = randomUUID();
  const tag = newTag();
  let number = 0;
  return (proofs) => ({
    kind: 'request',
    method,
    uri: server,
    headers: [
      viaHeader(wire, newBranch()),
      ['Max-Forwards', '70'],
      ['From', `<${own}>;tag=${tag}`],
      ['To', `<${to}>`],
      ['Call-ID', callId],
      ['CSeq', `${++number} ${method}`],
      ...(account === null ? ([['Accept', 'application/sdp']] as const) : []),
      ['User-Agent', 'Madoguchi'],
      ...proofs,
    ],
    body: '',
  });
}

/** One transaction of a request that is no INVITE (RFC 3261 17.1.2): the final response, or why there is none. */
async function exchange(wire: Wire, request: SipRequest): Promise<SipResponse | Broken> {
  const { promise, resolve } = Promise.withResolvers<SipResponse | Broken>();
  wire.onMessage((bytes) => {
    try {
      const message = parseSipMessage(bytes);
      if (answers(message, request)) resolve(message);
    } catch (error) {
      if (!(error instanceof TelephoneError)) throw error;
      resolve({ type: 'unreadable' });
    }
  });
  wire.onBroken(resolve);
  const bytes = formatSipMessage(request);
  let again: NodeJS.Timeout | undefined;
  const send = (pauseMs: number) => {
    wire.send(bytes);
    if (!wire.reliable) again = setTimeout(() => send(Math.min(2 * pauseMs, T2_MS)), pauseMs);
  };
  send(T1_MS);
  const patience = setTimeout(() => resolve({ type: 'noAnswer' }), PATIENCE_MS);
  try {
    return await promise;
  } finally {
    clearTimeout(again);
    clearTimeout(patience);
  }
}

function answers(message: SipMessage, request: SipRequest): message is SipResponse {
  if (message.kind !== 'response' || message.status < 200) return false;
  return (
    readCSeq(message).number === readCSeq(request).number &&
    firstHeader(message, 'call-id') === firstHeader(request, 'call-id')
  );
}

/** What RFC 3261 25.1 does not allow in a user part is escaped. */
function userPart(user: string): string {
  return user.replace(/[^A-Za-z0-9\-_.!~*'()&=+$,;?/]/g, (char) => encodeURIComponent(char));
}
