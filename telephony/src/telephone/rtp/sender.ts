import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:dgram';
import type { TelephoneClock } from '../clock.ts';
import type { AgreedSound, Codec } from '../sdp.ts';
import { payloadTypeOf } from '../sdp.ts';
import { encodeAlaw, encodeUlaw } from '../sound/g711.ts';
import { keyTones } from '../sound/keyTones.ts';
import { TelephoneError } from '../telephoneError.ts';
import { endRepetitions, longestKeyMs, type TelephoneKey, writeKeyPayload } from './keyEvents.ts';
import type { PacedStream } from './pacer.ts';
import { headerBytes, writeRtpHeader } from './packet.ts';

export const samplesPerPacket = 160;
const packetMs = 20;
const silenceByte: Readonly<Record<Codec, number>> = { PCMU: 0xff, PCMA: 0xd5 };

export type SentKey = {
  /** When the first packet went, ms since the call's start. */
  readonly beganAtMs: number;
  /** When the first end packet went. */
  readonly endedAtMs: number;
};

/** How a key is pressed, and what becomes of it on the way. */
export type PressOptions = {
  readonly durationMs?: number;
  /** Rest after it. */
  readonly gapMs?: number;
  /** Of the three packets that tell the end, so many are lost, the first ones first. */
  readonly lostEnds?: 0 | 1 | 2 | 3;
  /** After it nothing comes through for so long: the line is dead. */
  readonly thenDeadMs?: number;
  /** The tones are in the sound as well, as some gateways send them. */
  readonly inBandToo?: boolean;
};

/** What becomes of the numbers of a stream: steps forward (or back), and another SSRC. */
export type StreamJump = {
  readonly sequence?: number;
  readonly timestamp?: number;
  readonly newSource?: boolean;
};

const usualPress = { durationMs: 100, gapMs: 100, lostEnds: 0, thenDeadMs: 0, inBandToo: false } as const;

type Playing = {
  readonly samples: Int16Array;
  bytes: Uint8Array;
  at: number;
  readonly loop: boolean;
  readonly done: () => void;
};

type Pressing = {
  readonly key: TelephoneKey;
  readonly packets: number;
  readonly gapPackets: number;
  readonly lostEnds: number;
  readonly thenDeadMs: number;
  readonly tones: Int16Array | null;
  readonly sent: (key: SentKey) => void;
  readonly lost: (error: TelephoneError) => void;
  position: number;
  beganAtMs: number;
  endedAtMs: number;
};

/** What one call says: sound or silence every 20 ms, keys in between (RFC 3550, RFC 4733). */
export class RtpSender implements PacedStream {
  readonly #socket: Socket;
  readonly #clock: TelephoneClock;
  readonly #callStartMs: number;
  #ssrc = randomBytes(4).readUInt32BE();
  readonly #presses: Pressing[] = [];
  #sequence = randomBytes(2).readUInt16BE();
  #timestamp = randomBytes(4).readUInt32BE();
  #eventTimestamp = 0;
  #talkSpurt = true;
  #agreed: AgreedSound | null = null;
  #playing: Playing | null = null;
  #sentPackets = 0;
  #deadPackets = 0;

  constructor(socket: Socket, clock: TelephoneClock, callStartMs: number) {
    this.#socket = socket;
    this.#clock = clock;
    this.#callStartMs = callStartMs;
  }

  get sentPackets(): number {
    return this.#sentPackets;
  }

  /** From now on, or anew after a re-INVITE. */
  agree(agreed: AgreedSound): void {
    const codecChanged = agreed.codec !== this.#agreed?.codec;
    this.#agreed = agreed;
    if (codecChanged && this.#playing !== null)
      this.#playing.bytes = encode(this.#playing.samples, agreed.codec);
  }

  /** Replaces what is played; null is silence. Resolves when it was said whole or replaced. */
  play(samples: Int16Array | null, loop: boolean): Promise<void> {
    this.#playing?.done();
    this.#playing = null;
    if (samples === null || samples.length === 0) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const bytes = encode(samples, this.#agreed?.codec ?? 'PCMU');
    this.#playing = { samples, bytes, at: 0, loop, done: resolve };
    return promise;
  }

  /** Queues a key. @throws TelephoneError KEY_NOT_SENT where the other side takes no keys or the call ends before. */
  press(key: TelephoneKey, options: PressOptions = {}): Promise<SentKey> {
    const { durationMs, gapMs, lostEnds, thenDeadMs, inBandToo } = { ...usualPress, ...options };
    if (durationMs < packetMs || durationMs > longestKeyMs)
      throw new RangeError(`a key lasts ${packetMs} to ${longestKeyMs} ms`);
    const { promise, resolve, reject } = Promise.withResolvers<SentKey>();
    if (this.#agreed === null || this.#agreed.keyPayloadType === null) {
      throw new TelephoneError('KEY_NOT_SENT', 'no telephone-event was agreed');
    }
    this.#presses.push({
      key,
      packets: Math.round(durationMs / packetMs),
      // The repeated end packets already take time of the gap.
      gapPackets: Math.max(0, Math.round(gapMs / packetMs) - (endRepetitions - 1)),
      lostEnds,
      thenDeadMs,
      tones: inBandToo ? keyTones(key, { durationMs, gapMs: 0 }) : null,
      sent: resolve,
      lost: reject,
      position: 0,
      beganAtMs: 0,
      endedAtMs: 0,
    });
    return promise;
  }

  /** Where our packets go; null before that was agreed. */
  get destination(): { readonly host: string; readonly port: number } | null {
    return this.#agreed === null ? null : { host: this.#agreed.host, port: this.#agreed.port };
  }

