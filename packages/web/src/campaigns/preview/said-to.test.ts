import { BundleDraftSchema, LANGUAGE_VERSION } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { saidTo } from './said-to.ts';

const says = (text: string, next: string | null) => ({
  kind: 'announcement',
  prompt: { type: 'text', text },
  next: next === null ? {} : { next },
});
const bundle = BundleDraftSchema.parse({
  bundleId: 'b',
  entryFlowId: 'call',
  flows: {
    call: {
      languageVersion: LANGUAGE_VERSION,
      id: 'call',
      name: '納期限のお知らせ',
      voice: 'nitech',
      startNodeId: 'greeting',
      nodes: {
        greeting: says('見本市役所です。{{today}}にお電話しています。', 'matter'),
        matter: says('金額は、{{金額}}です。', 'goodbye'),
        goodbye: says('失礼いたします。', null),
      },
    },
  },
});
const values = { 金額: { text: '24300', readAs: 'amount' } } as const;
const NOW = Date.parse('2026-12-01T01:00:00Z');

test('in a row one hears what is of each person alone, or all of it, with the person’s values', () => {
  expect(saidTo({ bundle, values }, 'own', NOW)).toMatchObject([
    { text: '金額は、24,300円です。', heard: { examples: { 金額: { text: '24300' } }, voice: 'nitech' } },
  ]);
  expect(saidTo({ bundle, values }, 'all', NOW).map(({ text }) => text)).toEqual([
    '見本市役所です。2026年12月1日にお電話しています。',
    '金額は、24,300円です。',
    '失礼いたします。',
  ]);
  expect(saidTo({ bundle: null, values }, 'all', NOW)).toEqual([]);
});
