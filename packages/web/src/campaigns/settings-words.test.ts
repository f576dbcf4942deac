import { CampaignSettingsSchema } from '@madoguchi/server/campaign-contract';
import { expect, test } from 'vitest';
import { settingsWords } from './settings-words.ts';

const wordsOf = (settings: object) =>
  Object.fromEntries(
    settingsWords(CampaignSettingsSchema.parse(settings)).map(({ name, words }) => [name, words]),
  );

test('who decides reads when and how people are called', () => {
  const words = wordsOf({
    firstDay: '2026-12-01',
    lastDay: '2026-12-11',
    times: { weekdays: [0, 1, 5], from: '10:00', to: '19:00' },
    after: { busy: { again: true, intervalMinutes: 30 }, unassigned: { again: false, intervalMinutes: 0 } },
  });
  expect(words['期間']).toBe('2026年12月1日から2026年12月11日まで');
  expect(words['曜日と時間']).toBe('月・金・日曜日　10:00から19:00まで（祝日は休みます）');
  expect(words['かけ直し方']).toBe('話し中は30分後、欠番にはかけ直さない（ほかはふつうのとおり）');
});

test('what plays no part in the chosen way is left out', () => {
  expect(Object.keys(wordsOf({ channels: 'sms' }))).toEqual(['伝える方法', '期間', '曜日と時間', '折り返し']);
  expect(wordsOf({ channels: 'callThenSms', nextChannelAfterMinutes: 120 })['電話とSMSの間']).toBe(
    '2時間あけます',
  );
});

test('who decides reads for how long people may call back, and what they hear then', () => {
  expect(wordsOf({})['折り返し']).toBe(
    '最後に連絡してから14日間、本人確認をして、配信と同じシナリオを流します',
  );
  expect(wordsOf({ callBackDays: 7, callBackFlowId: 'other' })['折り返し']).toBe(
    '最後に連絡してから7日間、本人確認をして、別に選んだ案内を流します',
  );
  for (const settings of [{ callBackDays: 0 }, { channels: 'sms' }])
    expect(wordsOf(settings)['折り返し']).toBe('番号の案内を、どなたにも同じように流します');
});
