import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { provision } from '@madoguchi/telephony';
import {
  type AsteriskSettings,
  ariUrlOf,
  asteriskCommandLine,
  asteriskIsReady,
  freePort,
  systemNameFor,
} from '@madoguchi/telephony/asterisk';
import { encodeUlaw, findMarkers, markerSound } from '@madoguchi/telephony/telephone';
import { selfSignedCertificate } from '@madoguchi/telephony/test-certificate';
import { z } from 'zod';
import { Ari } from './ari.ts';
import type { AriEvent } from './ari-events.ts';
import { type CarrierWay, HEARD_VARIABLE, writeCarrierConfiguration } from './carrier-configuration.ts';

/** Catches hanging only. */
const DEADLINE_MS = 30_000;

/** Asks every 20 ms until the answer is true. For what shows only in files and lists. */
export async function until(what: string, ask: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!(await ask())) {
    if (performance.now() > deadline) throw new Error(`not within ${DEADLINE_MS} ms: ${what}`);
    await pause(20);
  }
}

/** A message that the carrier sent or received. */
export type CarrierMessage = { readonly direction: 'in' | 'out'; readonly text: string };

/** A second Asterisk that plays the carriers of a city, each way of them on an address of its own. */
export class CarrierUnderTest {
  readonly sipPort: number;
  /** The certificate of all its ways over TLS: a PEM file. */
  readonly certificate: string;
  readonly #dir: string;
  readonly #ari: Ari;
  readonly #calls = new Map<string, CarrierCall>();
  readonly #end: () => Promise<void>;
  #callCount = 0;
  #incoming: (call: CarrierCall) => void = () => undefined;

  private constructor(parts: {
    dir: string;
    sipPort: number;
    certificate: string;
    ari: Ari;
    end: () => Promise<void>;
  }) {
    this.#dir = parts.dir;
    this.sipPort = parts.sipPort;
    this.certificate = parts.certificate;
    this.#ari = parts.ari;
    this.#end = parts.end;
  }

