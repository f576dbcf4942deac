import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@madoguchi/telephony';
import {
  type AsteriskSettings,
  type FallbackNumber,
  freePort,
  type RunningAsterisk,
  startAsterisk,
  systemNameFor,
  type TlsFiles,
  writeDialplan,
  writeTrunks,
} from '@madoguchi/telephony/asterisk';
import {
  type CallOptions,
  createTelephone,
  encodeAlaw,
  encodeUlaw,
  markerSound,
  type PlacedCall,
  type Telephone,
} from '@madoguchi/telephony/telephone';
import { selfSignedCertificate } from '@madoguchi/telephony/test-certificate';
import { type Trunk, trunkOfProfile } from '@madoguchi/telephony/trunk';
import { z } from 'zod';
import type { LineEvent, SurvivingCall } from '../port.ts';
import { AriChannelSchema } from './ari-events.ts';
import { AsteriskLine } from './asterisk-line.ts';

type EventOf<Type extends LineEvent['type']> = Extract<LineEvent, { type: Type }>;

/** Listens to a line and hands out its events, each once, waiting for those that are still to come. */
export class HeardEvents {
  readonly all: LineEvent[] = [];
  readonly #pending: LineEvent[] = [];
  readonly #waiting: { type: string; resolve: (event: LineEvent) => void }[] = [];

  readonly listener = (event: LineEvent): void => {
    this.all.push(event);
    const at = this.#waiting.findIndex(({ type }) => type === event.type);
    const waiting = at < 0 ? undefined : this.#waiting.splice(at, 1)[0];
    if (waiting === undefined) this.#pending.push(event);
    else waiting.resolve(event);
  };

  /** The next event of that kind that was not handed out yet. */
  async next<Type extends LineEvent['type']>(type: Type, timeoutMs = 10_000): Promise<EventOf<Type>> {
    const isWanted = (event: LineEvent): event is EventOf<Type> => event.type === type;
    const at = this.#pending.findIndex(isWanted);
    const there = at < 0 ? undefined : this.#pending.splice(at, 1)[0];
    if (there !== undefined && isWanted(there)) return there;
    const event = await new Promise<LineEvent>((resolve, reject) => {
      const seen = () => this.all.map((each) => each.type).join(', ');
      const timer = setTimeout(() => reject(new Error(`no ${type} after: ${seen()}`)), timeoutMs);
      this.#waiting.push({
        type,
        resolve: (found) => {
          clearTimeout(timer);
          resolve(found);
        },
      });
    });
    if (isWanted(event)) return event;
    throw new Error('an event of another kind was handed out');
  }

  /** What a test did not ask for is no answer to the next test's question. */
  forget(): void {
    this.#pending.length = 0;
  }

  /** Kinds in order, keys left out. */
  get kinds(): readonly string[] {
    return this.all.map(({ type }) => type).filter((type) => type !== 'keyPressed');
  }
}

/** A real Asterisk, our line on it, and telephones of citizens and staff, all on loopback and free ports. */
export class LineUnderTest {
  readonly dir: string;
  readonly staff: Telephone;
  readonly #telephones: Telephone[];
  readonly warnings: string[] = [];
  asterisk: RunningAsterisk;
  trunks: readonly Trunk[];
  line: AsteriskLine;
  events = new HeardEvents();

  private constructor(dir: string, staff: Telephone, asterisk: RunningAsterisk) {
    this.dir = dir;
    this.staff = staff;
    this.#telephones = [staff];
    this.asterisk = asterisk;
    this.trunks = asterisk.settings.trunks;
    this.line = this.#newLine();
  }

  static async start(
    options: {
      readonly staffTransport?: 'udp' | 'tcp';
      readonly fallbackNumbers?: (apology: string) => readonly FallbackNumber[];
      readonly maxCallMs?: number;
      readonly dtmf?: Trunk['dtmf'];
      /** Default: only the one that leads to the staff telephone. */
      readonly trunks?: (usual: Trunk) => readonly Trunk[];
      /** The carriers whose certificates are believed, a PEM file: TLS is spoken. */
      readonly authorities?: string;
    } = {},
  ): Promise<LineUnderTest> {
    const dir = await mkdtemp(join(tmpdir(), 'line-'));
    const transport = options.staffTransport ?? 'udp';
    const staff = await createTelephone({ localAddress: '127.0.0.1', transport });
    const usual = await settingsIn(dir, staff, transport, options.dtmf);
    const { authorities } = options;
    const asterisk = await startAsterisk({
      tools: (await provision(['asterisk'])).asterisk,
      dir: join(dir, 'asterisk'),
      settings: {
        ...usual,
        trunks: usual.trunks.flatMap((trunk) => options.trunks?.(trunk) ?? [trunk]),
        tls: authorities === undefined ? null : await tlsIn(dir, authorities),
        fallbackNumbers: options.fallbackNumbers?.(join(dir, 'marker-9')) ?? [],
        maxCallMs: options.maxCallMs ?? 3_600_000,
      },
    });
    const world = new LineUnderTest(dir, staff, asterisk);
    await world.sound(9, 1000);
    return world;
  }

  get recordingDir(): string {
    return this.asterisk.settings.recordingDir;
  }

  connect(): Promise<readonly SurvivingCall[]> {
    return this.line.start(this.events.listener);
  }

  /** Our own process is gone and another takes over; the calls stay with the engine. */
  async reconnect(): Promise<readonly SurvivingCall[]> {
    await this.line.stop();
    this.line = this.#newLine();
    this.events = new HeardEvents();
    return this.connect();
  }

  /** Our line reaches ARI by another port of this machine. */
  connectThrough(ariPort: number): void {
    this.line = this.#newLine(`http://127.0.0.1:${ariPort}/ari`);
  }

