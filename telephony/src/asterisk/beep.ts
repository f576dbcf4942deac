import { encodeAlaw, encodeUlaw } from '../telephone/sound/index.ts';

/** The signal before a voicemail: 0.4 s of 1,000 Hz at 8 kHz, faded at both ends so that it does not click. */
export function beep(): { readonly ulaw: Uint8Array; readonly alaw: Uint8Array } {
  const length = 3200;
  const samples = Int16Array.from({ length }, (_, index) => {
    const fade = Math.min(1, index / 80, (length - index) / 80);
    return Math.round(8000 * fade * Math.sin((2 * Math.PI * 1000 * index) / 8000));
  });
  return { ulaw: encodeUlaw(samples), alaw: encodeAlaw(samples) };
}
