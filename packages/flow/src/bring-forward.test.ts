import { expect, test } from 'vitest';
import { BundleDraftSchema, LANGUAGE_VERSION } from './draft.ts';
import { makeRunnable } from './make-runnable.ts';
import { loadPublished } from './runnable.ts';
import { bundleOf, ends, say, surroundings } from './testing/test-bundle.ts';
import { TestCall } from './testing/test-call.ts';

const nodes = {
  menu: {
    kind: 'menu',
    prompt: say('窓口は1を。'),
    choices: [{ key: '1' }],
    next: { 'key:1': 'bye', wrongKey: 'hangUp', noKey: 'bye' },
  },
  ...ends,
};
const published = (languageVersion: number, menu: object = {}) => ({
  bundleId: 'old',
  entryFlowId: 'main',
  flows: {
    main: {
      languageVersion,
      id: 'main',
      name: 'main',
      startNodeId: 'menu',
      nodes: { ...nodes, menu: { ...nodes.menu, ...menu } },
    },
  },
});

test('a version published before menus had a repeat key by default goes on as it was: 0 is a mistake, silence is asked about twice', () => {
  const old = loadPublished(published(1));
  expect(new TestCall(old).press('0', '0', '0').branches).toContain('menu:wrongKey');
  const silent = new TestCall(old).announced().silence().announced().silence();
  expect(silent.branches).toEqual([]);
  expect(silent.announced().silence().branches).toEqual(['menu:noKey']);
});

test('what an old version said for itself stays', () => {
  const old = loadPublished(published(1, { repeatKey: '0', noKey: { prompt: say('どうぞ。') } }));
  const call = new TestCall(old).press('0', '0', '0').announced().silence();
  expect(call.said).toBe('どうぞ。窓口は1を。');
  expect(call.announced().silence().branches).toEqual([]);
});

test('a flow of a language that is newer, or none, is refused', () => {
  for (const version of [0, LANGUAGE_VERSION + 1]) {
    expect(BundleDraftSchema.safeParse(published(version)).success).toBe(false);
  }
});

test('what is published has every default written out, so that a default that changes later changes nothing in it', () => {
  const made = makeRunnable(bundleOf(nodes), surroundings);
  const stored = JSON.parse(JSON.stringify(made.ok ? made.flow : null));
  expect(stored.flows.main.nodes.menu).toMatchObject({
    repeatKey: '0',
    slowerKey: null,
    timeoutMs: 10_000,
    interruptible: true,
    noKey: { retries: 1, prompt: null },
    wrongKey: { retries: 2, prompt: null },
  });
  expect(loadPublished(stored).bundle).toEqual(stored);
});
