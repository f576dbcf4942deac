import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLockFile } from './cache-lock.ts';
import { makeContentFolder } from './content-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('two runs at once come one after the other', async () => {
  const code = `
    import { appendFileSync } from 'node:fs';
    import { setTimeout as delay } from 'node:timers/promises';
    import { withLockFile } from ${JSON.stringify(join(import.meta.dirname, 'cache-lock.ts'))};
    await withLockFile(process.argv[1] + '/lock', async () => {
      appendFileSync(process.argv[1] + '/journal', 'in ');
      await delay(100);
      appendFileSync(process.argv[1] + '/journal', 'out ');
    });`;
  const runs = [1, 2, 3].map(() => {
    const { promise, resolve } = Promise.withResolvers<number | null>();
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', code, folder], {
      stdio: 'inherit',
    });
    child.on('exit', resolve);
    return promise;
  });
  expect(await Promise.all(runs)).toEqual([0, 0, 0]);
  expect(readFileSync(join(folder, 'journal'), 'utf8')).toBe('in out in out in out ');
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

test('the lock of a process that is dead is taken over, also when its id is in use again', async () => {
  writeFileSync(join(folder, 'lock'), `${process.pid} 1\n`);
  expect(await withLockFile(join(folder, 'lock'), async () => 'done')).toBe('done');
  expect(readdirSync(folder)).toEqual([]);
});

test('an interrupted run leaves no half folder, and the next one starts afresh', async () => {
  const failing = makeContentFolder(folder, 'tool', async (making) => {
    writeFileSync(join(making, 'half'), '');
    throw new Error('interrupted');
  });
  await expect(failing).rejects.toThrow('interrupted');
  expect(readdirSync(folder)).toEqual([]);
  await makeContentFolder(folder, 'tool', async (making) => writeFileSync(join(making, 'whole'), ''));
  expect(readdirSync(join(folder, 'tool'))).toEqual(['whole']);
});
