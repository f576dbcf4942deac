import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeMuLaw } from './g711.ts';
import { importAudio } from './import-audio.ts';
import { speechLevelDb, TARGET_LEVEL_DB } from './loudness.ts';
import type { SpeechTools } from './speech-tools.ts';
import { uploadedAudioIds } from './telephone-sound.ts';
import { testTools } from './testing/test-tools.ts';

let folder: string;
let tools: SpeechTools;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-import-'));
  tools = await testTools();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A file made by ffmpeg from a generated source. */
async function make(name: string, ...args: string[]): Promise<string> {
  const path = join(folder, name);
  await promisify(execFile)(tools.ffmpeg, ['-y', '-loglevel', 'error', ...args, path]);
  return path;
}

const tone = (volume: number, seconds = 2) => [
  ...[
    '-f',
    'lavfi',
    '-i',
    `sine=frequency=700:duration=${seconds}:sample_rate=44100`,
    '-af',
    `volume=${volume}`,
  ],
];
const upload = (source: Buffer | string) => importAudio(source, { tools, audioDir: join(folder, 'audio') });

test.each([
  ['quiet.wav', 0.05],
  ['loud.mp3', 6],
  ['middle.m4a', 1],
  ['browser.webm', 0.5],
  ['stereo.wav', 0.3],
])('%s becomes telephone sound of the common loudness', async (name, volume) => {
  const path = await make(
    name,
    ...tone(volume),
    ...(name === 'stereo.wav' ? ['-ac', '2', '-ar', '48000'] : []),
  );
  const { audioId, durationMs } = await upload(path);
  expect(Math.abs(durationMs - 2_000)).toBeLessThan(120);
  const muLaw = await readFile(join(folder, 'audio', `${audioId}.ulaw`));
  expect((await stat(join(folder, 'audio', `${audioId}.alaw`))).size).toBe(muLaw.length);
  expect(Math.abs(speechLevelDb(decodeMuLaw(muLaw)) - TARGET_LEVEL_DB)).toBeLessThan(1);
});

test('the same file uploaded twice is one sound, from a buffer or a path', async () => {
  const path = await make('twice.wav', ...tone(1));
  expect((await upload(path)).audioId).toBe((await upload(await readFile(path))).audioId);
});

test('only the band of a telephone line remains', async () => {
  const low = await make('hum.wav', '-f', 'lavfi', '-i', 'sine=frequency=60:duration=1', '-af', 'volume=0.3');
  await expect(upload(low)).rejects.toMatchObject({ code: 'audioSilent' });
});

test('text that bears the name .mp3 is refused in words for staff', async () => {
  const path = join(folder, 'notes.mp3');
  await writeFile(path, 'これは音声ではありません。'.repeat(50));
  await expect(upload(path)).rejects.toMatchObject({
    code: 'audioUnreadable',
    message: '音声ファイルとして読み取れません。壊れていないWAV・MP3・M4Aのファイルを登録してください。',
  });
});

test('a playlist in disguise opens no other file', async () => {
  const playlist = '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n';
  await expect(upload(Buffer.from(playlist))).rejects.toMatchObject({ code: 'audioUnreadable' });
  await expect(upload(Buffer.from(`ID3${playlist}`))).rejects.toMatchObject({ code: 'audioUnreadable' });
});

test('an empty file, one that is gone, and random bytes are refused', async () => {
  const random = Buffer.from(Array.from({ length: 5_000 }, (_, at) => (at * at * 31) % 251));
  await expect(upload(Buffer.alloc(0))).rejects.toMatchObject({
    code: 'audioUnreadable',
    message: expect.stringContaining('空'),
  });
  await expect(upload(join(folder, 'gone.wav'))).rejects.toMatchObject({ code: 'audioUnreadable' });
  await expect(upload(random)).rejects.toMatchObject({ code: 'audioUnreadable' });
  await expect(upload(Buffer.concat([Buffer.from('ID3'), random]))).rejects.toMatchObject({
    code: 'audioUnreadable',
  });
});

test('a truncated WAV and a truncated M4A are refused, not played by half', async () => {
  const wav = await readFile(await make('whole.wav', ...tone(1)));
  await expect(upload(wav.subarray(0, wav.length / 2))).rejects.toMatchObject({ code: 'audioTruncated' });
  await expect(upload(wav.subarray(0, 30))).rejects.toMatchObject({ code: 'audioTruncated' });
  const m4a = await readFile(await make('whole.m4a', ...tone(1)));
  await expect(upload(m4a.subarray(0, m4a.length / 2))).rejects.toMatchObject({ code: 'audioUnreadable' });
});

test('a truncated MP3 is taken as far as it goes, and its length says so', async () => {
  const mp3 = await readFile(await make('whole.mp3', ...tone(1)));
  const { durationMs } = await upload(mp3.subarray(0, mp3.length / 2));
  expect(durationMs).toBeGreaterThan(500);
  expect(durationMs).toBeLessThan(1_500);
});

test('a film without sound is told from a broken file', async () => {
  const film = await make(
    'film.mp4',
    '-f',
    'lavfi',
    '-i',
    'color=size=32x32:duration=1:rate=5',
    '-c:v',
    'mpeg4',
  );
  await expect(upload(film)).rejects.toMatchObject({ code: 'audioHasNoSound' });
});

test('silence, a click and eleven minutes are refused', async () => {
  const silence = await make('silence.wav', '-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', '2');
  await expect(upload(silence)).rejects.toMatchObject({ code: 'audioSilent' });
  await expect(upload(await make('click.wav', ...tone(1, 0.1)))).rejects.toMatchObject({
    code: 'audioTooShort',
  });
  const long = await make(
    'long.mp3',
    '-f',
    'lavfi',
    '-i',
    'sine=duration=660:sample_rate=8000',
    '-b:a',
    '8k',
  );
  await expect(upload(long)).rejects.toMatchObject({ code: 'audioTooLong' });
});

test('nothing half-made is left behind', async () => {
  expect(await readdir(join(folder, 'audio', 'unfinished'))).toEqual([]);
});

test('only uploads that lie whole on disk are there to be announced', async () => {
  const audioDir = join(folder, 'listed');
  expect(await uploadedAudioIds(audioDir)).toEqual([]);
  const { audioId } = await importAudio(await make('listed.wav', ...tone(0.3)), { tools, audioDir });
  const sound = await readFile(join(audioDir, `${audioId}.ulaw`));
  await writeFile(join(audioDir, 'half.ulaw'), sound);
  await writeFile(join(audioDir, 'short.ulaw'), sound);
  await writeFile(join(audioDir, 'short.alaw'), sound.subarray(1));
  await writeFile(join(audioDir, 'empty.ulaw'), '');
  await writeFile(join(audioDir, 'empty.alaw'), '');
  expect(await uploadedAudioIds(audioDir)).toEqual([audioId]);
});
