import type { RtpPacket } from './packet.ts';

/** A time without any packet, ms since the call's start: from one arrival to the next. */
export type Pause = { readonly fromMs: number; readonly toMs: number };

export type RtpStats = {
  /** By the sequence numbers of all sources. */
  readonly expected: number;
  /** Different packets that came. */
  readonly received: number;
  readonly lost: number;
  readonly duplicates: number;
  readonly reordered: number;
  /** Longest time without any packet since the first, ms; a sender's own pause counts here. */
  readonly maxPauseMs: number;
  /** The same without pauses that the sender declared (marker bit, or a timestamp that moved on by more than the sound sent). */
  readonly maxGapMs: number;
  readonly gapsOver60Ms: number;
  /** All pauses over 60 ms, declared or not; the first 100. */
  readonly longPauses: readonly Pause[];
  /** Packets that came more than 60 ms later than the quickest of their talk spurt. */
  readonly lateOver60Ms: number;
  /** RFC 3550 section 6.4.1 interarrival jitter, ms. */
  readonly jitterMs: number;
  readonly ssrcChanges: number;
  /** ms since the call's start, null while none has come. */
  readonly firstPacketAtMs: number | null;
  readonly lastPacketAtMs: number | null;
};

const rememberedPackets = 512;
const rememberedPauses = 100;

/** Counts the packets of one call as RFC 3550 appendix A does, plus the gaps between them. */
export class Arrivals {
  #ssrc: number | null = null;
  #ssrcChanges = 0;
  #closedExpected = 0;
  #base = 0;
  #highest = 0;
  #highestTimestamp = 0;
  #highestWasSound = false;
  readonly #seen = new Int32Array(rememberedPackets).fill(-1);
  #received = 0;
  #duplicates = 0;
  #reordered = 0;
  #maxPauseMs = 0;
  #maxGapMs = 0;
  #gapsOver60Ms = 0;
  readonly #longPauses: Pause[] = [];
  #lateOver60Ms = 0;
  #jitter = 0;
  #lastTransit: number | null = null;
  #quickest = Number.POSITIVE_INFINITY;
  #firstMs: number | null = null;
  #lastMs: number | null = null;

  get stats(): RtpStats {
    const expected = this.#closedExpected + (this.#ssrc === null ? 0 : this.#highest - this.#base + 1);
    return {
      expected,
      received: this.#received,
      lost: expected - this.#received,
      duplicates: this.#duplicates,
      reordered: this.#reordered,
      maxPauseMs: this.#maxPauseMs,
      maxGapMs: this.#maxGapMs,
      gapsOver60Ms: this.#gapsOver60Ms,
      longPauses: this.#longPauses,
      lateOver60Ms: this.#lateOver60Ms,
      jitterMs: this.#jitter,
      ssrcChanges: this.#ssrcChanges,
      firstPacketAtMs: this.#firstMs,
      lastPacketAtMs: this.#lastMs,
    };
  }

  /**
   * Counts a packet that came at `atMs` (since the call's start).
   * Gives its sequence number counted on beyond 16 bits and whether it is the newest; null for a duplicate.
   */
  count(
    packet: RtpPacket,
    atMs: number,
    isSound: boolean,
  ): { readonly sequence: number; readonly newest: boolean } | null {
    if (packet.ssrc !== this.#ssrc) this.#beginSource(packet);
    const sequence = this.#highest + (((packet.sequence - this.#highest + 0x8000) & 0xffff) - 0x8000);
    const place = ((sequence % rememberedPackets) + rememberedPackets) % rememberedPackets;
    if (this.#seen[place] === sequence) {
      this.#duplicates++;
      return null;
    }
    this.#seen[place] = sequence;
    this.#received++;
    const newest = this.#received === 1 || sequence > this.#highest || this.#lastTransit === null;
    if (sequence < this.#base) this.#base = sequence;
    this.#measureGap(packet, sequence, atMs, isSound, newest);
    if (newest) {
      this.#highest = sequence;
      this.#highestTimestamp = packet.timestamp;
      this.#highestWasSound = isSound;
    } else this.#reordered++;
    return { sequence, newest };
  }

  #beginSource(packet: RtpPacket): void {
    if (this.#ssrc !== null) {
      this.#ssrcChanges++;
      this.#closedExpected += this.#highest - this.#base + 1;
    }
    this.#ssrc = packet.ssrc;
    // One round up, so that a packet that overtook the first one keeps a positive number.
    this.#base = packet.sequence + 0x10000;
    this.#highest = this.#base;
    this.#seen.fill(-1);
    this.#lastTransit = null;
    this.#quickest = Number.POSITIVE_INFINITY;
  }

  #measureGap(packet: RtpPacket, sequence: number, atMs: number, isSound: boolean, newest: boolean): void {
    const transit = atMs - packet.timestamp / 8;
    const steps = sequence - this.#highest;
    const declaredPause =
      packet.marker ||
      (isSound &&
        this.#highestWasSound &&
        ((packet.timestamp - this.#highestTimestamp) | 0) > (steps + 1) * 240);
    if (this.#lastTransit === null || (newest && declaredPause)) this.#quickest = Number.POSITIVE_INFINITY;
    if (this.#lastMs !== null) {
      const gapMs = atMs - this.#lastMs;
      this.#maxPauseMs = Math.max(this.#maxPauseMs, gapMs);
      if (gapMs > 60 && this.#longPauses.length < rememberedPauses) {
        this.#longPauses.push({ fromMs: this.#lastMs, toMs: atMs });
      }
      if (!declaredPause && this.#lastTransit !== null) {
        this.#maxGapMs = Math.max(this.#maxGapMs, gapMs);
        if (gapMs > 60) this.#gapsOver60Ms++;
      }
    }
    this.#firstMs ??= atMs;
    this.#lastMs = atMs;
    if (!isSound) return;
    this.#quickest = Math.min(this.#quickest, transit);
    if (transit - this.#quickest > 60) this.#lateOver60Ms++;
    if (this.#lastTransit !== null && !declaredPause)
      this.#jitter += (Math.abs(transit - this.#lastTransit) - this.#jitter) / 16;
    this.#lastTransit = transit;
  }
}
