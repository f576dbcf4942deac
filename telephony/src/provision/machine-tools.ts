import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';
import type { AsteriskTool, FfmpegTool, SippTool, TcpdumpTool } from './tools.ts';

/** Set to 1 to take nothing from the machine: for tests of provisioning. */
const ignoresMachine = () => process.env['MADOGUCHI_IGNORE_MACHINE_TOOLS'] === '1';

/** Path of a program on this machine, in PATH or where Debian puts programs of the system. */
export function findOnMachine(name: string): string | undefined {
  if (ignoresMachine()) return undefined;
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/local/sbin', '/usr/sbin', '/usr/bin'];
  return folders
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** The machine's own Asterisk when it is 20 or later and has its modules and documentation. */
export async function asteriskOnMachine(): Promise<AsteriskTool | undefined> {
  const command = findOnMachine('asterisk');
  if (command === undefined) return undefined;
  const version = /Asterisk (?:certified[-/])?(\S+)/.exec((await runCommand(command, ['-V'])).stdout)?.[1];
  if (version === undefined || Number.parseInt(version, 10) < 20) return undefined;
  const modulesDir = [
    '/usr/lib/x86_64-linux-gnu/asterisk/modules',
    '/usr/lib/aarch64-linux-gnu/asterisk/modules',
    '/usr/lib64/asterisk/modules',
    '/usr/lib/asterisk/modules',
    '/usr/local/lib/asterisk/modules',
  ].find((folder) => existsSync(join(folder, 'chan_pjsip.so')) && existsSync(join(folder, 'res_ari.so')));
  const dataDir = ['/usr/share/asterisk', '/var/lib/asterisk', '/usr/local/share/asterisk'].find((folder) =>
    existsSync(join(folder, 'documentation', 'core-en_US.xml')),
  );
  if (modulesDir === undefined || dataDir === undefined) return undefined;
  const restApiDir = join(dataDir, 'rest-api');
  if (!existsSync(restApiDir)) return undefined;
  return { command: [command], modulesDir, dataDir, restApiDir, version, from: 'machine' };
}

/** The machine's own ffmpeg, 4 or later. */
export async function ffmpegOnMachine(): Promise<FfmpegTool | undefined> {
  return versioned('ffmpeg', ['-version'], /ffmpeg version (\S+)/, 4);
}

/** The machine's own SIPp, 3.6 or later. */
export async function sippOnMachine(): Promise<SippTool | undefined> {
  return versioned('sipp', ['-v'], /SIPp v(\S+?)[-,\s]/, 3.6);
}

/** The machine's own tcpdump, 4.9 or later. */
export async function tcpdumpOnMachine(): Promise<TcpdumpTool | undefined> {
  return versioned('tcpdump', ['--version'], /tcpdump version (\S+)/, 4.9);
}

/** The machine's own Chromium or Chrome. */
export async function chromiumOnMachine() {
  const command = findOnMachine('chromium') ?? findOnMachine('google-chrome');
  // Asking a browser for its version takes half a second; its presence is enough.
  return command === undefined ? undefined : { command, version: 'machine', from: 'machine' as const };
}

async function versioned(name: string, args: readonly string[], pattern: RegExp, least: number) {
  const command = findOnMachine(name);
  if (command === undefined) return undefined;
  const { stdout, stderr } = await runCommand(command, args);
  const version = pattern.exec(stdout + stderr)?.[1];
  if (version === undefined || Number.parseFloat(version) < least) return undefined;
  return { command, version, from: 'machine' as const };
}
