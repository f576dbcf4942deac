import { createSocket, type Socket } from 'node:dgram';
import { on, once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { firstHeader, listHeader, parseSipMessage, type SipMessage } from './sip/message.ts';
import { createTelephone, type Telephone } from './telephone.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

const hold =
  'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\na=sendonly\r\n';
const talk = hold.replace('sendonly', 'sendrecv');

/** A hand-driven SIP peer: what is sent is exactly what stands in the test. */
async function rawPeer(telephone: Telephone) {
  const socket: Socket = createSocket('udp4');
  const listening = once(socket, 'listening');
  socket.bind(0, '127.0.0.1');
  await listening;
  open.push(socket);
  const { port } = socket.address();
  const incoming = on(socket, 'message');
  let branch = 0;
  return {
    send(
      method: string,
      cseq: number,
      more: { toTag?: string; body?: string; headers?: string; branch?: string } = {},
    ): void {
      const { toTag = '', body = '', headers = '' } = more;
      const text =
        `${method} sip:0725001001@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${port};branch=${more.branch ?? `z9hG4bK${branch++}`}\r\n` +
        `Record-Route: <sip:127.0.0.1:${port};lr>\r\nFrom: <sip:x@127.0.0.1>;tag=ours\r\nTo: <sip:0725001001@127.0.0.1>${toTag}\r\n` +
        `Call-ID: raw\r\nCSeq: ${cseq} ${method}\r\nContact: <sip:x@127.0.0.1:${port}>\r\n${headers}` +
        `Content-Length: ${body.length}\r\n\r\n${body}`;
      socket.send(text, telephone.port, '127.0.0.1');
    },
    /** The next message that `wanted` holds for. */
    async next(wanted: (message: SipMessage) => boolean): Promise<SipMessage> {
      for (;;) {
        const { value = [] } = await incoming.next();
        const message = parseSipMessage(value[0]);
        if (wanted(message)) return message;
      }
    },
  };
}

const final = (status: number, method: string) => (message: SipMessage) =>
  message.kind === 'response' &&
  message.status === status &&
  (firstHeader(message, 'cseq') ?? '').endsWith(method);

async function telephone(): Promise<Telephone> {
  const timers = { t1Ms: 20, t2Ms: 160, t4Ms: 200 };
  const made = await createTelephone({ localAddress: '127.0.0.1', transport: 'udp', timers });
  open.push(made);
  return made;
}

test('outside a call OPTIONS gets 200, a stray BYE or UPDATE 481, an unknown method 405, a required extension 420', async () => {
  const peer = await rawPeer(await telephone());
  for (const [method, status, headers] of [
    ['OPTIONS', 200, ''],
    ['BYE', 481, ''],
    ['UPDATE', 481, ''],
    ['CANCEL', 481, ''],
    ['PUBLISH', 405, ''],
    ['INVITE', 420, 'Require: 100rel\r\n'],
  ] as const) {
    peer.send(method, 1, { headers });
    expect(await peer.next(final(status, method))).toBeDefined();
  }
});

test('a 2xx is repeated until its ACK; hold, talk again and UPDATE are answered; the BYE follows the route', async () => {
  const staff = await telephone();
  staff.onIncoming((call) => call.answer());
  const peer = await rawPeer(staff);
  peer.send('INVITE', 1, { body: talk });
  await peer.next(final(200, 'INVITE'));
  const repeated = await peer.next(final(200, 'INVITE'));
  const toTag = /;tag=.*/.exec(firstHeader(repeated, 'to') ?? '')?.[0] ?? '';
  expect(listHeader(repeated, 'record-route')).toHaveLength(1);
  peer.send('ACK', 1, { toTag });
  peer.send('INVITE', 2, { toTag, body: hold });
  expect((await peer.next(final(200, 'INVITE'))).body).toContain('a=recvonly');
  peer.send('ACK', 2, { toTag });
  peer.send('UPDATE', 3, { toTag, body: talk });
  expect((await peer.next(final(200, 'UPDATE'))).body).toContain('a=sendrecv');
  peer.send('UPDATE', 4, { toTag });
  expect((await peer.next(final(200, 'UPDATE'))).body).toBe('');
  peer.send('INFO', 2, { toTag });
  expect(await peer.next(final(500, 'INFO'))).toBeDefined();
  const closing = staff.close(300);
  const bye = await peer.next((message) => message.kind === 'request' && message.method === 'BYE');
  expect(listHeader(bye, 'route')).toHaveLength(1);
  await closing;
});

test('an INVITE without an offer gets ours, and its ACK brings the answer', async () => {
  const staff = await telephone();
  const { promise: sent, resolve } = Promise.withResolvers<number>();
  staff.onIncoming(async (call) => {
    await call.answer();
    await call.play(new Int16Array(800));
    resolve(call.rtpStats().sent);
  });
  const peer = await rawPeer(staff);
  peer.send('INVITE', 1);
  const answer = await peer.next(final(200, 'INVITE'));
  expect(answer.body).toContain('RTP/AVP 0 8 101');
  const toTag = /;tag=.*/.exec(firstHeader(answer, 'to') ?? '')?.[0] ?? '';
  peer.send('ACK', 1, { toTag, body: talk });
  expect(await sent).toBeGreaterThan(3);
});

test('a repeated INVITE is one call', async () => {
  const staff = await telephone();
  let calls = 0;
  staff.onIncoming((call) => {
    calls++;
    call.ring();
  });
  const peer = await rawPeer(staff);
  for (let turn = 0; turn < 3; turn++) peer.send('INVITE', 1, { body: talk, branch: 'z9hG4bKsame' });
  await peer.next(final(180, 'INVITE'));
  peer.send('CANCEL', 1, { branch: 'z9hG4bKsame' });
  await peer.next(final(487, 'INVITE'));
  expect(calls).toBe(1);
});
