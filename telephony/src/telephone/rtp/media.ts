import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { TelephoneClock } from '../clock.ts';
import type { AgreedSound } from '../sdp.ts';
import { hasTone } from '../sound/goertzel.ts';
import { type HeardMarker, MarkerFollower } from '../sound/marker.ts';
import { TelephoneError } from '../telephoneError.ts';
import { Arrivals, type RtpStats } from './arrivals.ts';
import { readKeyPayload, type TelephoneKey } from './keyEvents.ts';
import type { Pacer } from './pacer.ts';
import { readRtpPacket } from './packet.ts';
import { decodeSound, type KeptPacket, placeOnTimeLine } from './receivedSound.ts';
import { RtpSender } from './sender.ts';

export type HeardKey = { readonly key: TelephoneKey; readonly atMs: number; readonly durationMs: number };
export type HeardTone = { readonly atMs: number };

/** What to wait for: a marker by its number, or a frequency. */
export type ToneWanted = { readonly marker: number } | { readonly toneHz: number };

type Waiting = {
  frame(samples: Int16Array, atMs: number): void;
  marker(began: HeardMarker): void;
  close(): void;
};

const frameSamples = 160;

/** The sound of one call: its own UDP socket, one sender, one receiver. */
export class Media {
  readonly sender: RtpSender;
  readonly port: number;
  readonly heardKeys: HeardKey[] = [];
  readonly #socket: Socket;
  readonly #clock: TelephoneClock;
  readonly #callStartMs: number;
  readonly #pacer: Pacer;
  readonly #keepSound: boolean;
  readonly #sendSound: boolean;
  readonly #arrivals = new Arrivals();
  readonly #markers = new MarkerFollower();
  readonly #kept: KeptPacket[] = [];
  readonly #waiting = new Set<Waiting>();
  readonly #frame = new Int16Array(frameSamples);
  #frameFilled = 0;
  #keyTimestamp: number | null = null;
  #keyPayloadType: number;
  #agreedSource = '';
  #agreedSourceHeard = false;
  #foreign = 0;
  #paced = false;
  #closed = false;

