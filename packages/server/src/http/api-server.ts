import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifySwagger from '@fastify/swagger';
import Fastify, {
  type FastifyInstance,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { mapError } from './error-mapper.ts';
import { Refusal } from './refusal.ts';
import { securityHeaders, setHeaders } from './security-headers.ts';

/** A Fastify whose routes are typed by their Zod schemas. */
export type ApiServer = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  Logger,
  ZodTypeProvider
>;

/** What a room brings: it adds its routes to the server. */
export type Routes = (server: ApiServer) => void;

export type HttpSettings = {
  /** Origins under which the page is opened; a request that changes something must come from one of them. */
  readonly origins: readonly [string, ...string[]];
  /** The page is opened over HTTPS (TLS ends in front of us). */
  readonly secureCookies: boolean;
  /** Addresses of proxies whose X-Forwarded-For is believed. Default: none. */
  readonly trustedProxies?: readonly string[];
};

const BODY_LIMIT_BYTES = 64 * 1024;
const API = '/api/';

/** The server with everything that no room owns: edges, headers, errors, the API's description, the page's files. */
export async function createApiServer({
  settings,
  routes,
  webDist,
  log,
}: {
  readonly settings: HttpSettings;
  readonly routes: readonly Routes[];
  /** Folder with the built admin page (index.html, assets/). */
  readonly webDist: string;
  readonly log: Logger;
}): Promise<ApiServer> {
  const server: ApiServer = Fastify({
    loggerInstance: log,
    // Addresses of requests carry telephone numbers (search).
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: settings.trustedProxies === undefined ? false : [...settings.trustedProxies],
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  server.setErrorHandler(mapError);

  const headers = securityHeaders({ strictTransport: settings.secureCookies });
  const origins = new Set(settings.origins);
  server.addHook('onRequest', async (request, reply) => {
    setHeaders(reply, headers);
    if (request.url.startsWith(API)) reply.header('cache-control', 'no-store');
    if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
    if (!origins.has(request.headers.origin ?? '')) {
      throw new Refusal(
        403,
        'foreignOrigin',
        'このページからの操作は受け付けられません。管理画面を開き直してください。',
      );
    }
  });

  await server.register(fastifySwagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Madoguchi', version: '1' } },
    transform: jsonSchemaTransform,
  });
  for (const add of routes) add(server);
  server.get('/api/openapi.json', { schema: { hide: true } }, () => server.swagger());
  await serveWeb(server, webDist);
  return server;
}

/** The built page; every path that is no file and not the API's opens it, since the page has its own router. */
async function serveWeb(server: ApiServer, webDist: string): Promise<void> {
  const built = existsSync(join(webDist, 'index.html'));
  if (built) {
    await server.register(fastifyStatic, {
      root: webDist,
      index: 'index.html',
      cacheControl: false,
      setHeaders(reply, path) {
        // Vite names what lies in assets/ by its content.
        const immutable = path.startsWith(join(webDist, 'assets'));
        reply.header('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  server.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' &&
      !request.url.startsWith(API) &&
      !/\.\w+$/.test(request.url.split('?')[0] ?? '');
    if (isPage && built) return reply.sendFile('index.html');
    if (isPage) {
      return reply
        .status(503)
        .type('text/plain; charset=utf-8')
        .send('管理画面がまだ作られていません。npm run build を実行してください。');
    }
    return mapError(
      new Refusal(404, 'notFound', 'お探しのページまたはデータが見つかりません。'),
      request,
      reply,
    );
  });
}
