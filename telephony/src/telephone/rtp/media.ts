import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { TelephoneClock } from '../clock.ts';
import type { AgreedSound } from '../sdp.ts';
import { hasTone } from '../sound/goertzel.ts';
import type { HeardMarker } from '../sound/marker.ts';
import { TelephoneError } from '../telephoneError.ts';
import type { RtpStats } from './arrivals.ts';
import type { Pacer } from './pacer.ts';
import { type HeardKey, RtpReceiver } from './receiver.ts';
import { RtpSender } from './sender.ts';

export type HeardTone = { readonly atMs: number };

/** What to wait for: a marker by its number, or a frequency. */
export type ToneWanted = { readonly marker: number } | { readonly toneHz: number };

type Waiting = {
  frame(samples: Int16Array, atMs: number): void;
  marker(began: HeardMarker): void;
  close(): void;
};

const frameSamples = 160;

type MediaParts = {
  readonly clock: TelephoneClock;
  readonly callStartMs: number;
  readonly pacer: Pacer;
  readonly keepSound: boolean;
  readonly sendSound: boolean;
  /** A port that another socket holds on the same address, and gets what comes; null: a free one, of ours alone. */
  readonly heldPort: number | null;
};

/** The sound of one call: its own UDP socket, one sender, one receiver. */
export class Media {
  readonly sender: RtpSender;
  readonly port: number;
  readonly #socket: Socket;
  readonly #clock: TelephoneClock;
  readonly #pacer: Pacer;
  readonly #sendSound: boolean;
  readonly #receiver: RtpReceiver;
  readonly #waiting = new Set<Waiting>();
  #paced = false;
  #closed = false;

  private constructor(socket: Socket, { clock, callStartMs, pacer, keepSound, sendSound }: MediaParts) {
    this.#socket = socket;
    this.port = socket.address().port;
    this.#clock = clock;
    this.#pacer = pacer;
    this.#sendSound = sendSound;
    this.#receiver = new RtpReceiver(keepSound, (samples, atMs, began) =>
      this.#tellWaiting(samples, atMs, began),
    );
    this.sender = new RtpSender(socket, clock, callStartMs);
    socket.on('message', (bytes, from) =>
      this.#receiver.receive(bytes, `${from.address}:${from.port}`, clock.nowMs() - callStartMs),
    );
    // A refused datagram (the other side has closed its port) shows in what is not heard, not here.
    socket.on('error', () => this.close());
  }

  /** Takes a free even port (RFC 3550 section 11), so that the other side's RTCP meets nobody else's sound. */
  static async open(host: string, parts: MediaParts): Promise<Media> {
    const { heldPort } = parts;
    const isV6 = host.includes(':');
    for (let tries = 0; ; tries++) {
      const socket = createSocket({
        type: isV6 ? 'udp6' : 'udp4',
        reuseAddr: heldPort !== null,
        // Room for a second of packets while the process is held up.
        recvBufferSize: 1 << 20,
        // Addresses in SDP are numbers here; the resolver's thread pool would cost more than the sending.
        lookup: (address, _options, done) => done(null, address, address.includes(':') ? 6 : 4),
      });
      // Listen for it first: with this lookup the event comes before bind returns.
      const listening = once(socket, 'listening');
      // The kernel gives what comes to the socket that is bound to the very address, not to one that is bound to all.
      if (heldPort === null) socket.bind(0, host);
      else socket.bind(heldPort, isV6 ? '::' : '0.0.0.0');
      await listening;
      if (heldPort !== null || socket.address().port % 2 === 0 || tries >= 8) return new Media(socket, parts);
      socket.close();
    }
  }

  /** Begins or goes on sending as agreed. */
  agree(agreed: AgreedSound): void {
    if (this.#closed) return;
    this.sender.agree(agreed);
    this.#receiver.agree(agreed);
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
    return this.#receiver.stats;
  }

  get heardKeys(): readonly HeardKey[] {
    return this.#receiver.heardKeys;
  }

  get markers(): readonly HeardMarker[] {
    return this.#receiver.markers;
  }

  /** The received sound so far; empty where it is not kept. */
  heard(): Int16Array {
    return this.#receiver.heard();
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

  #tellWaiting(samples: Int16Array, atMs: number, began: HeardMarker | null): void {
    for (const waiting of [...this.#waiting]) {
      waiting.frame(samples, atMs);
      if (began !== null) waiting.marker(began);
    }
  }
}
