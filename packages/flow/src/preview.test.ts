import { expect, test } from 'vitest';
import { BundleDraftSchema } from './draft.ts';
import { previewOf } from './preview.ts';
import { bundleOf, say } from './testing/test-bundle.ts';

const bundle = BundleDraftSchema.parse({
  ...bundleOf({}),
  flows: {
    main: {
      ...bundleOf({
        greeting: {
          kind: 'announcement',
          title: '名乗り',
          prompt: say('見本市です。'),
          next: { next: 'check' },
        },
        check: {
          kind: 'identityCheck',
          prompt: say('押してください。'),
          wrong: null,
          none: null,
          next: { matched: 'matter', failed: 'bye', none: 'bye' },
        },
        matter: {
          kind: 'announcement',
          title: '用件',
          prompt: say('{{宛名}}様。{{金額}}、{{納期限|date}}です。'),
          next: { next: 'sms' },
        },
        sms: {
          kind: 'sms',
          to: { type: 'caller' },
          text: '{{金額}}のお知らせ',
          next: { accepted: 'bye', notMobile: 'bye', refused: 'bye', unknown: 'bye' },
        },
        bye: { kind: 'end', farewell: say('失礼します。') },
      }).flows['main'],
      recipientValues: [
        { name: '宛名' },
        { name: '金額', readAs: 'amount' },
        { name: '納期限', readAs: 'date' },
      ],
    },
  },
});

test('a recipient’s own values stand where they will be heard, and what is told before the check stands apart', () => {
  const values = {
    宛名: { text: 'ミホン ハナコ', readAs: 'text' },
    金額: { text: '9800', readAs: 'amount' },
  } as const;
  const preview = previewOf(bundle, values, { now: 0, smsText: '{{宛名}}様' });
  const read = preview.nodes.map(({ when, title, said, written }) => [
    when,
    title,
    ...said.map(({ text }) => text),
    ...written,
  ]);
  expect(read).toEqual([
    ['before', '名乗り', '見本市です。'],
    ['before', '本人確認', '押してください。'],
    // The due date is lacking, and so it will be in the call.
    ['after', '用件', 'ミホン ハナコ様。9,800円、です。'],
    ['before', '終了', '失礼します。'],
    ['after', 'SMS送信', '9,800円のお知らせ'],
  ]);
  expect(preview.nodes[2]?.said[0]?.parts).toContainEqual({
    type: 'value',
    name: '金額',
    text: '9800',
    readAs: 'amount',
  });
  expect(preview.sms).toBe('ミホン ハナコ様');
});

test('a campaign without a text message has none', () => {
  expect(previewOf(bundle, {}, { now: 0 }).sms).toBeNull();
});
