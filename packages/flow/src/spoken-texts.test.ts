import { expect, test } from 'vitest';
import { spokenTextsOf } from './spoken-texts.ts';
import { bundleOf, say } from './testing/test-bundle.ts';

test('all that is read aloud is named: announcements, usual wordings, and contents that become values', () => {
  const bundle = bundleOf({
    greeting: {
      kind: 'announcement',
      title: '題名の言葉',
      prompt: say('納期限は{{期限|date}}です。'),
      next: { next: 'set' },
    },
    set: { kind: 'setVariable', variable: '窓口', value: '賦課の窓口', next: { next: 'ask' } },
    ask: { kind: 'askMobileNumber', next: { next: 'sms', wrong: 'end', none: 'end' } },
    sms: { kind: 'sms', to: { type: 'variable', name: 'mobileNumber' }, text: '短い文章', next: {} },
    sound: { kind: 'announcement', prompt: { type: 'audio', audioId: 'a', transcript: '録音の言葉' } },
    half: { kind: 'menu' },
    end: { kind: 'end' },
  });
  const texts = spokenTextsOf(bundle);
  expect(texts.slice(0, 3)).toEqual(['納期限は', 'です。', '賦課の窓口']);
  expect(texts.join()).toContain('携帯電話の番号');
  for (const unspoken of ['期限|', '題名の言葉', '短い文章', '録音の言葉'])
    expect(texts.join()).not.toContain(unspoken);
});
