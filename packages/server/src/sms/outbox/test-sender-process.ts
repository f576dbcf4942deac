import { z } from 'zod';
import { connectDatabase } from '../../database/connect.ts';
import { openGateway } from '../contracted-gateway.ts';
import { SmsGatewaySettingsSchema } from '../gateway-settings.ts';
import { createSmsSender } from './sender.ts';
import { SmsSenderSettingsSchema } from './settings.ts';

/** For tests: a sender in a process of its own, so that it can be killed. */
const settings = z
  .object({ TEST_DATABASE_URL: z.string(), TEST_SMSC_PORT: z.coerce.number().int() })
  .parse(process.env);

const clock = { now: () => new Date() };
const log = { info: () => undefined, warn: () => undefined };
const sender = createSmsSender({
  db: connectDatabase(settings.TEST_DATABASE_URL, { onIdleError: () => undefined }),
  url: settings.TEST_DATABASE_URL,
  gateways: [
    openGateway(
      SmsGatewaySettingsSchema.parse({
        name: 'first',
        kind: 'smpp',
        smpp: {
          host: '127.0.0.1',
          port: settings.TEST_SMSC_PORT,
          systemId: 'city',
          password: 'secret',
          sourceAddress: '0725001001',
          userMessageReference: true,
        },
      }),
      { clock, log, onConnected: () => sender.wake() },
    ),
  ],
  clock,
  owner: 'killed',
  settings: SmsSenderSettingsSchema.parse({ housekeepingMs: 100, pollMs: 100 }),
  onSettled: () => undefined,
  log,
});
await sender.start();
