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

test.each([['eventKeys'], ['trunkKeys']] as const)(
  'a house of before there were %s gets them, and keeps everything else and from then on its keys',
  async (missing) => {
    const path = join(folder, `without-${missing}.json`);
    const { [missing]: _, ...others } = await readOrMakeSecrets(join(folder, 'other.json'));
    await writeFile(path, JSON.stringify(others), { mode: 0o600 });
    const read = await readOrMakeSecrets(path);
    expect(read).toMatchObject(others);
    expect(Buffer.from(read[missing][0]?.key ?? '', 'base64')).toHaveLength(32);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(read);
    expect(await readOrMakeSecrets(path)).toEqual(read);
  },
);

test('a house of before there was a key for counting people gets one, and keeps it', async () => {
  const path = join(folder, 'without-personKey.json');
  const { personKey: _, ...others } = await readOrMakeSecrets(join(folder, 'other.json'));
  await writeFile(path, JSON.stringify(others), { mode: 0o600 });
  const read = await readOrMakeSecrets(path);
  expect(read).toMatchObject(others);
  expect(Buffer.from(read.personKey, 'base64')).toHaveLength(32);
  expect(await readOrMakeSecrets(path)).toEqual(read);
});
