import { createHash } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { responseTo } from '../telephone/sip/compose.ts';
import {
  firstHeader,
  formatSipMessage,
  parseSipMessage,
  type SipHeader,
  type SipRequest,
} from '../telephone/sip/message.ts';
import { probeTrunk } from './probe.ts';

/** What a carrier does that no Asterisk can be made to do: a proxy before the registrar, nonces that grow old, lost packets. */
type Answer = { readonly status: number; readonly headers?: readonly SipHeader[] } | 'lost';

const USER = { number: '0725001001', user: 'counter', password: 'right' };
let server: Socket | null = null;
afterEach(() => {
  server?.close();
  server = null;
});

/** Answers REGISTERs one after the other, the last answer again and again. @returns them and what the probe found */
async function ask(...answers: readonly Answer[]) {
  const socket = createSocket('udp4');
  server = socket;
  const registers: SipRequest[] = [];
  const given = new Map<string, Answer>();
  socket.on('message', (bytes, from) => {
    const request = parseSipMessage(bytes);
    if (request.kind !== 'request') return;
    // A busy machine makes the probe ask again: a repetition gets the same answer.
    const key = `${firstHeader(request, 'call-id')} ${firstHeader(request, 'cseq')}`;
    const answer = given.get(key) ?? next(request);
    if (answer === 'lost') return;
    given.set(key, answer);
    for (const { status, headers = [] } of [{ status: 100 }, answer]) {
      socket.send(formatSipMessage(responseTo(request, status, { headers })), from.port, from.address);
    }
  });
  const next = (request: SipRequest): Answer => {
    if (request.method !== 'REGISTER') return { status: 200 };
    registers.push(request);
    return answers[registers.length - 1] ?? answers.at(-1) ?? 'lost';
  };
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const found = await probeTrunk(
    { host: '127.0.0.1', port: socket.address().port, transport: 'udp', accounts: [USER] },
    { localAddress: '127.0.0.1', authorities: null },
  );
  return { registers, result: found.accounts[0]?.result };
}

function challenge(status: 401 | 407, realm: string, nonce: string, isStale = false): Answer {
  const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
  const stale = isStale ? ', stale=true' : '';
  return { status, headers: [[name, `Digest realm="${realm}", nonce="${nonce}", qop="auth"${stale}`]] };
}

/** Whether the proof in a header is the right one for that nonce, by RFC 7616 3.4.1. */
function proves(request: SipRequest | undefined, header: string, realm: string, nonce: string): boolean {
  const proof = request === undefined ? '' : (firstHeader(request, header) ?? '');
  const part = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(proof)?.[1] ?? '';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const secret = md5(`${USER.user}:${realm}:${USER.password}`);
  const asked = md5(`REGISTER:${request?.uri}`);
  const expected = md5(`${secret}:${nonce}:00000001:${part('cnonce')}:auth:${asked}`);
  return part('nonce') === nonce && part('response') === expected;
}

test('a proxy and the registrar behind it both get their proof, and a nonce that grew old is proven anew', async () => {
  const { registers, result } = await ask(
    challenge(407, 'proxy', 'p1'),
    challenge(401, 'registrar', 'r1'),
    challenge(401, 'registrar', 'r2', true),
    { status: 200 },
  );
  expect(result).toEqual({ type: 'answered', status: 200, reason: 'OK', credentialsSent: true });
  const last = registers[3];
  expect(proves(last, 'proxy-authorization', 'proxy', 'p1')).toBe(true);
  expect(proves(registers[2], 'authorization', 'registrar', 'r1')).toBe(true);
  expect(proves(last, 'authorization', 'registrar', 'r2')).toBe(true);
  expect(registers.map((each) => firstHeader(each, 'cseq'))).toEqual(
    [1, 2, 3, 4].map((number) => `${number} REGISTER`),
  );
  expect(new Set(registers.map((each) => firstHeader(each, 'call-id'))).size).toBe(1);
  expect(registers.some((each) => firstHeader(each, 'contact') !== null)).toBe(false);
});

test('a second challenge of the same realm means that the password is wrong; one that never ends does not keep us for ever', async () => {
  const refused = await ask(challenge(401, 'registrar', 'r1'), challenge(401, 'registrar', 'r2'));
  expect(refused.registers).toHaveLength(2);
  expect(refused.result).toMatchObject({ type: 'answered', status: 401, credentialsSent: true });
  server?.close();
  const endless = await ask(challenge(401, 'registrar', 'r1', true));
  expect(endless.registers).toHaveLength(5);
  expect(endless.result).toMatchObject({ type: 'answered', status: 401 });
});

test('a challenge by a hash that we do not know is said to be one', async () => {
  const { result } = await ask({
    status: 401,
    headers: [['WWW-Authenticate', 'Digest realm="r", nonce="n", algorithm=SHA3-256']],
  });
  expect(result).toEqual({ type: 'challengeNotSupported' });
});

test('a question that was lost on its way is asked again, and the answer counts', async () => {
  const { registers, result } = await ask('lost', { status: 200 });
  expect(registers).toHaveLength(2);
  expect(new Set(registers.map((each) => firstHeader(each, 'via'))).size).toBe(1);
  expect(result).toEqual({ type: 'answered', status: 200, reason: 'OK', credentialsSent: false });
});
