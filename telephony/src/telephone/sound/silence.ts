import { meanPower } from './goertzel.ts';

/**
 * True if no 20 ms of the sound (8 kHz) is louder than `belowDbfs`, a full-scale sine being 0 dBFS. Nothing received is silence.
 * −50 dBFS lies above G.711's idle noise and below quiet speech.
 */
export function isSilent(samples: Int16Array, belowDbfs = -50): boolean {
  const limit = 10 ** (belowDbfs / 10);
  for (let at = 0; at < samples.length; at += 160) {
    if (meanPower(samples.subarray(at, at + 160)) > limit) return false;
  }
  return true;
}
