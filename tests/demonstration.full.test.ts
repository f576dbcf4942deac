import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPublished, preparablePartsOf } from '@madoguchi/flow';
import { cacheRoot, provision } from '@madoguchi/telephony';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Demonstrated, demonstrate } from '../demo/demonstrate.ts';
import { type ExpectedSounds, expectedSounds } from '../demo/expected-sounds.ts';
import { openToday } from '../demo/open-today.ts';
import { demoScenarios, type Scenario } from '../demo/scenarios.ts';
import { SAMPLE_NUMBERS, sampleBundle, sampleCalendar } from '../packages/server/src/flows/index.ts';
import { openSpeech } from '../packages/server/src/main/open-speech.ts';
import { type PromptStore, speechToolsFrom } from '../packages/server/src/speech/index.ts';
import { type HouseUnderTest, startHouseUnderTest } from './setup/house-under-test.ts';

/** The judge of `npm run demo -- --once` must see what goes wrong: each test breaks one thing and asks for a bad verdict. */
const [announcement, sms, transfer] = demoScenarios();
let under: HouseUnderTest;
let promptsDir: string;
let own: PromptStore;
let sounds: ExpectedSounds;

beforeAll(async () => {
  promptsDir = await ownSampleSounds();
  under = await startHouseUnderTest({
    laySamples: true,
    sampleCalendar: openToday(sampleCalendar(), Date.now()),
    promptsDir,
  });
  own = await openSpeech(
    { ...under.house.settings, promptsDir: join(cacheRoot(), 'test-judge-prompts') },
    [],
  );
  sounds = expectedSounds(own);
}, 300_000);

afterAll(async () => {
  own?.close();
  await under?.stop();
  await rm(promptsDir, { recursive: true, force: true });
});

test('all three calls are judged good when nothing is wrong', { timeout: 180_000 }, async () => {
  const calls = await run([announcement, sms, transfer]);
  expect(badVerdicts(calls)).toEqual([]);
});

test('an engine that sends silence is seen', { timeout: 120_000 }, async () => {
  const restore = await spoil(async (path) => {
    const sound = await readFile(path);
    // 0xff is silence in µ-law, 0xd5 in A-law.
    await writeFile(path, Buffer.alloc(sound.length, path.endsWith('.ulaw') ? 0xff : 0xd5));
  });
  const calls = await run([sms]);
  await restore();
  expect(badVerdicts(calls)).toContain('音が届いた');
});

test('two exchanged prompts are seen', { timeout: 120_000 }, async () => {
  const first = await productSound(announcement, 0);
  const second = await productSound(announcement, 2);
  const restore = await spoil(async (path) => {
    const ending = path.slice(path.lastIndexOf('.'));
    if (path === `${first}${ending}`)
      await writeFile(path, originals.get(`${second}${ending}`) ?? Buffer.alloc(0));
    if (path === `${second}${ending}`)
      await writeFile(path, originals.get(`${first}${ending}`) ?? Buffer.alloc(0));
  });
  const calls = await run([announcement]);
  await restore();
  expect(badVerdicts(calls).some((what) => what.startsWith('聞こえた'))).toBe(true);
});

test('a staff telephone that is not heard is seen, on the line and in the recording', {
  timeout: 120_000,
}, async () => {
  const calls = await run([transfer], { muteStaff: true });
  expect(badVerdicts(calls)).toEqual(
    expect.arrayContaining(['職員の声が市民に届いた', '録音の右に職員の声がある']),
  );
});

function run(scenarios: readonly Scenario[], faults = {}): Promise<readonly Demonstrated[]> {
  return demonstrate(under.house, { citizen: under.citizen, staff: under.staff }, sounds, scenarios, faults);
}

function badVerdicts(calls: readonly Demonstrated[]): readonly string[] {
  return calls.flatMap(({ verdicts }) =>
    verdicts.filter((verdict) => !verdict.ok).map((verdict) => verdict.what),
  );
}

/** The samples' sounds in a folder of the test's own, since it spoils them; made once for all runs, then copied. */
async function ownSampleSounds(): Promise<string> {
  const shared = join(cacheRoot(), 'test-prompts');
  const tools = speechToolsFrom(await provision(['openJtalk', 'ffmpeg'], () => undefined));
  const store = await openSpeech({ speech: tools, promptsDir: shared, uploadsDir: shared }, []);
  for (const sample of SAMPLE_NUMBERS) {
    await store.prepare(preparablePartsOf(loadPublished(sampleBundle(sample, 'samples'))));
  }
  store.close();
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-sounds-'));
  await cp(join(shared, 'fixed'), join(folder, 'fixed'), { recursive: true });
  return folder;
}

/** What the product's sounds were before a test spoilt them. */
const originals = new Map<string, Buffer>();

/** Changes every sound of the product; the returned function puts all of them back. */
async function spoil(change: (path: string) => Promise<void>): Promise<() => Promise<void>> {
  const folder = under.house.settings.promptsDir;
  const names = await readdir(folder, { recursive: true });
  const paths = names.filter((name) => /\.(ulaw|alaw)$/.test(name)).map((name) => join(folder, name));
  for (const path of paths) originals.set(path, await readFile(path));
  for (const path of paths) await change(path);
  return async () => {
    for (const path of paths) await writeFile(path, originals.get(path) ?? Buffer.alloc(0));
  };
}

/** The product's file of the first sentence of a scenario's step, without ending. */
async function productSound(scenario: Scenario, step: number): Promise<string> {
  const text = scenario.steps[step]?.text ?? '';
  const store = await openSpeech(under.house.settings, []);
  const [path] = await store.soundsFor([{ type: 'fixed', text }]);
  store.close();
  if (path === undefined) throw new Error('the step says nothing');
  return path;
}
