import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from './free-ports.ts';

const MODULE = join(import.meta.dirname, 'free-ports.ts');
const ASK = `
  const { freePort } = await import(${JSON.stringify(MODULE)});
  const ports = [];
  for (let each = 0; each < 400; each++) ports.push(await freePort());
  console.log(ports.join(' '));
  process.stdin.resume();`;

test('processes that ask at the same time never get the same port, also before anybody binds it', async () => {
  // Each asks for a good part of all there are, and lives until all have asked.
  const children = [1, 2, 3, 4].map(() => spawn(process.execPath, ['--input-type=module', '-e', ASK]));
  const lines = await Promise.all(
    children.map(
      ({ stdout }) =>
        new Promise<string>((resolve) => {
          let said = '';
          stdout.on('data', (text) => {
            said += text;
            if (said.endsWith('\n')) resolve(said.trim());
          });
        }),
    ),
  );
  for (const { stdin } of children) stdin.end();
  const ports = lines.flatMap((line) => line.split(' '));
  expect(ports).toHaveLength(1_600);
  expect(new Set(ports).size).toBe(1_600);
});

test('a port that somebody uses is not given away', async () => {
  const port = await freePort();
  const server = createServer();
  // The next one would be its turn.
  const taken = port + 1;
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(taken, '127.0.0.1', resolve),
  );
  expect(await freePort()).not.toBe(taken);
  server.close();
});
