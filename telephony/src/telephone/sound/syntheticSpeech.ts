/**
 * Sound with the shape of speech for tests, the same for the same seed: syllables of 120–260 ms, a pulse train through three
 * formants with hissing onsets and short pauses. The 'voice' (pitch, pulse) is the same for all seeds.
 */
export function speech(seed: number, durationMs: number): Int16Array {
  const random = generator(seed);
  const samples = new Float64Array(durationMs * 8);
  for (let at = 0; at < samples.length; ) {
    const length = Math.round((120 + 140 * random()) * 8);
    const formants = [300 + 500 * random(), 900 + 1200 * random(), 2300 + 700 * random()];
    const pitchHz = 190 + 60 * random();
    const hiss = random() < 0.5 ? 0.25 : 0;
    if (random() > 0.12) addSyllable(samples, at, length, formants, pitchHz, hiss, random);
    at += length;
  }
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-9);
  return Int16Array.from(samples, (sample) => Math.round((sample / peak) * 12000));
}

/** Many of them at once. */
export function babble(seed: number, durationMs: number): Int16Array {
  const voices = Array.from({ length: 5 }, (_, voice) => speech(seed * 100 + voice + 1000, durationMs));
  return Int16Array.from({ length: durationMs * 8 }, (_, at) =>
    Math.round(voices.reduce((sum, voice) => sum + (voice[at] ?? 0), 0) / 3),
  );
}

/** A number generator of 32 bits (xorshift), 0 ≤ x < 1. */
export function generator(seed: number): () => number {
  let state = (seed * 2654435761 + 88172645) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

function addSyllable(
  into: Float64Array,
  begin: number,
  length: number,
  formantsHz: readonly number[],
  pitchHz: number,
  hiss: number,
  random: () => number,
): void {
  const period = Math.round(8000 / pitchHz);
  const filters = formantsHz.map((hz) => ({
    a: 2 * 0.96 * Math.cos((2 * Math.PI * hz) / 8000),
    last: 0,
    before: 0,
  }));
  for (let at = 0; at < length && begin + at < into.length; at++) {
    const noise = (random() - 0.5) * (at < 400 ? hiss : 0.01);
    const pulse = (at % period === 0 ? 1 : 0) + noise;
    let sum = 0;
    for (const filter of filters) {
      const next = pulse + filter.a * filter.last - 0.96 * 0.96 * filter.before;
      filter.before = filter.last;
      filter.last = next;
      sum += next;
    }
    into[begin + at] = sum * Math.sin((Math.PI * at) / length);
  }
}
