export { type ClipFinding, findClip } from './findClip.ts';
export { decodeAlaw, decodeUlaw, encodeAlaw, encodeUlaw } from './g711.ts';
export { goertzelPower, hasTone, meanPower } from './goertzel.ts';
export { keyTones } from './keyTones.ts';
export { findMarkers, type HeardMarker, markerCount, markerFrequencies, markerSound } from './marker.ts';
export { isSilent } from './silence.ts';
export { tone } from './tone.ts';
export { readWav, type WavSound, writeWav } from './wav.ts';
