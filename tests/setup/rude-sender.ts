import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { until } from './until.ts';

/** Sends bytes as they are, and lets go of every call that comes of them. */
export type RudeSender = {
  /** `host:port` that answers come to. */
  readonly address: string;
  /** Status codes of the answers so far. */
  readonly answers: readonly number[];
  send(bytes: Buffer): Promise<void>;
  close(): void;
};

export async function rudeUdpSender(port: number): Promise<RudeSender> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const answers: number[] = [];
  socket.on('message', (bytes) => {
    const text = bytes.toString('utf8');
    const status = statusOf(text);
    if (status !== null) answers.push(status);
    for (const reply of lettingGo(text)) socket.send(reply, port, '127.0.0.1');
  });
  return {
    address: `127.0.0.1:${socket.address().port}`,
    answers,
    async send(bytes) {
      const { promise, resolve: sent, reject } = Promise.withResolvers<void>();
      socket.send(bytes, port, '127.0.0.1', (error) => (error === null ? sent() : reject(error)));
      await promise;
    },
    close: () => socket.close(),
  };
}

/** A connection of its own for each message, as a broken one would end the others. */
export async function sendByTcp(bytes: Buffer, port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  let heard = '';
  let over = false;
  socket.on('data', (chunk) => {
    heard += chunk.toString('utf8');
    for (const reply of lettingGo(heard)) socket.write(reply);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    over = true;
  });
  socket.write(bytes);
  // What makes no sense is answered by nothing at all: the next one goes out all the same.
  await until('an answer', () => over || statusOf(heard) !== null, ANSWER_MS).catch(() => undefined);
  if (heard.includes('INVITE')) {
    await until('a final answer', () => over || / [2-6]\d\d /.test(heard), FINAL_MS).catch(() => undefined);
  }
  socket.end();
  socket.destroySoon();
}

const ANSWER_MS = 150;
const FINAL_MS = 2_000;

function statusOf(text: string): number | null {
  const status = /^SIP\/2\.0 (\d{3}) /.exec(text)?.[1];
  return status === undefined ? null : Number(status);
}

/** ACK and BYE of a call that was taken (RFC 3261 13.2.2.4), else nothing. */
function lettingGo(text: string): readonly string[] {
  const at = text.search(/^SIP\/2\.0 200 [^\r]*\r\n(?:(?!\r\n\r\n)[\s\S])*CSeq: *\d+ INVITE/im);
  if (at < 0) return [];
  const header = (name: string) => new RegExp(`^${name}: *([^\r]*)`, 'im').exec(text.slice(at))?.[1] ?? '';
  const contact = /<([^>]*)>/.exec(header('Contact'))?.[1] ?? '';
  const cseq = Number.parseInt(header('CSeq'), 10);
  const via = header('Via').replace(/;.*$/, '');
  return [
    ['ACK', cseq],
    ['BYE', cseq + 1],
  ].map(([method, number]) =>
    [
      `${method} ${contact} SIP/2.0`,
      `Via: ${via};rport;branch=z9hG4bK${randomUUID()}`,
      'Max-Forwards: 70',
      `From: ${header('From')}`,
      `To: ${header('To')}`,
      `Call-ID: ${header('Call-ID')}`,
      `CSeq: ${number} ${method}`,
      'Content-Length: 0\r\n\r\n',
    ].join('\r\n'),
  );
}
