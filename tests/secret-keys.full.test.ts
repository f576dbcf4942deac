import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { afterMarker } from './setup/caller-acts.ts';
import { summaryOf } from './setup/records.ts';
import {
  askedAgain,
  BIRTH_DATE,
  callKeyedAhead,
  closeSecretHouse,
  confirm,
  db,
  expectNoTrace,
  expectNoTraceAnywhere,
  filesBelow,
  NUMBER,
  openSecretHouse,
  startPostgres,
  stopPostgres,
  under,
} from './setup/secret-house.ts';
import { until } from './setup/until.ts';

beforeAll(openSecretHouse, 240_000);
afterAll(closeSecretHouse);

test('killed in the middle of the birth date, the telephone asks for it anew and goes on', async () => {
  const call = await under.call(NUMBER);
  await afterMarker(call, 0);
  await call.pressAll(BIRTH_DATE.slice(0, 4));
  await until('half of the birth date in the records', async () => {
    const { keys } = await summaryOf(db, call.sipCallId, { ended: false });
    return keys.length === 4;
  });
  const killedAtMs = call.nowMs;
  await under.kill('calls');
  await askedAgain(call, killedAtMs);
  const keyed = await call.pressAll(BIRTH_DATE);
  await confirm(call, keyed.at(-1)?.endedAtMs ?? 0);
  await summaryOf(db, call.sipCallId, { ended: true });
  await expectNoTraceAnywhere();
}, 120_000);

test('while PostgreSQL is away the birth date lies in no file; killed then, the telephone asks for it anew', async () => {
  await stopPostgres();
  const whole = await callKeyedAhead();
  const call = await under.call(NUMBER);
  await afterMarker(call, 0);
  await call.pressAll(BIRTH_DATE.slice(0, 4));
  const spool = join(under.house.settings.stateDir, 'call-events.spool');
  await until('the events of both calls in the spool', async () =>
    /●●●●"(?!.*●●●●")/su.test(await readFile(spool, 'utf8').catch(() => '')),
  );
  expectNoTrace(await filesBelow(under.dataDir));
  const killedAtMs = call.nowMs;
  await under.kill('calls');
  await askedAgain(call, killedAtMs);
  const keyed = await call.pressAll(BIRTH_DATE);
  await confirm(call, keyed.at(-1)?.endedAtMs ?? 0);
  expectNoTrace(await filesBelow(under.dataDir));
  await startPostgres();
  for (const each of [whole, call]) {
    const { keys } = await summaryOf(db, each.sipCallId, { ended: true }, 30_000);
    expect(keys).toMatch(/^●+$/);
  }
  await expectNoTraceAnywhere();
}, 180_000);
