import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { offsetClock } from './clock.ts';
import { connectDatabase } from './database/index.ts';
import { loggable } from './loggable-error.ts';
import type { Running } from './main/running.ts';
import { readSettings } from './settings.ts';

/**
 * The composition root: `node main.ts --settings <file> --roles calls,dialer` or `--roles web,jobs`. Says `ready` on one line of
 * standard output when it serves. SIGTERM ends it; calls in progress stay with the telephone and are taken up by the next start.
 */
const { values } = parseArgs({ options: { settings: { type: 'string' }, roles: { type: 'string' } } });
if (values.settings === undefined || values.roles === undefined) {
  console.error('usage: main.ts --settings <file> --roles calls,dialer | web,jobs');
  process.exit(2);
}

const settings = await readSettings(values.settings);
const roles = new Set(values.roles.split(','));
const log = pino({
  level: settings.logLevel,
  base: { roles: values.roles },
  serializers: { err: (error: unknown) => (error instanceof Error ? loggable(error) : error) },
});
const clock = offsetClock(settings.clockOffsetMs);
const db = connectDatabase(settings.databaseUrl, {
  onIdleError: (error) => log.warn({ err: error }, 'a connection to PostgreSQL was lost'),
});

const running: Running[] = [];
let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void stop();
  });
}

const parts = { settings, db, clock, log };
// Loaded only where it is needed: the telephone process carries no web server, the web process no line.
if (roles.has('calls')) running.push(await (await import('./main/calls-role.ts')).startCallsRole(parts));
if (roles.has('web')) running.push(await (await import('./main/web-role.ts')).startWebRole(parts));
if (roles.has('jobs')) running.push((await import('./main/jobs-role.ts')).startJobsRole(parts));
process.stdout.write('ready\n');

async function stop(): Promise<void> {
  for (const role of running.toReversed()) await role.stop();
  await db.destroy();
  process.exit(0);
}
