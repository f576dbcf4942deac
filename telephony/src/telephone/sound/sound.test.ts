import { expect, test } from 'vitest';
import { decodeAlaw, decodeUlaw, encodeAlaw, encodeUlaw } from './g711.ts';
import { findMarkers, markerCount, markerFrequencies, markerSound } from './marker.ts';
import { isSilent } from './silence.ts';
import { babble, speech } from './syntheticSpeech.ts';
import { tone } from './tone.ts';
import { readWav, writeWav } from './wav.ts';

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

test('G.711 keeps every code through linear and back (µ-law has two zeros)', () => {
  expect([...encodeAlaw(decodeAlaw(everyByte))]).toEqual([...everyByte]);
  const again = [...encodeUlaw(decodeUlaw(everyByte))];
  expect(again.filter((byte, at) => byte !== at)).toEqual([0xff]);
});

test('G.711 has the values of the recommendation at its corners', () => {
  expect([...decodeUlaw(Uint8Array.of(0x00, 0x80, 0xff, 0x7f, 0xef))]).toEqual([-32124, 32124, 0, 0, 132]);
  expect([...decodeAlaw(Uint8Array.of(0x2a, 0xaa, 0xd5, 0x55, 0xc5))]).toEqual([-32256, 32256, 8, -8, 264]);
});

test.each(Array.from({ length: markerCount }, (_, marker) => marker))(
  'marker %i is told from all others after A/µ transcoding',
  (marker) => {
    const quiet = markerSound(marker, 400).map((sample) => Math.round(sample / 8));
    const transcoded = decodeAlaw(encodeAlaw(decodeUlaw(encodeUlaw(quiet))));
    const line = new Int16Array(8000);
    line.set(transcoded, 1603);
    const heard = findMarkers(line);
    expect(heard.map((each) => each.marker)).toEqual([marker]);
    expect(heard[0]?.atMs).toBeGreaterThanOrEqual(180);
    expect(heard[0]?.atMs).toBeLessThanOrEqual(221);
  },
);

test('markers keep away from DTMF and the fax answer tone', () => {
  const all = Array.from({ length: markerCount }, (_, marker) => markerFrequencies(marker)).flat();
  for (const taken of [697, 770, 852, 941, 1209, 1336, 1477, 1633, 1100, 2100, 400]) {
    expect(Math.min(...all.map((hz) => Math.abs(hz - taken)))).toBeGreaterThanOrEqual(100);
  }
});

test('neither speech, many voices nor a single tone is taken for a marker', () => {
  for (let seed = 0; seed < 10; seed++) {
    expect(findMarkers(speech(seed, 4000))).toEqual([]);
    expect(findMarkers(babble(seed, 4000))).toEqual([]);
  }
  expect(findMarkers(tone([1800], 1000))).toEqual([]);
  expect(findMarkers(tone([1336, 697], 1000))).toEqual([]);
});

test('a lost packet does not cut a marker in two', () => {
  const line = markerSound(7, 400);
  line.fill(0, 1600, 1760);
  expect(findMarkers(line)).toMatchObject([{ marker: 7, atMs: 0, untilMs: 400 }]);
});

test('silence is silence after G.711 too, and quiet speech is not', () => {
  expect(isSilent(new Int16Array(0))).toBe(true);
  expect(isSilent(decodeAlaw(encodeAlaw(new Int16Array(8000))))).toBe(true);
  expect(isSilent(speech(1, 2000).map((sample) => sample / 30))).toBe(false);
});

test('a WAV file keeps its channels apart, also when its writer was killed', () => {
  const file = writeWav({ sampleRateHz: 8000, channels: [tone([400], 50), tone([500], 50)] });
  expect(readWav(file)).toEqual({ sampleRateHz: 8000, channels: [tone([400], 50), tone([500], 50)] });
  file.writeUInt32LE(0, 40);
  expect(readWav(file).channels[1]).toEqual(tone([500], 50));
  expect(() => readWav(Buffer.from('no sound'))).toThrow(/RIFF/);
});
