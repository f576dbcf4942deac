import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { BehaviourChangeSchema } from './behaviour.ts';
import type { Smsc } from './smsc.ts';

const longestBodyOctets = 65_536;

/** Query of `GET /texts`. `to` in the form in which the gateway got it. */
const TextsQuerySchema = z.object({
  to: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(100),
});

/**
 * The simulator's window for the admin page and for tests, on 127.0.0.1 only:
 * `GET /texts?to=&limit=` (newest first), `GET /status`, `GET /behaviour`, `PUT /behaviour`, `POST /cut`.
 */
export async function startSimulatorHttp(
  smsc: Smsc,
  port: number,
): Promise<{ port: number; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(smsc, request).then(
      ([status, body]) => send(response, status, body),
      () => send(response, 500, { error: 'internal' }),
    );
  });
  await listen(server, port);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function answer(smsc: Smsc, request: IncomingMessage): Promise<[status: number, body: unknown]> {
  // A page of another origin may reach loopback by a name of its own (DNS rebinding): only loopback's names are served.
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? ''))
    return [403, { error: 'loopbackOnly' }];
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /texts': {
      const query = TextsQuerySchema.safeParse(Object.fromEntries(url.searchParams));
      if (!query.success) return [400, { error: 'badQuery' }];
      const { to, limit } = query.data;
      const texts = smsc.textsNewestFirst.filter((text) => to === undefined || text.to === to);
      return [200, { texts: texts.slice(0, limit) }];
    }
    case 'GET /status':
      return [200, smsc.status];
    case 'GET /behaviour':
      return [200, smsc.behaviour];
    case 'PUT /behaviour': {
      const change = BehaviourChangeSchema.safeParse(await readJson(request));
      if (!change.success) return [400, { error: 'badBehaviour' }];
      smsc.change(change.data);
      return [200, smsc.behaviour];
    }
    case 'POST /cut':
      smsc.cutConnections();
      return [200, {}];
    default:
      return [404, { error: 'notFound' }];
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (request.headers['content-type'] !== 'application/json') return undefined;
  const chunks: Buffer[] = [];
  let octets = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    octets += bytes.length;
    if (octets > longestBodyOctets) return undefined;
    chunks.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(JSON.stringify(body));
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}
