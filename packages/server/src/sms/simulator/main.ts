import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { startSimulatorHttp } from './http.ts';
import { startSmsc } from './smsc.ts';

/**
 * The simulated SMS centre as a process of its own: the product's gateway until a contract with a real one is entered.
 * Says `{"smppPort":…,"httpPort":…}` on one line of standard output when it is ready.
 */
const SettingsSchema = z.object({
  MADOGUCHI_SMSC_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  MADOGUCHI_SMSC_HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  MADOGUCHI_SMSC_SYSTEM_ID: z.string().max(15),
  MADOGUCHI_SMSC_PASSWORD: z.string().max(8),
  /** File of received texts. */
  MADOGUCHI_SMSC_TEXTS: z.string().min(1),
});

const settings = SettingsSchema.parse(process.env);
await mkdir(dirname(settings.MADOGUCHI_SMSC_TEXTS), { recursive: true });
const smsc = await startSmsc({
  port: settings.MADOGUCHI_SMSC_PORT,
  systemId: settings.MADOGUCHI_SMSC_SYSTEM_ID,
  password: settings.MADOGUCHI_SMSC_PASSWORD,
  textsPath: settings.MADOGUCHI_SMSC_TEXTS,
  clock: { now: () => new Date() },
});
const http = await startSimulatorHttp(smsc, settings.MADOGUCHI_SMSC_HTTP_PORT);
process.stdout.write(`${JSON.stringify({ smppPort: smsc.port, httpPort: http.port })}\n`);

async function stop(): Promise<void> {
  await http.stop();
  await smsc.stop();
}

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (!stopping) void stop();
    stopping = true;
  });
}