  async restartAsterisk(): Promise<void> {
    const { settings, dir } = this.asterisk;
    this.asterisk = await startAsterisk({
      tools: (await provision(['asterisk'])).asterisk,
      dir,
      settings: { ...settings, trunks: this.trunks, systemName: systemNameFor(Date.now()) },
    });
  }

  /** A sound file of that marker; path without ending. */
  async sound(marker: number, durationMs: number): Promise<string> {
    const path = join(this.dir, `marker-${marker}`);
    const samples = markerSound(marker, durationMs);
    await writeFile(`${path}.ulaw`, encodeUlaw(samples));
    await writeFile(`${path}.alaw`, encodeAlaw(samples));
    return path;
  }

  async telephone(options: Partial<Parameters<typeof createTelephone>[0]> = {}): Promise<Telephone> {
    const telephone = await createTelephone({ localAddress: '127.0.0.1', transport: 'udp', ...options });
    this.#telephones.push(telephone);
    return telephone;
  }

  /** A citizen calls from a telephone of his own. */
  async call(
    options: Partial<CallOptions> & { readonly by?: Partial<Parameters<typeof createTelephone>[0]> } = {},
  ): Promise<PlacedCall> {
    const { by, ...rest } = options;
    const telephone = await this.telephone(by);
    const server = { host: '127.0.0.1', port: this.asterisk.settings.sipPort };
    return telephone.call({ to: '0725001001', from: '09000000001', server, ...rest });
  }

  /** A call that was offered and answered. */
  async answeredCall(
    options: Parameters<LineUnderTest['call']>[0] = {},
  ): Promise<{ callId: string; call: PlacedCall }> {
    const call = await this.call(options);
    const { callId } = await this.events.next('offered');
    await this.line.answer(callId);
    await this.events.next('answered');
    await call.answered;
    return { callId, call };
  }

  /** As after a change on the screen. */
  async changeTrunks(change: (trunk: Trunk) => Trunk): Promise<void> {
    const { dir, settings } = this.asterisk;
    this.trunks = this.trunks.map(change);
    await writeTrunks(dir, this.trunks, settings);
    await this.line.changeTrunks(this.trunks);
  }

  async changeFallback(fallbackNumbers: readonly FallbackNumber[]): Promise<void> {
    await writeDialplan(this.asterisk.dir, { ...this.asterisk.settings, fallbackNumbers });
    await this.line.reloadDialplan();
  }

  /** What Asterisk itself says, asked beside our line. */
  async engineHolds(): Promise<{ channels: number; bridges: number }> {
    const [channels, bridges] = await Promise.all([this.#ask('channels'), this.#ask('bridges')]);
    return { channels: channels.length, bridges: bridges.length };
  }

  /** How many received calls have been handed to us, whether or not we noticed. */
  async offeredByEngine(): Promise<number> {
    const channels = z.array(AriChannelSchema).parse(await this.#ask('channels'));
    return channels.filter(({ dialplan }) => dialplan.app_data.includes(',offered,')).length;
  }

  async #ask(what: 'channels' | 'bridges'): Promise<readonly unknown[]> {
    const { ariUrl, settings } = this.asterisk;
    const authorization = `Basic ${Buffer.from(`madoguchi:${settings.ariPassword}`).toString('base64')}`;
    const reply = await fetch(`${ariUrl}/${what}`, { headers: { authorization } });
    return z.array(z.unknown()).parse(await reply.json());
  }

  async close(): Promise<void> {
    await this.line.stop();
    await Promise.all(this.#telephones.map((telephone) => telephone.close()));
    await this.asterisk.stop();
    await rm(this.dir, { recursive: true, force: true });
  }

  #newLine(ariUrl = this.asterisk.ariUrl): AsteriskLine {
    const { settings } = this.asterisk;
    return new AsteriskLine({
      ariUrl,
      user: 'madoguchi',
      password: settings.ariPassword,
      application: settings.ariApplication,
      recordingDir: settings.recordingDir,
      trunks: this.trunks,
      log: { warn: (details, message) => this.warnings.push(`${message} ${JSON.stringify(details)}`) },
    });
  }
}

async function tlsIn(dir: string, authorities: string): Promise<TlsFiles> {
  const files = { certificate: join(dir, 'certificate.pem'), privateKey: join(dir, 'key.pem') };
  const made = selfSignedCertificate(['127.0.0.1'], Date.now());
  await writeFile(files.certificate, made.certificate);
  await writeFile(files.privateKey, made.privateKey, { mode: 0o600 });
  return { port: await freePort(), authorities, ...files };
}

async function settingsIn(
  dir: string,
  staff: Telephone,
  transport: 'udp' | 'tcp',
  dtmf: Trunk['dtmf'] = 'rfc4733',
): Promise<Omit<AsteriskSettings, 'fallbackNumbers' | 'maxCallMs'>> {
  const rtpFrom = 20_000 + 2 * Math.floor(Math.random() * 5_000);
  return {
    systemName: systemNameFor(Date.now()),
    address: '127.0.0.1',
    sipPort: await freePort(),
    ariPort: await freePort(),
    ariPassword: 'only-for-tests',
    ariApplication: 'madoguchi',
    rtpPorts: { from: rtpFrom, to: rtpFrom + 400 },
    trunks: [
      trunkOfProfile('hikari', {
        id: 'main',
        name: '試験の回線',
        host: '127.0.0.1',
        port: staff.port,
        transport,
        match: ['127.0.0.0/8'],
        codecs: ['ulaw', 'alaw'],
        sessionTimer: { mode: 'accept', expiresS: 1800, minS: 90 },
        dtmf,
        checkEveryS: 0,
      }),
    ],
    tls: null,
    recordingDir: join(dir, 'recordings'),
    defaultApologySound: join(dir, 'marker-9'),
  };
}
