import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOrMakeSecrets } from './secrets.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('secrets are made once, for the owner alone', async () => {
  const path = join(folder, 'new.json');
  const made = await readOrMakeSecrets(path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readOrMakeSecrets(path)).toEqual(made);
});

test('a house of before events were encrypted gets keys, and keeps its passwords and from then on its keys', async () => {
  const path = join(folder, 'old.json');
  const { eventKeys: _, ...passwords } = await readOrMakeSecrets(join(folder, 'other.json'));
  await writeFile(path, JSON.stringify(passwords), { mode: 0o600 });
  const read = await readOrMakeSecrets(path);
  expect(read).toMatchObject(passwords);
  expect(Buffer.from(read.eventKeys[0]?.key ?? '', 'base64')).toHaveLength(32);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(read);
  expect(await readOrMakeSecrets(path)).toEqual(read);
});
