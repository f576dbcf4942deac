import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheRoot, freePort, provision } from '@madoguchi/telephony';
import { z } from 'zod';
import { connectDatabase } from '../packages/server/src/database/index.ts';
import { type CampaignList, CampaignListSchema } from '../packages/server/src/http/campaign-list-contract.ts';
import { type House, startHouse } from '../packages/server/src/operations/house.ts';
import { percentile, rounded } from './figures.ts';
import { listFile } from './list-file.ts';
import { describeMachine, loadNow } from './machine.ts';
import { makeTemporaryFolder, removeLeftovers } from './temporary-folders.ts';

/** As a browser looks how far it is. */
const ASK_EVERY_MS = 250;
/** How often somebody else opens a page meanwhile. */
const OTHERS_EVERY_MS = 20;
const CAMPAIGN = 'bench';

export type ImportOptions = {
  readonly rows: number;
  readonly onProgress: (line: string) => void;
  readonly signal: AbortSignal;
};

/**
 * Imports a list of so many rows into the whole product over its HTTP API, as the admin page does: sends the file, has it read, looks at the preview, accepts it.
 * `seconds`: from the first byte sent until the recipients are there, without staff's own time. `peakRssMb`: most resident memory of the web process meanwhile
 * (VmHWM of proc(5), set back before), `idleRssMb`: before. `othersMs…`: how long others wait for a small answer of that process meanwhile.
 */
export async function benchImport({ rows, onProgress, signal }: ImportOptions) {
  const loadBefore = loadNow();
  await removeLeftovers();
  const stack = new AsyncDisposableStack();
  try {
    const folder = await makeTemporaryFolder();
    stack.defer(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'list.csv');
    await writeFile(path, listFile(rows));
    onProgress('starting the product');
    const house = await startBenchHouse(join(folder, 'house'), onProgress);
    stack.defer(() => house.stop());
    await layCampaign(house);
    const ask = await signIn(house);
    await pause(3_000, undefined, { signal });
    const pid = house.part('web')?.pid;
    if (pid === undefined) throw new Error('web does not run');
    await writeFile(`/proc/${pid}/clear_refs`, '5');
    const idleRssMb = await statusMb(pid, 'VmRSS');
    const others = watchOthers(house.httpUrl);
    const times: number[] = [performance.now()];
    const lap = (what: string) => {
      times.push(performance.now());
      onProgress(`${what}: ${Math.round((times.at(-1) ?? 0) - (times.at(-2) ?? 0))} ms`);
    };
    const sent = CampaignListSchema.parse(
      await ask(
        'POST',
        `/api/campaigns/${CAMPAIGN}/lists?purpose=recipients&fileName=list.csv`,
        await openAsBlob(path),
      ),
    );
    lap('sent');
    if (sent.proposal === null) throw new Error('no column was recognised');
    const url = `/api/campaign-lists/${sent.listId}`;
    await ask('POST', `${url}/read`, { columns: sent.proposal.columns });
    const checked = await untilRead(() => ask('GET', url).then(CampaignListSchema.parse), signal);
    lap('read');
    await ask('GET', `${url}/preview`);
    lap('preview');
    CampaignListSchema.parse(await ask('POST', `${url}/accept`));
    lap('accepted');
    const othersMs = await others.stop();
    const peakRssMb = await statusMb(pid, 'VmHWM');
    const [began = 0, sentAt = 0, readAt = 0, previewAt = 0, acceptedAt = 0] = times;
    const seconds = (from: number, to: number) => rounded((to - from) / 1_000, 2);
    return {
      bench: 'import' as const,
      rows,
      fileMb: rounded((await stat(path)).size / 1e6),
      recipients: checked.counts.usable,
      leftOut: checked.counts.leftOut,
      seconds: seconds(began, acceptedAt),
      sendSeconds: seconds(began, sentAt),
      readSeconds: seconds(sentAt, readAt),
      previewSeconds: seconds(readAt, previewAt),
      acceptSeconds: seconds(previewAt, acceptedAt),
      peakRssMb: rounded(peakRssMb),
      idleRssMb: rounded(idleRssMb),
      othersMsP50: rounded(percentile(othersMs, 0.5)),
      othersMsP99: rounded(percentile(othersMs, 0.99)),
      othersMsMax: rounded(percentile(othersMs, 1)),
      machine: { ...describeMachine(), loadBefore },
    };
  } finally {
    await stack.disposeAsync();
  }
}

async function startBenchHouse(dataDir: string, onProgress: (line: string) => void): Promise<House> {
  return await startHouse({
    dataDir,
    databaseUrl: null,
    tools: await provision(['asterisk', 'openJtalk', 'ffmpeg'], () => undefined),
    http: { address: '127.0.0.1', port: await freePort(), publicUrl: null },
    sip: { address: '127.0.0.1', port: await freePort() },
    rtpPorts: { from: 24_000, to: 24_099 },
    trunk: { host: '127.0.0.1', port: await freePort() },
    logLevel: 'warn',
    promptsDir: join(cacheRoot(), 'bench-prompts'),
    laySamples: false,
    onProgress: () => undefined,
    onLine: (part, line) => onProgress(`[${part}] ${line}`),
  });
}

async function layCampaign(house: House): Promise<void> {
  const db = connectDatabase(house.settings.databaseUrl, { maxConnections: 1, onIdleError: () => undefined });
  try {
    const at = new Date();
    const by = { created_at: at, created_by: randomUUID(), changed_at: at, changed_by: randomUUID() };
    await db
      .insertInto('campaign')
      .values({ campaign_id: CAMPAIGN, name: '測定', kind: 'paymentDemand', settings: '{}', ...by })
      .execute();
  } finally {
    await db.destroy();
  }
}

type Ask = (method: 'GET' | 'POST', url: string, body?: Blob | object) => Promise<unknown>;

async function signIn({ httpUrl, administrator }: House): Promise<Ask> {
  if (administrator === null) throw new Error('the house has no administrator');
  const origin = { origin: new URL(httpUrl).origin };
  const reply = await fetch(new URL('/api/auth/sign-in/email', httpUrl), {
    method: 'POST',
    headers: { ...origin, 'content-type': 'application/json' },
    body: JSON.stringify(administrator),
  });
  if (!reply.ok) throw new Error(`sign-in was refused: ${reply.status}`);
  const cookie = reply.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  return async (method, url, body) => {
    const type = body instanceof Blob ? 'application/octet-stream' : 'application/json';
    const answer = await fetch(new URL(url, httpUrl), {
      method,
      headers: { ...origin, cookie, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`);
    return await answer.json();
  };
}

async function untilRead(look: () => Promise<CampaignList>, signal: AbortSignal): Promise<CampaignList> {
  for (;;) {
    const list = await look();
    if (list.state === 'checked') return list;
    if (list.state !== 'reading') throw new Error(`the list is ${list.state}: ${list.problem ?? ''}`);
    await pause(ASK_EVERY_MS, undefined, { signal });
  }
}

/** Asks for something small again and again, one question after the other. */
function watchOthers(httpUrl: string) {
  const tookMs: number[] = [];
  const stopping = new AbortController();
  const done = (async () => {
    while (!stopping.signal.aborted) {
      const asked = performance.now();
      await (await fetch(new URL('/api/health', httpUrl))).arrayBuffer();
      tookMs.push(performance.now() - asked);
      await pause(OTHERS_EVERY_MS);
    }
  })();
  return {
    async stop(): Promise<readonly number[]> {
      stopping.abort();
      await done;
      return tookMs;
    },
  };
}

const KilobytesSchema = z.coerce.number();

async function statusMb(pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return KilobytesSchema.parse(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
}
