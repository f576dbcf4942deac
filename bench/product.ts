import { join } from 'node:path';
import { makeRunnable } from '@madoguchi/flow';
import { cacheRoot, freePort, type Tools } from '@madoguchi/telephony';
import type { Trunk } from '@madoguchi/telephony/trunk';
import { connectDatabase, type Database } from '../packages/server/src/database/index.ts';
import { type House, type PartName, startHouse } from '../packages/server/src/operations/house.ts';
import { benchFlow } from './bench-flow.ts';
import { NUMBERS, type SoundLengths } from './call-plan.ts';
import { soundName, soundsOf, writeSounds } from './sounds.ts';

export type Product = {
  readonly sipPort: number;
  readonly uploadsDir: string;
  readonly recordingDir: string;
  readonly databaseUrl: string;
  pid(part: PartName): number;
  stop(): Promise<void>;
};

/** Starts the whole product as `npm start` does, in `folder`, and puts the round's flow in force on the three numbers. */
export async function startProduct(options: {
  readonly tools: Pick<Tools, 'asterisk' | 'openJtalk' | 'ffmpeg'>;
  readonly folder: string;
  readonly lengths: SoundLengths;
  readonly trunk: Trunk;
  /** What its processes say: warnings and errors, as in operation. */
  readonly onLine: (line: string) => void;
}): Promise<Product> {
  const { folder, lengths, trunk, onLine } = options;
  const uploadsDir = join(folder, 'uploads');
  await writeSounds(uploadsDir, lengths);
  const sipPort = await freePort();
  const house = await startHouse({
    dataDir: folder,
    databaseUrl: null,
    tools: options.tools,
    http: { address: '127.0.0.1', port: await freePort(), publicUrl: null },
    sip: { address: '127.0.0.1', port: sipPort },
    // Below the ports that the kernel gives to the callers (ip_local_port_range).
    rtpPorts: { from: 24_000, to: 25_999 },
    trunk: { host: trunk.host, port: trunk.port },
    logLevel: 'warn',
    promptsDir: join(cacheRoot(), 'bench-prompts'),
    laySamples: false,
    onProgress: () => undefined,
    onLine: (part, line) => onLine(`[${part}] ${line}`),
  });
  try {
    await laySettings(house, lengths, trunk);
  } catch (error) {
    await house.stop();
    throw error;
  }
  return {
    sipPort,
    uploadsDir,
    recordingDir: join(folder, 'recordings'),
    databaseUrl: house.settings.databaseUrl,
    pid(part) {
      const pid = house.part(part)?.pid;
      if (pid === undefined) throw new Error(`${part} does not run`);
      return pid;
    },
    stop: () => house.stop(),
  };
}

async function laySettings(house: House, lengths: SoundLengths, trunk: Trunk): Promise<void> {
  const audioIds = soundsOf(lengths).map(([marker]) => soundName(marker));
  const db = connectDatabase(house.settings.databaseUrl, { maxConnections: 1, onIdleError: () => undefined });
  try {
    // At once, so that the product takes over one change and not seven.
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('trunk')
        .set({ settings: JSON.stringify(trunk) })
        .where('trunk_id', '=', trunk.id)
        .execute();
      for (const [index, phoneNumber] of NUMBERS.entries())
        await layNumber(trx, index, phoneNumber, audioIds);
    });
  } finally {
    await db.destroy();
  }
}

async function layNumber(
  db: Database,
  index: number,
  phoneNumber: string,
  audioIds: readonly string[],
): Promise<void> {
  const draft = benchFlow(index);
  const made = makeRunnable(draft, { ownNumbers: [...NUMBERS], calendarIds: [], listIds: [], audioIds });
  if (!made.ok) throw new Error(`the bench's flow is wrong: ${JSON.stringify(made.problems)}`);
  await db
    .insertInto('flow_bundle')
    .values({ bundle_id: draft.bundleId, name: 'bench', bundle: JSON.stringify(draft) })
    .execute();
  await db
    .insertInto('phone_number')
    .values({
      phone_number: phoneNumber,
      name: '計測の番号',
      state: 'live',
      bundle_id: draft.bundleId,
      fallback_number: null,
      calendar_id: null,
    })
    .execute();
}