  /** Puts a packet of any payload between those of the stream, with the stream's own numbers. Nothing happens before sound was agreed. */
  slipIn(payloadType: number, payload: Buffer): void {
    this.#write(Buffer.concat([Buffer.alloc(headerBytes), payload]), payloadType, false, this.#timestamp);
  }

  /** The stream goes on under other numbers, as after a change within a gateway. */
  jump({ sequence = 0, timestamp = 0, newSource = false }: StreamJump): void {
    this.#sequence = (this.#sequence + sequence) & 0xffff;
    this.#timestamp = (this.#timestamp + timestamp) >>> 0;
    if (newSource) this.#ssrc = randomBytes(4).readUInt32BE();
  }

  send(): void {
    const agreed = this.#agreed;
    if (agreed === null || !agreed.maySend) {
      this.skip();
      return;
    }
    if (this.#deadPackets > 0) {
      this.#deadPackets--;
      this.#loseOne();
      this.skip();
      return;
    }
    const pressing = this.#presses[0];
    if (pressing !== undefined && this.#sendKey(pressing, agreed)) {
      this.#advance();
      return;
    }
    // A new one each time: the socket may still hold the one before.
    const buffer = Buffer.allocUnsafe(headerBytes + samplesPerPacket);
    this.#fill(buffer, agreed.codec);
    this.#write(buffer, payloadTypeOf[agreed.codec], this.#talkSpurt, this.#timestamp);
    this.#talkSpurt = false;
    this.#advance();
  }

  skip(): void {
    this.#talkSpurt = true;
    this.#advance();
  }

  /** Ends waiting plays and presses. */
  close(): void {
    this.#playing?.done();
    this.#playing = null;
    for (const pressing of this.#presses.splice(0)) {
      pressing.lost(new TelephoneError('KEY_NOT_SENT', 'the call ended before the key was sent'));
    }
  }

  /** False when the key and its end packets are out and only the gap runs: then sound is sent. */
  #sendKey(pressing: Pressing, agreed: AgreedSound): boolean {
    const { packets } = pressing;
    const position = pressing.position++;
    if (position >= packets + endRepetitions - 1) {
      if (position >= packets + endRepetitions - 1 + pressing.gapPackets) {
        this.#presses.shift();
        const next = this.#presses[0];
        return next !== undefined && this.#sendKey(next, agreed);
      }
      return false;
    }
    const atMs = this.#clock.nowMs() - this.#callStartMs;
    if (position === 0) {
      this.#eventTimestamp = this.#timestamp;
      pressing.beganAtMs = atMs;
    }
    if (position === packets - 1) pressing.endedAtMs = atMs;
    const buffer = Buffer.allocUnsafe(headerBytes + 4);
    const duration = Math.min(position + 1, packets) * samplesPerPacket;
    const ends = position - (packets - 1);
    writeKeyPayload(buffer, headerBytes, pressing.key, ends >= 0, duration);
    if (ends >= 0 && ends < pressing.lostEnds) this.#loseOne();
    else this.#write(buffer, agreed.keyPayloadType ?? 0, position === 0, this.#eventTimestamp);
    if (pressing.tones !== null) this.#writeTones(pressing.tones, position, agreed.codec);
    if (ends === endRepetitions - 1) {
      this.#talkSpurt = true;
      this.#deadPackets = Math.round(pressing.thenDeadMs / packetMs);
      pressing.sent({ beganAtMs: pressing.beganAtMs, endedAtMs: pressing.endedAtMs });
    }
    return true;
  }

  #writeTones(tones: Int16Array, position: number, codec: Codec): void {
    const at = position * samplesPerPacket;
    const samples = new Int16Array(samplesPerPacket);
    samples.set(tones.subarray(at, at + samplesPerPacket));
    const buffer = Buffer.allocUnsafe(headerBytes + samplesPerPacket);
    buffer.set(codec === 'PCMU' ? encodeUlaw(samples) : encodeAlaw(samples), headerBytes);
    this.#write(buffer, payloadTypeOf[codec], false, this.#timestamp);
  }

  #fill(buffer: Buffer, codec: Codec): void {
    const playing = this.#playing;
    let filled = headerBytes;
    while (playing !== null && filled < buffer.length) {
      const rest = playing.bytes.length - playing.at;
      const count = Math.min(rest, buffer.length - filled);
      buffer.set(playing.bytes.subarray(playing.at, playing.at + count), filled);
      filled += count;
      playing.at += count;
      if (playing.at < playing.bytes.length) continue;
      playing.at = 0;
      if (playing.loop) continue;
      this.#playing = null;
      playing.done();
      break;
    }
    if (filled < buffer.length) buffer.fill(silenceByte[codec], filled);
  }

  /** What is lost on the way leaves a gap in the numbers. */
  #loseOne(): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
  }

  #write(buffer: Buffer, payloadType: number, marker: boolean, timestamp: number): void {
    const agreed = this.#agreed;
    if (agreed === null) return;
    writeRtpHeader(buffer, { payloadType, marker, sequence: this.#sequence, timestamp, ssrc: this.#ssrc });
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.#sentPackets++;
    this.#socket.send(buffer, agreed.port, agreed.host);
  }

  #advance(): void {
    this.#timestamp = (this.#timestamp + samplesPerPacket) >>> 0;
  }
}

const encoded = new WeakMap<Int16Array, Map<Codec, Uint8Array>>();

function encode(samples: Int16Array, codec: Codec): Uint8Array {
  const known = encoded.get(samples) ?? new Map<Codec, Uint8Array>();
  encoded.set(samples, known);
  const bytes = known.get(codec) ?? (codec === 'PCMU' ? encodeUlaw(samples) : encodeAlaw(samples));
  known.set(codec, bytes);
  return bytes;
}
