import { type BundleDraft, BundleDraftSchema, LANGUAGE_VERSION } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { textsFor } from './texts-for.ts';

const says = (text: string, next: string | null) => ({
  kind: 'announcement',
  title: text.slice(0, 4),
  prompt: { type: 'text', text },
  next: next === null ? {} : { next },
});

const bundle: BundleDraft = BundleDraftSchema.parse({
  bundleId: 'b',
  entryFlowId: 'call',
  flows: {
    call: {
      languageVersion: LANGUAGE_VERSION,
      id: 'call',
      name: '納期限のお知らせ',
      startNodeId: 'greeting',
      nodes: {
        greeting: says('見本市役所です。', 'check'),
        check: { kind: 'identityCheck', next: { matched: 'matter', failed: 'goodbye' } },
        matter: says('金額は、{{金額}}です。{{名前}}', 'goodbye'),
        goodbye: says('失礼いたします。', null),
        island: says('だれも聞きません。', null),
      },
    },
  },
});
const NOW = Date.parse('2026-12-01T01:00:00Z');

test('what a wrong person could hear too stands before the check, and only what the right one hears after it', () => {
  const nodes = textsFor(bundle, { 金額: { text: '24300', readAs: 'amount' } }, NOW);
  const texts = nodes.map(({ when, said }) => [when, said.map(({ text }) => text).join('')]);
  expect(texts).toContainEqual(['before', '見本市役所です。']);
  expect(texts).toContainEqual(['before', '失礼いたします。']);
  expect(texts.filter(([when]) => when === 'after')).toEqual([
    ['after', expect.stringContaining('金額は、24,300円です。')],
  ]);
});

test('what no call comes to is not shown', () => {
  expect(JSON.stringify(textsFor(bundle, {}, NOW))).not.toContain('だれも聞きません');
});
