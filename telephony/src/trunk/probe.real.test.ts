import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../asterisk/index.ts';
import { type ProbeOptions, probeTrunk } from './probe.ts';
import { startTestRegistrar, type TestRegistrar } from './test-registrar.ts';
import type { Transport } from './trunk.ts';

const NUMBER = '0725001001';
const MD5_USER = { user: 'counter-md5', password: 'right"1\\', hash: 'md5', hasPlace: true } as const;
const SHA_USER = { user: 'counter-sha', password: 'right-too', hash: 'sha-256', hasPlace: true } as const;
const UNPLACED_USER = {
  user: 'counter-new',
  password: 'right-as-well',
  hash: 'md5',
  hasPlace: false,
} as const;

let registrar: TestRegistrar;
beforeAll(async () => {
  registrar = await startTestRegistrar([MD5_USER, SHA_USER, UNPLACED_USER]);
});
afterAll(async () => {
  await registrar?.stop();
});

function probe(
  to: {
    readonly host?: string;
    readonly port?: number;
    readonly transport?: Transport;
    readonly users?: readonly { readonly user: string; readonly password: string }[];
  },
  options: Partial<ProbeOptions> = {},
) {
  const { host = '127.0.0.1', port = registrar.port, transport = 'udp', users = [] } = to;
  const accounts = users.map(({ user, password }) => ({ number: NUMBER, user, password }));
  return probeTrunk(
    { host, port, transport, accounts },
    { localAddress: '127.0.0.1', authorities: null, ...options },
  );
}

const answered = (status: number, credentialsSent: boolean) =>
  expect.objectContaining({ type: 'answered', status, credentialsSent });

test.each(['udp', 'tcp'] as const)(
  'over %s the right password is accepted by MD5 and by SHA-256, and nobody is registered by the question',
  async (transport) => {
    const { trunk, accounts } = await probe({ transport, users: [MD5_USER, SHA_USER] });
    expect(trunk.type).toBe('answered');
    expect(accounts.map(({ result }) => result)).toEqual([answered(200, true), answered(200, true)]);
    expect(await registrar.bindings()).toEqual([]);
  },
);

test('a wrong password, and a user whom the registrar does not know, are refused after the proof', async () => {
  const { accounts } = await probe({
    users: [
      { ...MD5_USER, password: 'wrong' },
      { ...SHA_USER, password: 'wrong' },
      { user: 'nobody', password: 'right' },
    ],
  });
  expect(accounts.map(({ result }) => result)).toEqual([
    answered(401, true),
    answered(401, true),
    answered(401, true),
  ]);
});

test('a number that the registrar does not keep is told apart from a wrong password', async () => {
  const { accounts } = await probe({ users: [UNPLACED_USER] });
  expect(accounts.map(({ result }) => result)).toEqual([answered(404, true)]);
});

test('over TLS a certificate that the machine does not know is named, and nothing is sent; one that it was told of is believed', async () => {
  const to = { host: 'localhost', port: registrar.tlsPort, transport: 'tls', users: [MD5_USER] } as const;
  const unknown = await probe(to);
  expect(unknown.trunk).toEqual({ type: 'certificateNotTrusted', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  expect(unknown.accounts[0]?.result.type).toBe('certificateNotTrusted');
  const known = await probe(to, { authorities: registrar.certificate });
  expect(known.accounts[0]?.result).toEqual(answered(200, true));
  // The certificate is for a name, not for this address.
  const elsewhere = await probe({ ...to, host: '127.0.0.1' }, { authorities: registrar.certificate });
  expect(elsewhere.trunk).toEqual({ type: 'certificateNotTrusted', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

test('a port where nobody listens refuses, over UDP and over TCP, and further accounts are not tried there', async () => {
  const port = await freePort();
  for (const transport of ['udp', 'tcp', 'tls'] as const) {
    const found = await probe({ port, transport, users: [MD5_USER, SHA_USER] });
    expect([transport, found.trunk, ...found.accounts.map(({ result }) => result)]).toEqual([
      transport,
      { type: 'refused' },
      { type: 'refused' },
      { type: 'notTried' },
    ]);
  }
});

test('a silent port is asked again as RFC 3261 says, then given up after five seconds', async () => {
  const silent = createSocket('udp4');
  const times: number[] = [];
  silent.on('message', () => times.push(performance.now()));
  silent.bind(0, '127.0.0.1');
  await once(silent, 'listening');
  const began = performance.now();
  expect((await probe({ port: silent.address().port })).trunk).toEqual({ type: 'noAnswer' });
  expect(performance.now() - began).toBeGreaterThan(4_900);
  silent.close();
  // At 0, 0.5, 1.5 and 3.5 s; a busy machine may be late, never early.
  expect(times).toHaveLength(4);
  expect((times[3] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(3_400);
});

test('somebody who speaks no SIP, or hangs up, is told apart from a telephone exchange', async () => {
  const chatty = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
  });
  const curt = createServer((socket) => socket.destroy());
  for (const server of [chatty, curt]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  const portOf = (server: typeof chatty) => {
    const address = server.address();
    return typeof address === 'object' ? (address?.port ?? 0) : 0;
  };
  expect((await probe({ port: portOf(chatty), transport: 'tcp' })).trunk).toEqual({ type: 'unreadable' });
  expect((await probe({ port: portOf(curt), transport: 'tcp' })).trunk).toEqual({ type: 'connectionLost' });
  chatty.close();
  curt.close();
});

test('a name without an address is named', async () => {
  const { trunk } = await probe({ host: 'no-such-carrier.invalid' });
  expect(trunk).toEqual({ type: 'nameNotFound', host: 'no-such-carrier.invalid' });
});

test.each(['udp', 'tcp'] as const)(
  'over %s an address that cannot be reached from the loopback, where a first start stands, is said to be unreachable',
  async (transport) => {
    expect((await probe({ host: '192.0.2.1', transport })).trunk).toEqual({ type: 'unreachable' });
  },
);
