import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeAlaw, encodeUlaw, markerSound } from '@madoguchi/telephony/telephone';
import { MARKERS, NUMBERS, type SoundLengths } from './call-plan.ts';

/** Name below the sound folder, without ending; also the audio id in the product's flows. */
export function soundName(marker: number): string {
  return `marker${marker}`;
}

/** Every sound of a round: marker and length in ms. */
export function soundsOf(lengths: SoundLengths): readonly (readonly [marker: number, lengthMs: number])[] {
  const keys = ['1', '2', '3'];
  return [
    ...NUMBERS.map((_, number) => [MARKERS.greeting(number), lengths.greetingMs] as const),
    [MARKERS.firstMenu, lengths.firstMenuMs],
    ...keys.map((key) => [MARKERS.firstBranch(key), lengths.branchMs] as const),
    [MARKERS.secondMenu, lengths.secondMenuMs],
    ...keys.map((key) => [MARKERS.secondBranch(key), lengths.branchMs] as const),
    [MARKERS.farewell, lengths.farewellMs],
  ];
}

/** Writes them as telephone sound; the product and the dialplan play the same files. */
export async function writeSounds(folder: string, lengths: SoundLengths): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [marker, lengthMs] of soundsOf(lengths)) {
    const samples = markerSound(marker, lengthMs);
    await writeFile(join(folder, `${soundName(marker)}.ulaw`), encodeUlaw(samples));
    await writeFile(join(folder, `${soundName(marker)}.alaw`), encodeAlaw(samples));
  }
}
