import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, provision } from '@madoguchi/telephony';
import { expect, test } from 'vitest';
import { startHouse } from '../packages/server/src/operations/house.ts';
import { wayOf } from './setup/caller-acts.ts';
import { startHouseUnderTest } from './setup/house-under-test.ts';
import { END, oneFlow, sayMarker } from './setup/test-flows.ts';

const NUMBER = '0725000351';

async function take(port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

test('where the port of the telephone is taken the start says so in words and leaves nothing running', async () => {
  const other = await take(await freePort());
  const { port } = other.address();
  const dataDir = await mkdtemp(join(tmpdir(), 'madoguchi-taken-'));
  const told: string[] = [];
  const start = startHouse({
    dataDir,
    // Never asked: ports are looked at before anything is started.
    databaseUrl: 'postgresql://127.0.0.1:9/none',
    tools: await provision(['asterisk', 'openJtalk', 'ffmpeg'], () => undefined),
    http: { address: '127.0.0.1', port: await freePort(), publicUrl: null },
    sip: { address: '127.0.0.1', port },
    rtpPorts: { from: 30_000, to: 30_100 },
    trunk: { host: '127.0.0.1', port: await freePort() },
    laySamples: false,
    onProgress: (line) => told.push(line),
    onLine: () => undefined,
  });
  await expect(start).rejects.toThrow(
    `電話（SIP）のポート ${port} は、ほかのプログラムが使っています。そのプログラムを止めるか、MADOGUCHI_SIP_PORT で別の番号を指定してください。`,
  );
  expect(told).toEqual(['起動できませんでした。起動したものを止めます。']);
  const running = await readFile(join(dataDir, 'run/processes.json'), 'utf8').catch(() => '[]');
  expect(running).not.toMatch(/"pid"/);
  other.close();
  await rm(dataDir, { recursive: true });
});

test('where other programs hold most ports for sound, calls take those that are left', async () => {
  const from = 30_900 + 1_000 * Number(process.env['VITEST_POOL_ID'] ?? '1');
  const rtpPorts = { from, to: from + 59 };
  const others = await Promise.all(Array.from({ length: 20 }, (_, at) => take(from + 2 * at)));
  const under = await startHouseUnderTest({ rtpPorts });
  try {
    await under.serve(
      NUMBER,
      oneFlow('ports', { first: sayMarker(1, 'second'), second: sayMarker(2, 'end'), end: END }),
    );
    const calls = await Promise.all(
      Array.from({ length: 6 }, (_, at) => under.call(NUMBER, `0900000035${at}`)),
    );
    for (const call of calls) {
      expect((await call.ended).by).toBe('them');
      expect(wayOf(call)).toEqual([1, 2]);
    }
  } finally {
    await under.stop();
    for (const other of others) other.close();
  }
}, 240_000);
