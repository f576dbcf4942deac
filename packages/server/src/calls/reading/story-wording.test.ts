import type { CallContext } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { wordEvent } from './story-wording.ts';

const context: CallContext = {
  callId: 'call-1',
  phoneNumber: '0725001001',
  callerNumber: '09000001234',
  callerKind: 'mobile',
  bundleId: 'test',
  beganAt: '2026-06-01T10:00:00+09:00',
};

function beginning(changes: Partial<CallContext>): string {
  const surroundings = { secret: false, branchLabels: [], cutShort: false, left: [], takenBy: null };
  return wordEvent(
    { type: 'began', context: { ...context, ...changes } },
    { phoneNumberName: '資格給付', ...surroundings },
  );
}

test('the story of a call says at its beginning what kept its flow from having the first word', () => {
  expect(beginning({})).toBe('090-0000-1234から0725-00-1001「資格給付」に着信しました');
  expect(beginning({ forwardedTo: '0725009001' })).toContain(
    '（停止中のため、応答せずに0725-00-9001へ転送します）',
  );
  const prompts = [{ type: 'text' as const, text: '大雨のため閉庁しています。' }];
  expect(beginning({ isTest: true, opening: { prompts, afterwards: 'hangUp' } })).toContain(
    '（試験発信者からの電話です。はじめに緊急アナウンス「大雨のため閉庁しています。」を流し、通話を終えます）',
  );
  expect(beginning({ opening: { prompts, afterwards: 'goOn' } })).toContain('フローへ進みます');
  const placed = { campaignId: 'c', recipientId: 1, attemptId: 'a', values: {} };
  expect(beginning({ placed })).toBe(
    '0725-00-1001「資格給付」から090-0000-1234に電話をかけ、相手が応答しました',
  );
  expect(beginning({ placed: { ...placed, isCallBack: true } })).toContain('に着信しました');
});
