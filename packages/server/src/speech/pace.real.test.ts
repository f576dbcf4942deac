import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  exampleParameters,
  levyTemplate,
  type Speed,
  spokenSeconds,
  VOICE_IDS,
  type VoiceId,
} from '@madoguchi/flow';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { compileDictionary } from './dictionary/compile-dictionary.ts';
import { decodeMuLaw } from './g711.ts';
import { importAudio } from './import-audio.ts';
import { speechLevelDb, TARGET_LEVEL_DB } from './loudness.ts';
import { normaliseText } from './normalise/normalise.ts';
import { createOpenJtalkVoice } from './open-jtalk.ts';
import { createPrompts, type PromptStore } from './prompts.ts';
import { traceReadings } from './reading-trace.ts';
import type { SpeechTools } from './speech-tools.ts';
import { testDictionaryCache, testTools } from './testing/test-tools.ts';
import { wavOf } from './wav.ts';

/** What callers of a municipality hear, from the three templates; one sentence each. */
const SENTENCES = [
  '見本市、国民健康保険、資格給付担当です。',
  '加入と脱退の手続きについては、1を押してください。',
  '国民健康保険の資格の届出については1を、保険料の納付については2を押してください。',
  'マイナンバーカードを健康保険証として利用登録されていない方には、資格確認書をお送りしています。',
  '納付書でお支払いの方は、金融機関、コンビニエンスストア、スマートフォンの決済アプリがご利用になれます。',
  '末日が土曜、日曜、祝日に当たるときは、次の開庁日です。',
  'ただいまの時間は、受付を終了しております。',
  '開庁時間は、平日の午前8時45分から午後5時15分までです。',
  'もう一度お聞きになる方は、0を押してください。',
];
/** A small letter belongs to the mora before it; ー, ッ and ン are morae of their own. */
const MORA = /[ァ-ヶー](?<![ァィゥェォャュョヮ])/gu;
const SILENT_BELOW = 64;
const PromptSchema = z.object({ type: z.literal('text'), text: z.string() });

let folder: string;
let tools: SpeechTools;
let prompts: PromptStore;
const stores = new Map<VoiceId, PromptStore>();
let readings: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-pace-'));
  tools = await testTools();
  const dictionary = await compileDictionary({ tools, cacheDir: testDictionaryCache(), entries: [] });
  for (const id of VOICE_IDS) {
    const voice = await createOpenJtalkVoice({ tools, dictionary }, id);
    const folders = { cacheDir: join(folder, 'sounds'), audioDir: join(folder, 'uploads') };
    stores.set(id, createPrompts({ tools, voice, ...folders }));
  }
  prompts = storeOf('mei');
  readings = await traceReadings({ ...tools, dictionaryDir: dictionary.dir }, SENTENCES.map(normaliseText));
});

afterAll(async () => {
  for (const store of stores.values()) store.close();
  await rm(folder, { recursive: true, force: true });
});

async function samplesOf(path: string): Promise<Int16Array> {
  return decodeMuLaw(await readFile(`${path}.ulaw`));
}

function storeOf(voice: VoiceId): PromptStore {
  const store = stores.get(voice);
  if (store === undefined) throw new Error('no such voice');
  return store;
}

/** From the first to the last audible sample: breaths within the sentence count, the pause after it does not. */
async function heardSeconds(sentence: string, voice: VoiceId, speed: Speed): Promise<number> {
  const sounds = await storeOf(voice).soundsFor([{ type: 'fixed', text: sentence }], speed);
  expect(sounds).toHaveLength(1);
  const samples = await samplesOf(sounds[0] ?? '');
  // A flow that changes its voice is heard as loud as before.
  expect(Math.abs(speechLevelDb(samples) - TARGET_LEVEL_DB), sentence).toBeLessThan(1.5);
  const isAudible = (sample: number) => Math.abs(sample) > SILENT_BELOW;
  return (samples.findLastIndex(isAudible) - samples.findIndex(isAudible) + 1) / 8_000;
}

/** Each voice takes its half minute: `npm test` listens to the one that every house has always spoken with. */
const isFull = process.env['MADOGUCHI_FULL'] === '1';
const PACES = (isFull ? VOICE_IDS : (['mei'] as const)).flatMap((voice) => [
  { voice, speed: 'usual', pace: 6 } as const,
  { voice, speed: 'slower', pace: 4.75 } as const,
]);

