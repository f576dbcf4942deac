import { expect, test } from 'vitest';
import { check } from './check/check.ts';
import { BundleDraftSchema } from './draft.ts';
import { exampleValuesFor } from './example-values.ts';
import { type AnnouncementContent, libraryLinksIn, withLibrary } from './library.ts';
import { makeRunnable } from './make-runnable.ts';
import { loadPublished } from './runnable.ts';
import { sayPartsOf } from './template.ts';
import { bundleOf, ends, surroundings } from './testing/test-bundle.ts';

const linked = (text: string) => ({ type: 'text', text, announcementId: 'greeting' });
const draft = bundleOf({
  hello: { kind: 'announcement', prompt: linked('古い挨拶です。'), next: { next: 'menu' } },
  menu: {
    kind: 'menu',
    prompt: { type: 'text', text: '終わるには1を押してください。' },
    choices: [{ key: '1' }],
    wrongKey: { retries: 1, prompt: linked('古い挨拶です。') },
    next: { 'key:1': 'bye', wrongKey: 'bye', noKey: 'bye' },
  },
  bye: ends.bye,
});
const library = (content: AnnouncementContent) => new Map([['greeting', content]]);

test('prompts that are tied to the library say what it says now, wherever in a node they stand; the others stay', () => {
  const newest = withLibrary(draft, library({ type: 'text', text: '新しい挨拶です。' }));
  const flow = newest.flows['main'];
  expect(flow?.nodes['hello']).toMatchObject({ prompt: linked('新しい挨拶です。') });
  expect(flow?.nodes['menu']).toMatchObject({
    prompt: { text: '終わるには1を押してください。' },
    wrongKey: { retries: 1, prompt: linked('新しい挨拶です。') },
  });
  expect(draft.flows['main']?.nodes['hello']).toMatchObject({ prompt: linked('古い挨拶です。') });
});

test('a text of the library may become a sound, and the prompt stays tied to it', () => {
  const sound = { type: 'audio', audioId: 'melody', transcript: 'ようこそ' } as const;
  const newest = withLibrary(draft, library(sound));
  expect(newest.flows['main']?.nodes['hello']).toMatchObject({
    prompt: { ...sound, announcementId: 'greeting' },
  });
});

test('a single flow is brought up to date too, and nothing of it is lost', () => {
  const flow = draft.flows['main'];
  if (flow === undefined) throw new Error('no flow');
  expect(withLibrary(flow, new Map())).toEqual(flow);
  expect(libraryLinksIn(flow).map(({ nodeId }) => nodeId)).toEqual(['hello', 'menu']);
});

test('where the announcement was removed its last words stay, and the checker asks staff to decide', () => {
  const newest = withLibrary(draft, new Map());
  expect(newest).toEqual(draft);
  const problems = check(newest, { ...surroundings, announcementIds: [] });
  const removed = problems.filter(({ code }) => code === 'announcementRemoved');
  expect(removed.map(({ nodeId, severity }) => [nodeId, severity])).toEqual([
    ['hello', 'error'],
    ['menu', 'error'],
  ]);
  const present = check(newest, { ...surroundings, announcementIds: ['greeting'] });
  expect(present.map(({ code }) => code)).not.toContain('announcementRemoved');
});

test('a published version says its own copy for ever, also where the library has gone on', () => {
  const made = makeRunnable(draft, surroundings);
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  const published = loadPublished(JSON.parse(JSON.stringify(made.flow)));
  expect(published.node({ flowId: 'main', nodeId: 'hello' })?.prompts).toEqual([linked('古い挨拶です。')]);
});

test('a version of before the library is read as it always was', () => {
  const before = BundleDraftSchema.parse(JSON.parse(JSON.stringify(bundleOf({ bye: ends.bye }))));
  expect(loadPublished(before).bundle).toEqual(bundleOf({ bye: ends.bye }));
});

test('a prompt can be heard before any call gives its values: the date of today in Japan, numbers nobody has, and names', () => {
  const prompt = {
    type: 'text',
    text: '{{today}}、{{受付番号}}、{{金額|amount}}、{{課}}、{{callerNumber}}',
  } as const;
  // 23:30 UTC is the next morning in Japan.
  const values = exampleValuesFor(
    prompt,
    { 受付番号: { text: '0042', readAs: 'digits' } },
    Date.parse('2026-05-31T23:30:00Z'),
  );
  const spoken = sayPartsOf(prompt, values).flatMap((part) =>
    part.type === 'value' ? [`${part.readAs} ${part.text}`] : [],
  );
  expect(spoken).toEqual([
    'date 2026-06-01',
    'digits 0042',
    'amount 12000',
    'text 課',
    'telephone 09000001234',
  ]);
});
