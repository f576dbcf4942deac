import { encodeAlaw, encodeUlaw } from '../telephone/sound/index.ts';

/** Name of the sound that is played before the first announcement of a call. */
export const ANSWER_SILENCE_SOUND = 'answer-silence';

/** 700 ms (`ANSWER_SILENCE_MS` of the flow language) of silence, 8 kHz: played, because some trunks let nothing through before they get sound. */
export function answerSilence(): { readonly ulaw: Uint8Array; readonly alaw: Uint8Array } {
  const samples = new Int16Array(700 * 8);
  return { ulaw: encodeUlaw(samples), alaw: encodeAlaw(samples) };
}
