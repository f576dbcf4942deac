import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { cacheRoot, ProvisionError, provision, showProgress } from '@madoguchi/telephony';
import { ensureWebBuilt } from '../packages/server/src/operations/web-build.ts';

/**
 * `npm test [-- <vitest arguments>]`: provides what the tests need, builds the pages when they changed, runs Vitest.
 * Exit status: 0 only when everything passed.
 */
const root = join(import.meta.dirname, '..');

async function run(file: string, args: readonly string[], cwd: string): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const child = spawn(process.execPath, [file, ...args], { cwd, stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals) => {
    // A terminal sends Ctrl-C to the whole foreground group by itself.
    if (!process.stdin.isTTY || signal === 'SIGTERM') child.kill(signal);
  };
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  child.on('error', () => resolve(1));
  child.on('exit', (status, signal) => resolve(signal ? 1 : (status ?? 1)));
  const status = await promise;
  process.off('SIGINT', pass);
  process.off('SIGTERM', pass);
  return status;
}

async function prepare(): Promise<boolean> {
  const display = showProgress(process.stderr, () => performance.now());
  try {
    const tools = await provision(
      ['asterisk', 'openJtalk', 'ffmpeg', 'sipp', 'tcpdump', 'chromium'],
      display.onProgress,
    );
    // Tests that drive these programs themselves find them here.
    process.env['MADOGUCHI_SIPP'] = tools.sipp.command;
    process.env['MADOGUCHI_CHROMIUM'] = tools.chromium.command;
    display.end();
  } catch (error) {
    display.end();
    if (!(error instanceof ProvisionError)) throw error;
    console.error(
      `\n試験に要るものがそろいません / something the tests need is missing (${cacheRoot()}):\n${error.message}`,
    );
    return false;
  }
  try {
    await ensureWebBuilt(() => console.error('画面を組み立てています / building the pages …'));
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

const isReady = await prepare();
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
process.exitCode = isReady ? await run(vitest, ['run', ...process.argv.slice(2)], root) : 1;