  static async start(ways: readonly CarrierWay[]): Promise<CarrierUnderTest> {
    const dir = await mkdtemp(join(tmpdir(), 'carrier-'));
    const tools = (await provision(['asterisk'])).asterisk;
    const settings = await settingsIn(dir);
    const [first = '127.0.0.1', ...others] = ways.map(({ address }) => address);
    const made = selfSignedCertificate([first, ...others], Date.now());
    const certificate = join(dir, 'certificate.pem');
    const privateKey = join(dir, 'key.pem');
    await writeFile(certificate, made.certificate);
    await writeFile(privateKey, made.privateKey, { mode: 0o600 });
    const { sipPort } = settings;
    await writeCarrierConfiguration(dir, settings, tools, { ways, sipPort, certificate, privateKey });
    const [program, ...args] = asteriskCommandLine(tools, dir);
    const child = spawn(program, args, { stdio: 'ignore' });
    const ended = once(child, 'exit');
    const end = async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(dir, { recursive: true, force: true });
    };
    await until('the carrier is ready', () => asteriskIsReady(settings));
    const ari = new Ari({
      url: ariUrlOf(settings),
      user: 'madoguchi',
      password: settings.ariPassword,
      application: settings.ariApplication,
      log: { warn: () => undefined },
    });
    const carrier = new CarrierUnderTest({ dir, sipPort, certificate, ari, end });
    await new Promise<void>((resolve) =>
      ari.start({
        onEvent: (event) => carrier.#hear(event),
        onUp: () => resolve(),
        onClosed: () => undefined,
        onDown: () => undefined,
      }),
    );
    return carrier;
  }

  /** Resolves when that account is registered. */
  async registered(user: string): Promise<void> {
    const schema = z.object({ state: z.string() });
    await until(`${user} is registered`, async () => {
      const { state } = await this.#ari.read(schema, `endpoints/PJSIP/${user}`);
      return state === 'online';
    });
  }

  /** What is done with calls of the city. */
  onIncoming(take: (call: CarrierCall) => void): void {
    this.#incoming = take;
  }

  /**
   * A citizen's call comes by way of the carrier.
   *
   * @param order.endpoint name of a way, or the user of an account whose registered contact is called
   * @param order.to request URI; not with an account
   */
  async call(order: {
    readonly endpoint: string;
    readonly to?: string;
    readonly from?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }): Promise<CarrierCall> {
    const id = `citizen-${++this.#callCount}`;
    const path = join(this.#dir, `heard-${id}`);
    const call = new CarrierCall({ id, path, ari: this.#ari, sound: (marker) => this.#sound(marker) });
    this.#calls.set(id, call);
    const headers = Object.entries(order.headers ?? {}).map(([name, value]) => [
      `PJSIP_HEADER(add,${name})`,
      value,
    ]);
    await this.#ari.request(
      'POST',
      `channels/${id}`,
      {
        endpoint: `PJSIP/${order.endpoint}${order.to === undefined ? '' : `/${order.to}`}`,
        context: 'answered',
        extension: 's',
        priority: '1',
        callerId: order.from ?? '09000000001',
        timeout: '30',
      },
      { variables: { ...Object.fromEntries(headers), [HEARD_VARIABLE]: path } },
    );
    return call;
  }

  /** Every SIP message so far that has that text in it, e.g. a Call-ID. */
  async messages(about: string): Promise<readonly CarrierMessage[]> {
    const log = await readFile(join(this.#dir, 'log/sip'), 'utf8');
    return log
      .split(/^.*<--- (?=Received|Transmitting)/m)
      .slice(1)
      .filter((text) => text.includes(about))
      .map((text) => ({ direction: text.startsWith('Received') ? 'in' : 'out', text }));
  }

  async close(): Promise<void> {
    await this.#ari.stop();
    await this.#end();
  }

  async #sound(marker: number): Promise<string> {
    const path = join(this.#dir, `marker-${marker}`);
    await writeFile(`${path}.ulaw`, encodeUlaw(markerSound(marker, 60_000)));
    return path;
  }

  #hear(event: AriEvent): void {
    if (!('channel' in event)) return;
    const { id } = event.channel;
    if (event.type === 'StasisStart' && event.args[0] === 'incoming') {
      const path = join(this.#dir, `heard-${id}`);
      const call = new CarrierCall(
        { id, path, ari: this.#ari, sound: (marker) => this.#sound(marker) },
        event.args,
      );
      this.#calls.set(id, call);
      this.#incoming(call);
    } else this.#calls.get(id)?.hear(event);
  }
}

/** One call at the carrier: a citizen's that it brings to the city, or one of the city's to a staff telephone. */
export class CarrierCall {
  readonly id: string;
  /** Of a call of the city: the way or account that it came by, the number that was dialled, and what it said of the caller. */
  readonly seen: {
    readonly way: string;
    readonly dialled: string;
    readonly from: string;
    readonly asserted: string;
  };
  /** Keys that the carrier understood. */
  readonly keys: string[] = [];
  #refreshes = 0;
  readonly #ari: Ari;
  readonly #path: string;
  readonly #sound: (marker: number) => Promise<string>;
  readonly #answered = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<{ readonly cause: number; readonly sipCode: number | null }>();

  constructor(
    parts: { id: string; path: string; ari: Ari; sound: (marker: number) => Promise<string> },
    args: readonly string[] = [],
  ) {
    this.id = parts.id;
    this.#ari = parts.ari;
    this.#path = parts.path;
    this.#sound = parts.sound;
    const [, way = '', dialled = '', from = '', asserted = ''] = args;
    this.seen = { way, dialled, from: decodeURIComponent(from), asserted: decodeURIComponent(asserted) };
  }

  /** Resolves when both sides are connected. */
  get answered(): Promise<void> {
    return this.#answered.promise;
  }

  /** Resolves with the cause (Q.850) and the SIP code of the other side, if any. */
  get ended(): Promise<{ readonly cause: number; readonly sipCode: number | null }> {
    return this.#ended.promise;
  }

  async ring(): Promise<void> {
    await this.#ari.request('POST', `channels/${this.id}/ring`);
  }

  async answer(): Promise<void> {
    await this.#ari.request('POST', `channels/${this.id}/answer`);
    await this.#ari.request('POST', `channels/${this.id}/continue`, {
      context: 'answered',
      extension: 'staff',
      priority: '1',
    });
    await this.answered;
  }

  /** Says a marker until `stopPlaying`, by way of a bridge: the call itself stays free for other orders. */
  async play(marker: number): Promise<void> {
    const bridge = `bridges/${this.id}-bridge`;
    const media = `sound:${await this.#sound(marker)}`;
    await this.#ari.request('POST', bridge, { type: 'mixing' });
    await this.#ari.request('POST', `${bridge}/addChannel`, { channel: this.id });
    await this.#ari.request('POST', `${bridge}/play`, { media });
  }

  async stopPlaying(): Promise<void> {
    await this.#ari.request('DELETE', `bridges/${this.id}-bridge`);
  }

  /** Presses keys in the way that the endpoint is set to. A telephone sends sound all the time, so silence goes before and after. */
  async press(keys: string, durationMs = 120): Promise<void> {
    const times = { before: '120', duration: String(durationMs), between: '120', after: '240' };
    await this.#ari.request('POST', `channels/${this.id}/dtmf`, { dtmf: keys, ...times });
  }

  /**
   * Refreshes the session as a session timer does: by re-INVITE with the same offer, or by UPDATE without one. Either is a side effect of
   * what this engine does at once: a change of how keys are sent, and of the connected number (`send_connected_line`).
   */
  async refresh(method: 'invite' | 'update'): Promise<void> {
    const count = ++this.#refreshes;
    await this.#ari.request(
      'POST',
      `channels/${this.id}/variable`,
      method === 'invite'
        ? { variable: 'PJSIP_DTMF_MODE()', value: count % 2 === 1 ? 'auto' : 'rfc4733' }
        : { variable: 'CONNECTEDLINE(num)', value: `0265000${1000 + count}` },
    );
  }

  /** @param cause name of a hang-up of ARI, e.g. `busy` */
  async hangUp(cause = 'normal'): Promise<void> {
    await this.#ari.request('DELETE', `channels/${this.id}`, { reason: cause });
  }

  /** All that was heard so far, 8 kHz. */
  async heard(): Promise<Int16Array> {
    const bytes = await readFile(`${this.#path}.sln`).catch(() => Buffer.alloc(0));
    return Int16Array.from({ length: bytes.length >> 1 }, (_, at) => bytes.readInt16LE(at * 2));
  }

  /** Resolves when that marker was heard for `leastMs` in all: a busy machine loses packets. */
  async hears(marker: number, leastMs = 100): Promise<void> {
    await until(
      `marker ${marker} is heard`,
      async () => markerMs(findMarkers(await this.heard()), marker) >= leastMs,
    );
  }

  hear(event: AriEvent): void {
    if (event.type === 'StasisStart') this.#answered.resolve();
    if (event.type === 'ChannelDtmfReceived') this.keys.push(event.digit);
    if (event.type === 'ChannelDestroyed')
      this.#ended.resolve({ cause: event.cause, sipCode: event.tech_cause ?? null });
  }
}

/** How long a marker sounded in all, ms. */
export function markerMs(heard: ReturnType<typeof findMarkers>, marker: number): number {
  return heard.reduce((sum, each) => sum + (each.marker === marker ? each.untilMs - each.atMs : 0), 0);
}

async function settingsIn(dir: string): Promise<AsteriskSettings> {
  const rtpFrom = 20_000 + 2 * Math.floor(Math.random() * 5_000);
  return {
    systemName: systemNameFor(Date.now()),
    address: '127.0.0.1',
    sipPort: await freePort(),
    ariPort: await freePort(),
    ariPassword: 'only-for-tests',
    ariApplication: 'carrier',
    rtpPorts: { from: rtpFrom, to: rtpFrom + 400 },
    trunks: [],
    tls: null,
    recordingDir: join(dir, 'recordings'),
    maxCallMs: 3_600_000,
    defaultApologySound: null,
    fallbackNumbers: [],
  };
}
