import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import type { TestCertificate } from '@madoguchi/telephony/test-certificate';

export type SeenRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

/**
 * `cut`: the request is read whole, then the connection is broken. `cutInReply`: it is broken in the middle of the reply. `hang`: no reply.
 */
export type CentreAnswer =
  | 'cut'
  | 'cutInReply'
  | 'hang'
  | { readonly status: number; readonly body: unknown };

export interface HttpsCentre {
  readonly port: number;
  readonly seen: readonly SeenRequest[];
  /** Connections that were made, with or without a request. */
  readonly connections: number;
  stop(): Promise<void>;
}

/** For tests: an HTTPS gateway on loopback that keeps what it was asked and answers as it is told. */
export async function startHttpsCentre(options: {
  readonly certificate: TestCertificate;
  readonly answer: (request: SeenRequest) => CentreAnswer;
  readonly port?: number;
}): Promise<HttpsCentre> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
    seen.push(one);
    const answer = options.answer(one);
    if (answer === 'hang') return;
    if (answer === 'cut') {
      request.socket.destroy();
      return;
    }
    if (answer === 'cutInReply') {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"id":', () => request.socket.destroy());
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  }

  const { certificate: cert, privateKey: key } = options.certificate;
  const server = createServer({ cert, key }, (request, response) => {
    // A connection that breaks is what these tests are about.
    take(request, response).catch(() => request.socket.destroy());
  });
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    seen,
    get connections() {
      return connections;
    },
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
