/** All sound here is 8 kHz, mono, 16 bit. */
export const TELEPHONE_SAMPLE_RATE_HZ = 8_000;

const BLOCK_SAMPLES = TELEPHONE_SAMPLE_RATE_HZ / 50;
const FULL_SCALE = 32_768;
/**
 * Level of active speech. ITU-T P.56 measures like this; -20 dBov is loud for a telephone without reaching the codec's
 * ceiling, for listeners who hear less well.
 */
export const TARGET_LEVEL_DB = -20;
/** Blocks this far below the loudest are pauses between words and do not count. */
const ACTIVE_RANGE_DB = 25;
/** More would only raise the noise of a recording that is nearly silent. */
const MAX_GAIN_DB = 30;
/** Nothing louder than this: no speech. */
export const SILENCE_DB = -50;
/** From here on peaks are bent instead of cut. */
const KNEE = 0.7;

function decibels(power: number): number {
  return power <= 0 ? Number.NEGATIVE_INFINITY : 10 * Math.log10(power);
}

/** Mean power of each 20 ms, full scale = 1. */
function blockPowers(samples: Int16Array): number[] {
  const powers: number[] = [];
  for (let from = 0; from < samples.length; from += BLOCK_SAMPLES) {
    const block = samples.subarray(from, from + BLOCK_SAMPLES);
    let sum = 0;
    for (const sample of block) sum += sample * sample;
    powers.push(sum / block.length / (FULL_SCALE * FULL_SCALE));
  }
  return powers;
}

/** Level of active speech in dB below full scale; -Infinity for digital silence. */
export function speechLevelDb(samples: Int16Array): number {
  const powers = blockPowers(samples);
  const loudest = powers.reduce((most, power) => Math.max(most, power), 0);
  const active = powers.filter((power) => power > 0 && power >= loudest / 10 ** (ACTIVE_RANGE_DB / 10));
  return decibels(active.reduce((sum, power) => sum + power, 0) / Math.max(1, active.length));
}

function bend(value: number): number {
  const size = Math.abs(value);
  if (size <= KNEE) return value;
  return Math.sign(value) * (KNEE + (1 - KNEE) * Math.tanh((size - KNEE) / (1 - KNEE)));
}

/** Brings active speech to the target level; peaks are bent softly so that nothing clips. Silence stays silence. */
export function levelLoudness(samples: Int16Array): Int16Array {
  const level = speechLevelDb(samples);
  if (level < SILENCE_DB) return samples;
  const gain = 10 ** (Math.min(MAX_GAIN_DB, TARGET_LEVEL_DB - level) / 20);
  return samples.map((sample) => Math.round(bend((sample * gain) / FULL_SCALE) * (FULL_SCALE - 1)));
}

/** Cuts the silence at both ends down to `keepMs`. Sound that is nothing but silence becomes empty. */
export function trimSilence(samples: Int16Array, keepMs: number): Int16Array {
  const powers = blockPowers(samples);
  const loudest = powers.reduce((most, power) => Math.max(most, power), 0);
  const sounds = (power: number) => decibels(power) > SILENCE_DB && power > loudest / 10_000;
  const first = powers.findIndex(sounds);
  if (first === -1) return new Int16Array(0);
  const last = powers.findLastIndex(sounds);
  const keep = (keepMs / 1_000) * TELEPHONE_SAMPLE_RATE_HZ;
  return samples.slice(
    Math.max(0, first * BLOCK_SAMPLES - keep),
    Math.min(samples.length, (last + 1) * BLOCK_SAMPLES + keep),
  );
}

/** Lets the sound rise and fall over `fadeMs`, so that neither end clicks. */
export function fadeEnds(samples: Int16Array, fadeMs: number): Int16Array {
  const length = Math.min((fadeMs / 1_000) * TELEPHONE_SAMPLE_RATE_HZ, samples.length / 2);
  return samples.map((sample, at) => {
    const edge = Math.min(at, samples.length - 1 - at);
    return edge < length ? Math.round((sample * edge) / length) : sample;
  });
}

/** Appends silence. */
export function padEnd(samples: Int16Array, silenceMs: number): Int16Array {
  const padded = new Int16Array(samples.length + Math.round((silenceMs / 1_000) * TELEPHONE_SAMPLE_RATE_HZ));
  padded.set(samples);
  return padded;
}
