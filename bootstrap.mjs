// The one file that must run on any Node ≥ 20: installs the packages, then hands over to the pinned Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR = '24';
const FILES = {
  start: 'packages/server/src/operations/start.ts',
  demo: 'demo/run.ts',
  test: 'tests/run.ts',
  'test:full': 'tests/run.ts',
  bench: 'bench/run.ts',
  check: 'checks/run.ts',
  build: 'node_modules/vite/bin/vite.js',
  provision: 'telephony/src/provision/cli.ts',
};

const root = dirname(fileURLToPath(import.meta.url));
const node = join(root, 'node_modules', '.bin', 'node');
const stamp = join(root, 'node_modules', '.madoguchi-lock');

/** @param {string} ja @param {string} en @returns {never} */
function fail(ja, en) {
  console.error(`${ja}\n${en}`);
  process.exit(1);
}

/** What an installation is made of: another lock file means another node_modules. */
function contentKey() {
  const hash = createHash('sha256');
  for (const name of ['package-lock.json', '.npmrc']) {
    const path = join(root, name);
    if (existsSync(path)) hash.update(readFileSync(path));
  }
  return hash.digest('hex');
}

/**
 * Runs npm quietly in the project's folder.
 * @param {...string} args
 * @returns {Promise<{ status: number | null, said: string }>}
 */
async function npm(...args) {
  const child = spawn(
    'npm',
    [...args, '--ignore-scripts', '--include=dev', '--include=optional', '--no-progress'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'development' },
    },
  );
  let said = '';
  const keep = (text) => {
    said = (said + text).slice(-30_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const status = await new Promise((resolve) => {
    child.on('error', (error) => {
      keep(error.message);
      resolve(null);
    });
    child.on('close', resolve);
  });
  return { status, said };
}

/** Runs `npm ci` unless exactly these packages are there already. */
async function install() {
  const key = contentKey();
  if (existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === key) return;
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(0);
  const line = () => `npm パッケージを入れています / installing npm packages … ${seconds()} s`;
  process.stderr.write(process.stderr.isTTY ? line() : `${line()}\n`);
  const timer = process.stderr.isTTY
    ? setInterval(() => process.stderr.write(`\r${line()}`), 1000)
    : undefined;
  // What was whole once is brought forward in place; anything else is installed from nothing.
  let result = existsSync(stamp) ? await npm('install', '--no-save') : await npm('ci');
  // `npm ci` refuses a lock file without the optional packages of other platforms when the registry does not serve those;
  // `npm install --no-save` takes the same versions from the same lock file and leaves it as it is.
  if (result.status !== 0 && /code EUSAGE/.test(result.said)) result = await npm('install', '--no-save');
  clearInterval(timer);
  process.stderr.write(process.stderr.isTTY ? `\r${line()}\n` : '');
  if (result.status !== 0) {
    console.error(
      result.said
        .trim()
        .split('\n')
        .filter((said) => !/EBADENGINE/.test(said))
        .slice(0, 20)
        .join('\n'),
    );
    fail(
      'npm パッケージを入れられませんでした。ネットワークと npm の設定を確かめて、もう一度実行してください。',
      'The npm packages could not be installed. Check the network and the npm settings, then run this again.',
    );
  }
  writeFileSync(stamp, `${key}\n`);
}

/** Refuses every Node but the pinned one. */
function checkNode() {
  if (!existsSync(node)) {
    fail(
      `この機械 (${process.platform}-${process.arch}) 用の Node ${NODE_MAJOR} がありません。linux-x64 で実行してください。`,
      `There is no Node ${NODE_MAJOR} for this machine (${process.platform}-${process.arch}). Run it on linux-x64.`,
    );
  }
  const version = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  if (!version.startsWith(`v${NODE_MAJOR}.`)) {
    fail(
      `Node ${NODE_MAJOR} が必要ですが、node_modules にあるのは ${version || '動かないもの'} です。node_modules を消してもう一度実行してください。`,
      `Node ${NODE_MAJOR} is needed, but node_modules holds ${version || 'one that does not run'}. Remove node_modules and run this again.`,
    );
  }
}

/** A killed npm leaves us behind, and its `npm run` would seem to be over: what it started ends with it. */
function followNpm(child) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    child.kill('SIGTERM');
  }, 1000);
  timer.unref();
}

/** Hands over to Node 24. Signals reach it exactly once; its exit status becomes ours. */
function handOver(command, args) {
  const file = join(root, FILES[command]);
  if (!existsSync(file)) fail(`${FILES[command]} がありません。`, `${FILES[command]} is missing.`);
  const isBuild = command === 'build';
  const child = spawn(node, [file, ...(isBuild ? ['build'] : []), ...args], {
    cwd: isBuild ? join(root, 'packages', 'web') : root,
    // The channel carries nothing: its end tells the other side that we are gone, also when we were killed.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      PATH: `${dirname(node)}:${process.env.PATH ?? ''}`,
      ...(command === 'test:full' ? { MADOGUCHI_FULL: '1' } : {}),
    },
    // A process group of its own where there is no terminal: a signal to ours would otherwise arrive there twice.
    detached: !process.stdin.isTTY,
  });
  followNpm(child);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C and a closing terminal reach the whole foreground group by themselves.
      const came = process.stdin.isTTY && signal !== 'SIGTERM';
      if (!came) child.kill(signal);
    });
  }
  child.on('error', (error) => fail(`${FILES[command]} を始められません。`, error.message));
  child.on('exit', (status, signal) => {
    process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (status ?? 1));
  });
}

const [command = '', ...args] = process.argv.slice(2);
if (!Object.hasOwn(FILES, command)) {
  fail(
    `使い方: node bootstrap.mjs <${Object.keys(FILES).join(' | ')}> [引数]`,
    `Usage: node bootstrap.mjs <${Object.keys(FILES).join(' | ')}> [arguments]`,
  );
}
await install();
checkNode();
handOver(command, args);
