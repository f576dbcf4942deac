import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWav } from '@madoguchi/telephony/telephone';
import { expect, test } from 'vitest';
import { finishTransferRecording, finishVoicemailRecording, RecordingError } from './finish-recording.ts';

async function path(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'recording-')), 'talk');
}

/** Staff says 1, 2, 3 …, caller says −1, −2, −3 …, as Asterisk writes it. */
function rawTalk(samples: number): Buffer {
  const raw = Buffer.alloc(samples * 4);
  for (let at = 0; at < samples; at++) {
    raw.writeInt16LE(at % 1000, at * 4);
    raw.writeInt16LE(-(at % 1000), at * 4 + 2);
  }
  return raw;
}

test.each([0, 1, 2, 3])(
  'a talk cut off %i bytes into a sample plays, caller left and staff right',
  async (odd) => {
    const talk = await path();
    await writeFile(`${talk}.raw`, Buffer.concat([rawTalk(40_000), Buffer.alloc(odd, 0x55)]));
    expect(await finishTransferRecording(talk)).toEqual({ durationMs: 5000 });
    const [left, right] = readWav(await readFile(`${talk}.wav`)).channels;
    expect([left?.length, left?.[39_999], right?.[39_999]]).toEqual([40_000, -999, 999]);
  },
);

test('finishing twice gives the same and leaves one file', async () => {
  const talk = await path();
  await writeFile(`${talk}.sln`, Buffer.alloc(16_000));
  const first = await finishVoicemailRecording(talk);
  expect(await finishVoicemailRecording(talk)).toEqual(first);
  expect(first).toEqual({ durationMs: 1000 });
  expect(await readdir(join(talk, '..'))).toEqual(['talk.wav']);
});

test('an empty file is no recording, and does not stay', async () => {
  const talk = await path();
  await writeFile(`${talk}.raw`, Buffer.alloc(3));
  await expect(finishTransferRecording(talk)).rejects.toMatchObject({ code: 'nothingRecorded' });
  expect(await readdir(join(talk, '..'))).toEqual([]);
});

test('where nothing was recorded it says so', async () => {
  await expect(finishTransferRecording(await path())).rejects.toThrow(RecordingError);
});