  private constructor(
    socket: Socket,
    parts: {
      clock: TelephoneClock;
      callStartMs: number;
      pacer: Pacer;
      keepSound: boolean;
      sendSound: boolean;
    },
  ) {
    this.#socket = socket;
    this.port = socket.address().port;
    this.#clock = parts.clock;
    this.#callStartMs = parts.callStartMs;
    this.#pacer = parts.pacer;
    this.#keepSound = parts.keepSound;
    this.#sendSound = parts.sendSound;
    this.#keyPayloadType = 101;
    this.sender = new RtpSender(socket, parts.clock, parts.callStartMs);
    socket.on('message', (bytes, from) => this.#receive(bytes, `${from.address}:${from.port}`));
    // A refused datagram (the other side has closed its port) shows in what is not heard, not here.
    socket.on('error', () => this.close());
  }

  /** Takes a free even port (RFC 3550 section 11), so that the other side's RTCP meets nobody else's sound. */
  static async open(
    host: string,
    parts: {
      clock: TelephoneClock;
      callStartMs: number;
      pacer: Pacer;
      keepSound: boolean;
      sendSound: boolean;
    },
  ): Promise<Media> {
    for (let tries = 0; ; tries++) {
      const socket = createSocket({
        type: host.includes(':') ? 'udp6' : 'udp4',
        // Room for a second of packets while the process is held up.
        recvBufferSize: 1 << 20,
        // Addresses in SDP are numbers here; the resolver's thread pool would cost more than the sending.
        lookup: (address, _options, done) => done(null, address, address.includes(':') ? 6 : 4),
      });
      // Listen for it first: with this lookup the event comes before bind returns.
      const listening = once(socket, 'listening');
      socket.bind(0, host);
      await listening;
      if (socket.address().port % 2 === 0 || tries >= 8) return new Media(socket, parts);
      socket.close();
    }
  }

  /** Begins or goes on sending as agreed. */
  agree(agreed: AgreedSound): void {
    if (this.#closed) return;
    this.sender.agree(agreed);
    const source = `${agreed.host}:${agreed.port}`;
    if (source !== this.#agreedSource) this.#agreedSourceHeard = false;
    this.#agreedSource = source;
    if (agreed.keyPayloadType !== null) this.#keyPayloadType = agreed.keyPayloadType;
    if (this.#sendSound && !this.#paced) {
      this.#paced = true;
      this.#pacer.add(this.sender);
    }
  }

  /** False where this telephone sends no RTP at all. */
  get sends(): boolean {
    return this.#sendSound;
  }

  get stats(): RtpStats & { readonly foreign: number } {
    return { ...this.#arrivals.stats, foreign: this.#foreign };
  }

  get markers(): readonly HeardMarker[] {
    return this.#markers.heard;
  }

  /** The received sound so far; empty where it is not kept. */
  heard(): Int16Array {
    return placeOnTimeLine(this.#kept);
  }

  /**
   * Resolves with the first time, not before `sinceMs`, that the tone was or is heard. A marker that is still sounding at
   * `sinceMs` counts from there.
   * @throws TelephoneError TONE_NOT_HEARD after `timeoutMs` or at the call's end.
   */
  waitFor(wanted: ToneWanted, timeoutMs: number, sinceMs: number): Promise<HeardTone> {
    const { promise, resolve, reject } = Promise.withResolvers<HeardTone>();
    let inARow = 0;
    let firstMs = 0;
    const finish = (settle: () => void): void => {
      cancel();
      this.#waiting.delete(waiting);
      settle();
    };
    const heardAt = (atMs: number): void => finish(() => resolve({ atMs: Math.max(atMs, sinceMs) }));
    const fail = (why: string): void => finish(() => reject(new TelephoneError('TONE_NOT_HEARD', why)));
    const waiting: Waiting = {
      frame(samples, atMs) {
        if (!('toneHz' in wanted) || atMs < sinceMs) return;
        inARow = hasTone(samples, wanted.toneHz) ? inARow + 1 : 0;
        if (inARow === 1) firstMs = atMs;
        if (inARow === 2) heardAt(firstMs);
      },
      marker(began) {
        if ('marker' in wanted && began.marker === wanted.marker && began.untilMs > sinceMs)
          heardAt(began.atMs);
      },
      close: () => fail('the call ended before the tone was heard'),
    };
    const cancel = this.#clock.after(timeoutMs, () => fail('the tone was not heard in time'));
    this.#waiting.add(waiting);
    if ('toneHz' in wanted) this.#replay(waiting, sinceMs);
    else for (const each of this.markers) if (this.#waiting.has(waiting)) waiting.marker(each);
    if (this.#closed && this.#waiting.has(waiting)) waiting.close();
    return promise;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#pacer.remove(this.sender);
    this.sender.close();
    for (const waiting of [...this.#waiting]) waiting.close();
    this.#socket.close();
  }

  #replay(waiting: Waiting, sinceMs: number): void {
    const line = this.heard();
    for (
      let at = Math.ceil(sinceMs / 20) * frameSamples;
      at + frameSamples <= line.length;
      at += frameSamples
    ) {
      if (!this.#waiting.has(waiting)) return;
      waiting.frame(line.subarray(at, at + frameSamples), at / 8);
    }
  }

  #receive(bytes: Buffer, source: string): void {
    const packet = readRtpPacket(bytes);
    if (packet === null) return;
    // Ports are used again: a sender of an older call must not be taken for this one once the agreed one has been heard.
    if (source === this.#agreedSource) this.#agreedSourceHeard = true;
    else if (this.#agreedSourceHeard) {
      this.#foreign++;
      return;
    }
    const atMs = this.#clock.nowMs() - this.#callStartMs;
    const isSound = packet.payloadType === 0 || packet.payloadType === 8;
    if (!isSound && packet.payloadType !== this.#keyPayloadType) return;
    const counted = this.#arrivals.count(packet, atMs, isSound);
    if (counted === null) return;
    if (!isSound) {
      this.#receiveKey(packet.payload, packet.timestamp, atMs);
      return;
    }
    if (this.#keepSound) {
      const { ssrc, timestamp, payloadType } = packet;
      const payload = Buffer.from(packet.payload);
      this.#kept.push({ arrivalMs: atMs, ssrc, sequence: counted.sequence, timestamp, payloadType, payload });
    }
    if (counted.newest) this.#follow(packet.payloadType, packet.payload, atMs);
  }

  /** A key counts once, by its timestamp, however many of its packets come. */
  #receiveKey(payload: Buffer, timestamp: number, atMs: number): void {
    const event = readKeyPayload(payload);
    if (event === null) return;
    const durationMs = event.duration / 8;
    const last = this.heardKeys.at(-1);
    if (timestamp !== this.#keyTimestamp || last === undefined) {
      this.#keyTimestamp = timestamp;
      this.heardKeys.push({ key: event.key, atMs, durationMs });
    } else if (durationMs > last.durationMs)
      this.heardKeys[this.heardKeys.length - 1] = { ...last, durationMs };
  }

  #follow(payloadType: number, payload: Buffer, atMs: number): void {
    const samples = decodeSound(payloadType, payload);
    if (samples === null) return;
    for (let at = 0; at < samples.length; ) {
      const count = Math.min(samples.length - at, frameSamples - this.#frameFilled);
      this.#frame.set(samples.subarray(at, at + count), this.#frameFilled);
      this.#frameFilled += count;
      at += count;
      if (this.#frameFilled < frameSamples) break;
      this.#frameFilled = 0;
      const began = this.#markers.frame(this.#frame, atMs);
      for (const waiting of [...this.#waiting]) {
        waiting.frame(this.#frame, atMs);
        if (began !== null) waiting.marker(began);
      }
    }
  }
}
