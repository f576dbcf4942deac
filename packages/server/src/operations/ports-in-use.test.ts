import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort } from '@madoguchi/telephony';
import { expect, test } from 'vitest';
import { ensurePortsFree } from './ports-in-use.ts';

test('the operator is told which port is taken, and by which setting to change it', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const bound = other.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  const taken = { address: '127.0.0.1', port: bound.port };
  const free = { address: '127.0.0.1', port: await freePort() };
  await expect(ensurePortsFree(taken, free)).rejects.toThrow(/MADOGUCHI_SIP_PORT/);
  await expect(ensurePortsFree(free, taken)).rejects.toThrow(/MADOGUCHI_HTTP_PORT/);
  await expect(ensurePortsFree(free, free)).resolves.toBeUndefined();
  other.close();
});
