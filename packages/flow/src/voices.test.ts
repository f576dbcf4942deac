import { expect, test } from 'vitest';
import { difference } from './difference/difference.ts';
import { type BundleDraft, BundleDraftSchema } from './draft.ts';
import { exportFlows } from './exchange/export-flows.ts';
import { readFlowFile } from './exchange/read-flow-file.ts';
import { makeRunnable } from './make-runnable.ts';
import { loadPublished } from './runnable.ts';
import { isSameFlow } from './same-flow.ts';
import { bundleOf, ends, surroundings } from './testing/test-bundle.ts';
import { VOICE_IDS } from './voices.ts';

const twoFlows = bundleOf({ start: { kind: 'goToFlow', flowId: 'other' } }, { other: { bye: ends.bye } });

/** The same with a voice for each flow that is named. */
function speaking(voices: Readonly<Record<string, string>>): BundleDraft {
  const flows = Object.entries(twoFlows.flows).map(([id, flow]) => [id, { ...flow, voice: voices[id] }]);
  return BundleDraftSchema.parse({ ...twoFlows, flows: Object.fromEntries(flows) });
}

const problemsOf = (bundle: BundleDraft) =>
  makeRunnable(bundle, { ...surroundings, voiceIds: VOICE_IDS }).problems.map(
    ({ flowId, code, message }) => `${flowId} ${code} ${message}`,
  );

test('a call is spoken to in the voice of the flow where it began, also in the flows that it goes on to', () => {
  expect(loadPublished(speaking({ main: 'nitech', other: 'mei' })).voice).toBe('nitech');
  expect(loadPublished(speaking({ other: 'nitech' })).voice).toBeUndefined();
});

test('a voice that this house does not have stands in the way of publishing, by its name, where calls would hear it', () => {
  expect(problemsOf(speaking({ main: 'robot' }))).toEqual([
    'main unknownVoice 声「robot」は、ここでは使えません。',
  ]);
  expect(problemsOf(speaking({ main: 'nitech', other: 'robot' }))).toEqual([]);
  expect(problemsOf(twoFlows)).toEqual([]);
});

test('who must answer for a version is told that the voice changes, and to which', () => {
  const voiceChange = (before: BundleDraft, after: BundleDraft) =>
    difference(before, after).flatMap(({ settings }) => settings);
  const male = speaking({ main: 'nitech' });
  expect(voiceChange(twoFlows, male)).toEqual([{ setting: '声', before: 'いつもの声', after: '男性の声' }]);
  expect(voiceChange(male, twoFlows)).toEqual([{ setting: '声', before: '男性の声', after: 'いつもの声' }]);
  expect(voiceChange(male, male)).toEqual([]);
  const [before, after] = [twoFlows.flows['main'], male.flows['main']];
  expect(before !== undefined && after !== undefined && isSameFlow(before, after)).toBe(false);
});

test('a file for flows keeps the voice', () => {
  const { flows } = speaking({ main: 'nitech' });
  const made = exportFlows({
    exportedAt: '2026-04-01T09:00:00+09:00',
    flows: Object.values(flows),
    announcements: [],
    readings: [],
  });
  const reading = readFlowFile(made.ok ? made.text : '');
  expect(reading.ok && reading.file.flows.map(({ voice }) => voice)).toEqual(['nitech', undefined]);
});
