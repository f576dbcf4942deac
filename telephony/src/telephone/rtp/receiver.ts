import { type HeardMarker, MarkerFollower } from '../sound/marker.ts';
import { Arrivals, type RtpStats } from './arrivals.ts';
import { readKeyPayload, type TelephoneKey } from './keyEvents.ts';
import { readRtpPacket } from './packet.ts';
import { decodeSound, type KeptPacket, placeOnTimeLine } from './receivedSound.ts';

export type HeardKey = { readonly key: TelephoneKey; readonly atMs: number; readonly durationMs: number };

/** Where the other side's sound was agreed to come from. */
export type AgreedSource = {
  readonly host: string;
  readonly port: number;
  /** Of telephone-event; null: the one of before. */
  readonly keyPayloadType: number | null;
};

/** Takes the next 20 ms of sound, and the marker that just became certain, or null. */
export type FrameListener = (samples: Int16Array, atMs: number, began: HeardMarker | null) => void;

const frameSamples = 160;
const usualKeyPayloadType = 101;

/** What one call hears: follows datagrams, whether read from a socket as they come or from a capture afterwards. */
export class RtpReceiver {
  readonly heardKeys: HeardKey[] = [];
  readonly #keepSound: boolean;
  readonly #onFrame: FrameListener;
  readonly #arrivals = new Arrivals();
  readonly #markers = new MarkerFollower();
  readonly #kept: KeptPacket[] = [];
  readonly #frame = new Int16Array(frameSamples);
  #frameFilled = 0;
  #keyTimestamp: number | null = null;
  #keyPayloadType = usualKeyPayloadType;
  #agreedSource = '';
  #agreedSourceHeard = false;
  #foreign = 0;

  constructor(keepSound: boolean, onFrame: FrameListener = () => undefined) {
    this.#keepSound = keepSound;
    this.#onFrame = onFrame;
  }

  /** Until the agreed source is heard, others are heard too. */
  agree({ host, port, keyPayloadType }: AgreedSource): void {
    const source = `${host}:${port}`;
    if (source !== this.#agreedSource) this.#agreedSourceHeard = false;
    this.#agreedSource = source;
    if (keyPayloadType !== null) this.#keyPayloadType = keyPayloadType;
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

  /** Takes a datagram from `source` (`address:port`) that came at `atMs`; in the order in which they came. */
  receive(bytes: Buffer, source: string, atMs: number): void {
    const packet = readRtpPacket(bytes);
    if (packet === null) return;
    // Ports are used again: a sender of an older call must not be taken for this one once the agreed one has been heard.
    if (source === this.#agreedSource) this.#agreedSourceHeard = true;
    else if (this.#agreedSourceHeard) {
      this.#foreign++;
      return;
    }
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
      this.#onFrame(this.#frame, atMs, this.#markers.frame(this.#frame, atMs));
    }
  }
}
