import { randomBytes } from 'node:crypto';
import { type CallContext, type CallEvent, loadPublished } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { END, oneFlow } from '../../../../../tests/setup/test-flows.ts';
import type { EventRow } from '../call-record.ts';
import { Conversation } from '../conversation.ts';
import { createEventSeal } from '../event-seal.ts';
import { TestClock } from '../test-clock.ts';
import { heardIn } from './heard.ts';

/** Greets, asks for the birthday by secret keys, reads them back, and only then says what it is about. */
const SCENARIO = oneFlow('scenario', {
  greeting: {
    kind: 'announcement',
    title: 'あいさつ',
    prompt: { type: 'text', text: '市役所からのご案内です。' },
    interruptible: true,
    next: { next: 'birthday' },
  },
  birthday: {
    kind: 'digits',
    title: '本人確認',
    prompt: { type: 'text', text: '誕生日を4桁で押してください。' },
    variable: '誕生日',
    minLengthDigits: 4,
    maxLengthDigits: 4,
    readBack: { prompt: { type: 'text', text: '{{誕生日}}ですね。よろしければ1を押してください。' } },
    secret: true,
    next: { next: 'matter', wrong: 'end', none: 'end' },
  },
  matter: {
    kind: 'announcement',
    title: '用件',
    prompt: { type: 'text', text: '{{税目}}{{金額}}の納期限は{{納期限}}です。' },
    interruptible: true,
    next: { next: 'sound' },
  },
  sound: {
    kind: 'announcement',
    title: 'お知らせ',
    prompt: { type: 'audio', audioId: 'sound', transcript: 'ご確認をお願いします。' },
    interruptible: false,
    next: { next: 'end' },
  },
  end: END,
});
const VALUES = {
  税目: { text: '固定資産税', readAs: 'text' },
  金額: { text: '12000', readAs: 'amount' },
  納期限: { text: '2026-12-25', readAs: 'date' },
} as const;

/** A call that was answered, as the telephone's process keeps it: `rows` is what lies in the log afterwards. */
function call({ isPlaced }: { readonly isPlaced: boolean }) {
  const bundle = loadPublished(SCENARIO);
  const clock = new TestClock();
  const rows: EventRow[] = [];
  const context: CallContext = {
    callId: 'att-1',
    phoneNumber: '0725001001',
    callerNumber: '09000000001',
    callerKind: 'mobile',
    bundleId: 'scenario',
    beganAt: new Date(clock.now()).toISOString(),
    ...(isPlaced ? { placed: { campaignId: 'c', recipientId: 1, attemptId: 'att-1', values: VALUES } } : {}),
  };
  const conversation = new Conversation({ bundle, context, sipCallId: null }, null, {
    clock,
    callNode: 'test',
    seal: createEventSeal([{ id: 'test', key: randomBytes(32).toString('base64') }]).seal,
    append: async ({ event }) => void rows.push(event),
    perform: () => undefined,
    recordingFor: () => null,
    dueAt: () => 0,
    onEnded: () => undefined,
  });
  const happens = (event: CallEvent, afterMs = 0) => {
    clock.pass(afterMs);
    conversation.receive(event);
  };
  happens({ type: 'began', context });
  happens({ type: 'answered' });
  return {
    rows,
    happens,
    /** What is being said comes to its end. */
    saidAfter: (ms: number) => happens({ type: 'announced', id: conversation.state?.prompt?.id ?? -1 }, ms),
    presses: (keys: string, afterMs: number) => {
      for (const key of keys)
        if (key === '0' || key === '1' || key === '2') happens({ type: 'keyPressed', key }, afterMs);
    },
  };
}

test('each announcement is told word for word with how far it was heard, also behind the sealed keys of the identity check', () => {
  const { rows, happens, saidAfter, presses } = call({ isPlaced: true });
  saidAfter(2_500);
  presses('0102', 1_000);
  presses('1', 3_000);
  happens({ type: 'callerHungUp', q850Cause: 16 }, 4_200);
  const told = heardIn(rows).map(({ nodeTitle, text, played, playedMs }) => [
    nodeTitle,
    text,
    played,
    playedMs,
  ]);
  expect(told).toEqual([
    ['あいさつ', '市役所からのご案内です。', 'whole', 2_500],
    ['本人確認', '誕生日を4桁で押してください。', 'cutShort', 1_000],
    ['本人確認', '●●●ですね。よろしければ1を押してください。', 'cutShort', 3_000],
    ['用件', '固定資産税12,000円の納期限は2026年12月25日です。', 'cutShort', 4_200],
  ]);
  expect(JSON.stringify(rows)).not.toContain('0102');
});

test('a registered sound is told by what staff wrote it says', () => {
  const { rows, saidAfter, presses } = call({ isPlaced: true });
  saidAfter(2_500);
  presses('0102', 1_000);
  presses('1', 3_000);
  saidAfter(5_000);
  saidAfter(1_500);
  expect(heardIn(rows).at(-1)).toMatchObject({
    text: 'ご確認をお願いします。',
    played: 'whole',
    playedMs: 1_500,
  });
});

test('where nobody saw the end of an announcement, nobody says how far it was heard', () => {
  const lost = call({ isPlaced: true });
  lost.happens({ type: 'callLost' }, 9_000);
  expect(heardIn(lost.rows)).toMatchObject([{ played: 'unknown', playedMs: null }]);
  const silent = call({ isPlaced: true });
  silent.happens({ type: 'actionFailed', id: 1, reason: 'soundMissing' }, 20);
  expect(heardIn(silent.rows)[0]).toMatchObject({
    text: '市役所からのご案内です。',
    played: 'unknown',
    playedMs: null,
  });
});

test('calls that citizens place are kept without their announcements', () => {
  const { rows, saidAfter } = call({ isPlaced: false });
  saidAfter(2_500);
  expect(rows.every(({ spoken }) => spoken === null)).toBe(true);
});
