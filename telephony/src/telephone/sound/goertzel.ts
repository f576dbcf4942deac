/**
 * Power of one frequency in a frame, as the share of a full-scale sine (1 = sine of amplitude 32768 through the whole frame).
 * Sharp only where the frame holds a whole number of periods; 8 kHz unless told.
 */
export function goertzelPower(samples: Int16Array, hz: number, sampleRateHz = 8000): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / sampleRateHz);
  let before = 0;
  let last = 0;
  for (let at = 0; at < samples.length; at++) {
    const next = (samples[at] ?? 0) + coefficient * last - before;
    before = last;
    last = next;
  }
  const squared = last * last + before * before - coefficient * last * before;
  const fullScale = (samples.length * 32768) / 2;
  return squared / (fullScale * fullScale);
}

/** Mean power of a frame on the same scale: a full-scale sine gives 1. */
export function meanPower(samples: Int16Array): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at++) {
    const sample = samples[at] ?? 0;
    sum += sample * sample;
  }
  return samples.length === 0 ? 0 : (2 * sum) / samples.length / (32768 * 32768);
}

/** True if a sine of that frequency makes up at least `share` of a frame that is louder than −45 dBFS. */
export function hasTone(samples: Int16Array, hz: number, share = 0.7): boolean {
  const power = meanPower(samples);
  return power > quietestTonePower && goertzelPower(samples, hz) >= share * power;
}

/** −45 dBFS: G.711's noise floor lies far below, the quietest speech about here. */
export const quietestTonePower = 10 ** -4.5;
