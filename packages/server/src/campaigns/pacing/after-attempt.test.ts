import { defaultHolidays } from '@madoguchi/flow';
import { expect, test } from 'vitest';
import { CampaignSettingsSchema } from '../settings.ts';
import { afterAttempt, afterSomebodyElse, type EndedAttempt, type TriedRecipient } from './after-attempt.ts';

const at = (text: string) => Date.parse(`${text}:00+09:00`);
const FIRST: TriedRecipient = { channel: 'call', tries: 0, smsTries: 0, lineFailures: 0 };
/** Tuesday. */
const NOON = at('2026-12-01T12:00');

function after(
  ended: Partial<EndedAttempt>,
  settings: Readonly<Record<string, unknown>> = {},
  recipient: Partial<TriedRecipient> = {},
) {
  const next = afterAttempt({
    settings: CampaignSettingsSchema.parse(settings),
    recipient: { ...FIRST, ...recipient },
    outcome: 'answered',
    answeredBy: null,
    result: null,
    nowMs: NOON,
    holidays: defaultHolidays,
    ...ended,
  });
  if (next.state === 'done') return next.reason;
  const day = new Date(next.nextAtMs + 9 * 3_600_000).toISOString().slice(0, 16);
  return `${next.nextChannel} ${day}`;
}

test('who is busy is called half an hour later, who does not answer three hours later, never after 20:00 nor on a 祝日', () => {
  expect(after({ outcome: 'busy' })).toBe('call 2026-12-01T12:30');
  expect(after({ outcome: 'unanswered' })).toBe('call 2026-12-01T15:00');
  expect(after({ outcome: 'unanswered', nowMs: at('2026-12-01T18:00') })).toBe('call 2026-12-02T09:00');
  // Friday evening; Monday 2027-01-11 is 成人の日
  expect(after({ outcome: 'unanswered', nowMs: at('2027-01-08T18:00') })).toBe('call 2027-01-12T09:00');
});

test('who declined is not called on the same day, even where staff set no interval', () => {
  expect(after({ outcome: 'declined' })).toBe('call 2026-12-04T12:00');
  expect(after({ outcome: 'declined' }, { after: { declined: { again: true, intervalMinutes: 0 } } })).toBe(
    'call 2026-12-02T12:00',
  );
});

test('a number that nobody has, a fax and a wrong number are tried no more, nor written to', () => {
  const both = { channels: 'callThenSms' };
  expect(after({ outcome: 'unassigned' }, both)).toBe('outcome');
  expect(after({ answeredBy: 'fax' }, both)).toBe('outcome');
  expect(after({ answeredBy: 'human', result: 'wrongNumber' }, both)).toBe('outcome');
});

test('an answering machine is tried again unless it counts as reached; somebody else on the line is tried again', () => {
  expect(after({ answeredBy: 'machine' })).toBe('call 2026-12-02T12:00');
  expect(after({ answeredBy: 'machine' }, { machineIsReached: true })).toBe('reached');
  expect(after({ answeredBy: 'human', result: 'absent' })).toBe('call 2026-12-02T12:00');
  expect(after({ answeredBy: 'human', result: 'promised' })).toBe('reached');
});

test('where no line is to be had the person waits ever longer, and is not given up for it', () => {
  const waits = [0, 1, 2, 3, 20].map((lineFailures) =>
    after({ outcome: 'noLine' }, { tries: 1 }, { lineFailures }),
  );
  expect(waits).toEqual([
    'call 2026-12-01T12:01',
    'call 2026-12-01T12:02',
    'call 2026-12-01T12:04',
    'call 2026-12-01T12:08',
    'call 2026-12-01T16:00',
  ]);
  expect(after({ outcome: 'trunkRefused' }, {}, { tries: 2 })).toBe('call 2026-12-01T12:05');
});

test('the last try is the last: call only ends, call then SMS writes', () => {
  expect(after({ outcome: 'unanswered' }, {}, { tries: 2 })).toBe('triesUsed');
  const both = { channels: 'callThenSms', nextChannelAfterMinutes: 60 };
  expect(after({ outcome: 'unanswered' }, both, { tries: 2 })).toBe('sms 2026-12-01T13:00');
  expect(after({ outcome: 'smsDelivered' }, both, { channel: 'sms', tries: 3 })).toBe('reached');
});

test('SMS then call: who had the text is called after the time set, who could not have it at once', () => {
  const settings = { channels: 'smsThenCall', nextChannelAfterMinutes: 60 * 24 * 3 };
  expect(after({ outcome: 'smsDelivered' }, settings, { channel: 'sms' })).toBe('call 2026-12-04T12:00');
  expect(after({ outcome: 'smsFailed' }, settings, { channel: 'sms' })).toBe('sms 2026-12-01T13:00');
  expect(after({ outcome: 'smsFailed' }, settings, { channel: 'sms', smsTries: 1 })).toBe(
    'call 2026-12-01T12:00',
  );
  expect(after({ outcome: 'smsDelivered' }, { channels: 'sms' }, { channel: 'sms' })).toBe('reached');
});

test('nobody waits for a day after the last one', () => {
  expect(after({ outcome: 'unanswered', nowMs: at('2026-12-01T18:00') }, { lastDay: '2026-12-01' })).toBe(
    'campaignEnded',
  );
});

test('who shared a call in which somebody else was met has used up no try, and is called another day', () => {
  const next = (settings: Readonly<Record<string, unknown>>) =>
    afterSomebodyElse({
      settings: CampaignSettingsSchema.parse(settings),
      recipient: { ...FIRST, tries: 2 },
      outcome: 'answered',
      answeredBy: 'human',
      result: 'promised',
      nowMs: NOON,
      holidays: defaultHolidays,
    });
  const tomorrow = { state: 'waiting', nextChannel: 'call', nextAtMs: at('2026-12-02T12:00'), triesAdded: 0 };
  expect(next({ tries: 3 })).toMatchObject(tomorrow);
  // Also where whoever talked is not called again: the others have not talked.
  expect(next({ after: { answered: { again: false, intervalMinutes: 0 } } })).toMatchObject(tomorrow);
  expect(next({ lastDay: '2026-12-01' })).toMatchObject({ state: 'done', reason: 'campaignEnded' });
});
