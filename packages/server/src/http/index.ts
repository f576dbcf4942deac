export { type ApiServer, createApiServer, type HttpSettings, type Routes } from './api-server.ts';
export { type EventStream, openEventStream } from './event-stream.ts';
export { healthRoutes } from './health-routes.ts';
export { Refusal } from './refusal.ts';
export { createRequestLimit, type RequestLimit } from './request-limit.ts';
