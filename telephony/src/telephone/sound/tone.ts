/** Sines of equal level added up, 8 kHz; `levelDbfs` is each one's level below a full-scale sine. */
export function tone(frequenciesHz: readonly number[], durationMs: number, levelDbfs = -13): Int16Array {
  const amplitude = 32767 * 10 ** (levelDbfs / 20);
  return Int16Array.from({ length: Math.round(durationMs * 8) }, (_, at) => {
    let sum = 0;
    for (const hz of frequenciesHz) sum += amplitude * Math.sin((2 * Math.PI * hz * at) / 8000);
    return Math.max(-32768, Math.min(32767, Math.round(sum)));
  });
}
