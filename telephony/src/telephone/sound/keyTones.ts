import { tone } from './tone.ts';

/** Frequencies of the key's row and column, Hz (ITU-T Q.23). */
const ROWS_HZ = [697, 770, 852, 941] as const;
const COLUMNS_HZ = [1209, 1336, 1477] as const;
const KEYPAD = ['123', '456', '789', '*0#'] as const;

/** Each of the two tones; a telephone sends −9 dBm or less of power (ITU-T Q.24 allows as little as −25). */
const LEVEL_DBFS = -12;

/** The keys one after another as a telephone without any signalling sends them: in the sound itself, 8 kHz. */
export function keyTones(
  keys: string,
  times: { readonly durationMs: number; readonly gapMs: number },
): Int16Array {
  const pieces = [...keys].map((key) => keyTone(key, times.durationMs));
  const gap = Math.round(times.gapMs * 8);
  const samples = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length + gap, 0));
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length + gap;
  }
  return samples;
}

function keyTone(key: string, durationMs: number): Int16Array {
  const row = KEYPAD.findIndex((keys) => keys.includes(key));
  const column = KEYPAD[row]?.indexOf(key) ?? -1;
  const frequencies = [ROWS_HZ[row], COLUMNS_HZ[column]].filter((hz) => hz !== undefined);
  if (frequencies.length !== 2) throw new RangeError('not a key of a telephone');
  return tone(frequencies, durationMs, LEVEL_DBFS);
}
