import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AsteriskSettings,
  asteriskCommandLine,
  asteriskIsReady,
  freePort,
  systemNameFor,
  type Tools,
  writeConfiguration,
} from '@madoguchi/telephony';
import type { Trunk } from '@madoguchi/telephony/trunk';
import { startChild } from '../packages/server/src/operations/index.ts';
import { benchDialplan } from './bench-dialplan.ts';

export type DialplanAsterisk = {
  readonly sipPort: number;
  readonly pid: number;
  stop(): Promise<void>;
};

/** The same Asterisk with the product's own configuration, but the conversation in its dialplan and nobody on ARI. */
export async function startDialplanAsterisk(options: {
  readonly tools: Pick<Tools, 'asterisk'>;
  readonly folder: string;
  readonly soundFolder: string;
  readonly trunk: Trunk;
  readonly nowEpochMs: number;
}): Promise<DialplanAsterisk> {
  const { tools, folder, soundFolder, trunk } = options;
  const recordingDir = join(folder, 'recordings');
  const settings: AsteriskSettings = {
    systemName: systemNameFor(options.nowEpochMs),
    address: '127.0.0.1',
    sipPort: await freePort(),
    ariPort: await freePort(),
    ariPassword: 'bench',
    ariApplication: 'nobody',
    rtpPorts: { from: 26_000, to: 27_999 },
    trunks: [trunk],
    tls: null,
    recordingDir,
    maxCallMs: 3_600_000,
    defaultApologySound: null,
    fallbackNumbers: [],
  };
  await mkdir(recordingDir, { recursive: true });
  await writeConfiguration(folder, settings, tools.asterisk);
  await writeFile(join(folder, 'etc/extensions.conf'), benchDialplan(soundFolder, recordingDir, trunk));
  const [command, ...args] = asteriskCommandLine(tools.asterisk, folder);
  const { pid, stop } = await startChild({
    name: 'asterisk',
    command,
    args,
    readyWhen: () => asteriskIsReady(settings),
  });
  return { sipPort: settings.sipPort, pid, stop };
}