test.each(PACES)(
  'callers hear municipal sentences from $voice at the $speed pace, about $pace morae a second, as loud as from the others',
  async ({ voice, speed, pace }) => {
    let morae = 0;
    let seconds = 0;
    for (const [index, sentence] of SENTENCES.entries()) {
      const own = readings[index]?.match(MORA)?.length ?? 0;
      const lasted = await heardSeconds(sentence, voice, speed);
      morae += own;
      seconds += lasted;
      // A sentence of many short phrases has more breaths in it than another.
      expect(own / lasted, sentence).toBeGreaterThan(pace * 0.75);
      expect(own / lasted, sentence).toBeLessThan(pace * 1.15);
    }
    expect(morae / seconds).toBeGreaterThan(pace * 0.95);
    expect(morae / seconds).toBeLessThan(pace * 1.05);
  },
);

test('no voice holds a sound, however many words follow one another without a breath', async () => {
  const sentence = '平日の午前8時45分から午後5時15分まで市役所1階2番の保険年金課の窓口で受け付けています。';
  const lengths = await Promise.all(
    VOICE_IDS.map(async (voice) => await heardSeconds(sentence, voice, 'usual')),
  );
  expect(Math.max(...lengths) / Math.min(...lengths)).toBeLessThan(1.25);
});

test('the length that the checker estimates from the words of an announcement is nearly that of its sound', async () => {
  const [flow] = levyTemplate.make(exampleParameters(levyTemplate));
  const texts = Object.values(flow?.nodes ?? {}).flatMap((node) => {
    const prompt = PromptSchema.safeParse(node['prompt'] ?? node['farewell']);
    return prompt.success && prompt.data.text.length > 20 && !prompt.data.text.includes('{{')
      ? [prompt.data.text]
      : [];
  });
  let estimated = 0;
  let heard = 0;
  for (const text of texts.slice(0, 8)) {
    const sounds = await prompts.soundsFor([{ type: 'fixed', text }]);
    const lengths = await Promise.all(sounds.map(async (sound) => (await samplesOf(sound)).length / 8_000));
    const seconds = lengths.reduce((sum, length) => sum + length, 0);
    estimated += spokenSeconds(text);
    heard += seconds;
    expect(spokenSeconds(text) / seconds, text).toBeGreaterThan(0.8);
    expect(spokenSeconds(text) / seconds, text).toBeLessThan(1.2);
  }
  expect(heard).toBeGreaterThan(60);
  expect(estimated / heard).toBeGreaterThan(0.93);
  expect(estimated / heard).toBeLessThan(1.07);
});

test('a value is spoken slower too, and the pauses between sentences are longer', async () => {
  const parts = [
    { type: 'value', name: 'x', text: '0725001001', readAs: 'telephone' },
    { type: 'fixed', text: 'です。よろしければ1を。' },
  ] as const;
  const bytes = async (speed: Speed) => {
    const sounds = await prompts.soundsFor(parts, speed);
    return await Promise.all(sounds.map(async (sound) => (await samplesOf(sound)).length));
  };
  const [usual, slower] = [await bytes('usual'), await bytes('slower')];
  expect(slower).toHaveLength(usual.length);
  for (const [index, length] of slower.entries()) expect(length).toBeGreaterThan((usual[index] ?? 0) * 1.1);
});

test('sounds of one pace are never taken for those of the other', async () => {
  const parts = [{ type: 'fixed', text: '納期限のお知らせです。' }] as const;
  const [usual] = await prompts.soundsFor(parts);
  const [slower] = await prompts.soundsFor(parts, 'slower');
  expect(slower).not.toBe(usual);
  expect(await prompts.soundsFor(parts, 'usual')).toEqual([usual]);
});

test('an uploaded sound is heard a quarter longer at the slower pace, at the same pitch', async () => {
  const seconds = 2;
  const tone = Int16Array.from({ length: seconds * 8_000 }, (_, at) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * 500 * at) / 8_000)),
  );
  const { audioId } = await importAudio(wavOf(tone), { tools, audioDir: join(folder, 'uploads') });
  const audio = { type: 'audio', audioId } as const;
  await prompts.prepare([{ parts: [audio], speed: 'slower' }]);
  const [usual = ''] = await prompts.soundsFor([audio]);
  const [slower = ''] = await prompts.soundsFor([audio], 'slower');
  const [before, after] = [await samplesOf(usual), await samplesOf(slower)];
  expect(after.length / before.length).toBeGreaterThan(1.2);
  expect(after.length / before.length).toBeLessThan(1.3);
  expect(crossings(after)).toBeGreaterThan(490);
  expect(crossings(after)).toBeLessThan(510);
  expect(await prompts.audioIds()).toEqual([audioId]);
});

/** Rising zero crossings a second of the middle of a sound: its pitch, Hz. */
function crossings(samples: Int16Array): number {
  const middle = samples.subarray(4_000, 12_000);
  return middle.reduce(
    (sum, sample, at) => sum + (at > 0 && (middle[at - 1] ?? 0) < 0 && sample >= 0 ? 1 : 0),
    0,
  );
}
