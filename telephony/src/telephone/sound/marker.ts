import { goertzelPower, meanPower, quietestTonePower } from './goertzel.ts';
import { tone } from './tone.ts';

/**
 * Marker tones: pairs of these frequencies, equally loud. All are multiples of 50 Hz, so a frame of 20 ms holds whole periods and
 * the tones do not leak into each other; all lie in the telephone band above DTMF's highest (1633 Hz), away from the fax answer
 * tone (2100 Hz) and high enough that a voice never puts most of its power on two of them.
 */
const frequenciesHz = [1800, 1950, 2250, 2400, 2550, 2700, 2850, 3000] as const;

const pairs: readonly (readonly [low: number, high: number])[] = frequenciesHz.flatMap((low, at) =>
  frequenciesHz.slice(at + 1).map((high) => [low, high] as const),
);

export const markerCount = pairs.length;

/** Frequencies of a marker. @throws RangeError outside 0 … markerCount − 1. */
export function markerFrequencies(marker: number): readonly [low: number, high: number] {
  const pair = pairs[marker];
  if (pair === undefined) throw new RangeError(`markers go from 0 to ${markerCount - 1}`);
  return pair;
}

/** The marker's sound at 8 kHz, −13 dBFS a tone; whole frames of 20 ms, so it loops without a click. */
export function markerSound(marker: number, durationMs: number): Int16Array {
  const frames = Math.max(1, Math.round(durationMs / 20));
  return tone(markerFrequencies(marker), frames * 20);
}

/**
 * The marker that a frame of 160 samples (20 ms at 8 kHz) consists of, or null. Both tones within 6 dB of each other and together
 * at least 70 % of the power; G.711 and A/µ transcoding leave above 99 %.
 */
export function markerInFrame(frame: Int16Array): number | null {
  const power = meanPower(frame);
  if (power < quietestTonePower) return null;
  let loudest = -1;
  let second = -1;
  let loudestPower = 0;
  let secondPower = 0;
  for (let at = 0; at < frequenciesHz.length; at++) {
    const each = goertzelPower(frame, frequenciesHz[at] ?? 0);
    if (each > loudestPower) {
      second = loudest;
      secondPower = loudestPower;
      loudest = at;
      loudestPower = each;
    } else if (each > secondPower) {
      second = at;
      secondPower = each;
    }
  }
  if (second < 0 || secondPower * 4 < loudestPower || loudestPower + secondPower < 0.7 * power) return null;
  const low = frequenciesHz[Math.min(loudest, second)];
  const high = frequenciesHz[Math.max(loudest, second)];
  return pairs.findIndex((pair) => pair[0] === low && pair[1] === high);
}

export type HeardMarker = {
  readonly marker: number;
  /** Begin of the first frame that had it, on the caller's time line. */
  readonly atMs: number;
  /** End of the last frame so far. */
  readonly untilMs: number;
};

/**
 * Follows frames in time order. A marker counts when two frames in a row have it (40 ms), and goes on through single frames that
 * do not (a lost packet).
 */
export class MarkerFollower {
  readonly heard: HeardMarker[] = [];
  #candidate: { marker: number; atMs: number } | null = null;
  #misses = 0;

  /** Takes the next 160 samples, which begin at `atMs`; gives the marker that just became certain, or null. */
  frame(samples: Int16Array, atMs: number): HeardMarker | null {
    const marker = markerInFrame(samples);
    const current = this.#misses < 2 ? this.heard.at(-1) : undefined;
    if (marker !== null && current?.marker === marker) {
      this.#misses = 0;
      this.heard[this.heard.length - 1] = { ...current, untilMs: atMs + 20 };
      this.#candidate = null;
      return null;
    }
    this.#misses++;
    const candidate = this.#candidate;
    this.#candidate = marker === null ? null : { marker, atMs };
    if (marker === null || candidate?.marker !== marker) return null;
    const began: HeardMarker = { marker, atMs: candidate.atMs, untilMs: atMs + 20 };
    this.heard.push(began);
    this.#misses = 0;
    this.#candidate = null;
    return began;
  }
}

/** All markers of a recording at 8 kHz, in order; works for a recording's one channel too. */
export function findMarkers(samples: Int16Array): readonly HeardMarker[] {
  const follower = new MarkerFollower();
  for (let at = 0; at + 160 <= samples.length; at += 160)
    follower.frame(samples.subarray(at, at + 160), at / 8);
  return follower.heard;
}
