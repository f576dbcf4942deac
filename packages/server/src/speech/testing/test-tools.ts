import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@madoguchi/telephony';
import { type SpeechTools, speechToolsFrom } from '../speech-tools.ts';

/** The real programs, as the product gets them. */
export async function testTools(): Promise<SpeechTools> {
  return speechToolsFrom(await provision(['openJtalk', 'ffmpeg']));
}

/** Kept between runs: it is keyed by content, and building it costs seconds. */
export function testDictionaryCache(): string {
  return join(tmpdir(), 'madoguchi-test-dictionaries');
}
