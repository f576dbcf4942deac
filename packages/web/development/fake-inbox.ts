import type {
  CallBackground,
  CallNote,
  Citizen,
  CitizenEntry,
  InboxDetail,
  InboxItem,
  NoteChoices,
  OwnPlacedCall,
  PlacedCall,
} from '@madoguchi/server/inbox-contract';
import { FAKE_NUMBERS, fakeCall, fakeStory, iso } from './fake-calls.ts';

/** Invented inbox, notes and citizens. All numbers are ones that nobody has. */

const HOUR_MS = 3_600_000;
const PEOPLE = [
  { personId: 'u1', name: '見本 花子' },
  { personId: 'u2', name: '例 太郎' },
  { personId: 'u3', name: '試験 次郎' },
] as const;
const MEMOS = [
  '',
  '11時に一度かけましたが、お出になりませんでした。',
  '納付書の再発行を希望。住所の変更あり。午後にもう一度かけます。',
] as const;

export const FAKE_PEOPLE = { people: PEOPLE };
export const FAKE_COMPLAINTS = { numbers: ['09000000000', '09000001237', '09000004948'] };

const fakePlacedCall = (at: string, changes: Partial<PlacedCall> = {}): PlacedCall => ({
  placedCallId: `placed-${at}`,
  person: PEOPLE[0],
  citizenNumber: '09000001237',
  citizenShown: '090-0000-1237',
  state: 'ended',
  reason: null,
  at,
  talkMs: 130_000,
  ...changes,
});

/** Calling: none so far, one that rings, one that is a talk. */
export function fakeOwnCall(state: PlacedCall['state'] | null, nowMs: number): OwnPlacedCall {
  return {
    telephone: state === null ? null : { number: '0725009001', shown: '0725-00-9001' },
    call:
      state === null
        ? null
        : fakePlacedCall(iso(nowMs), { state, talkMs: state === 'talking' ? 130_000 : null }),
  };
}

/** The `nth` item, by due time; the first few are overdue. */
export function fakeItem(nth: number, nowMs: number): InboxItem {
  const number = FAKE_NUMBERS[nth % FAKE_NUMBERS.length] ?? FAKE_NUMBERS[0];
  const last4 = String((nth * 1237) % 10_000).padStart(4, '0');
  const nameless = nth % 7 === 4;
  const dueMs = nowMs + (nth - 2) * 1.7 * HOUR_MS;
  const taken = nth % 3 === 1;
  return {
    itemId: `item-${nth}`,
    kind: nth % 2 === 0 ? 'callBack' : nth % 5 === 3 ? 'noMoreCalls' : 'voicemail',
    callId: `fake-e-${nth}`,
    phoneNumber: number.phoneNumber,
    phoneNumberShown: number.shown,
    phoneNumberName: number.name,
    callBackNumber: nameless ? null : `0900000${last4}`,
    callBackShown: nameless ? '番号なし' : `090-0000-${last4}`,
    wishedTime: nth % 2 === 0 ? (nth % 4 === 0 ? '午前中' : '13時から15時') : null,
    state: taken ? 'inProgress' : 'open',
    assignee: taken ? (PEOPLE[nth % PEOPLE.length] ?? null) : null,
    dueAt: iso(dueMs),
    isOverdue: dueMs <= nowMs,
    memo: MEMOS[nth % MEMOS.length] ?? '',
    resultMemo: '',
    createdAt: iso(nowMs - (nth + 3) * HOUR_MS),
    changedAt: iso(nowMs - HOUR_MS),
    version: taken ? 2 : 1,
  };
}

export function fakeItemDetail(nth: number, nowMs: number): InboxDetail {
  const item = fakeItem(nth, nowMs);
  return {
    item,
    recordings:
      item.kind === 'voicemail'
        ? [
            {
              recordingId: 'r1',
              kind: 'voicemail',
              state: 'ready',
              durationMs: 42_000,
              audioUrl: '/api/recordings/r1/audio',
            },
          ]
        : [],
    changes:
      item.version === 1
        ? []
        : [
            { version: 1, at: iso(nowMs - 2 * HOUR_MS), person: PEOPLE[0], deed: 'take', to: null },
            { version: 2, at: iso(nowMs - HOUR_MS), person: PEOPLE[0], deed: 'handOver', to: PEOPLE[1] },
          ],
    placedCalls:
      item.version === 1
        ? []
        : [
            fakePlacedCall(iso(nowMs - 1.5 * HOUR_MS), {
              state: 'failed',
              reason: 'citizenBusy',
              talkMs: null,
            }),
            fakePlacedCall(iso(nowMs - 0.5 * HOUR_MS)),
          ],
  };
}

const choice = (choiceId: string, label: string, hidden = false) => ({ choiceId, label, hidden });
export const FAKE_CHOICES: NoteChoices = {
  category: {
    version: 1,
    choices: [
      choice('c1', '資格・加入・脱退'),
      choice('c2', '給付・医療費'),
      choice('c3', '納付・納付相談'),
      choice('c4', '旧制度の手続き', true),
    ],
  },
  result: { version: 1, choices: [choice('r1', '説明して終了'), choice('r2', '折り返し連絡する')] },
};

export const FAKE_NO_NOTE: CallNote = {
  category: null,
  result: null,
  memo: '',
  takenBy: null,
  changedBy: null,
  changedAt: null,
  version: 0,
};

function fakeNote(nowMs: number): CallNote {
  return {
    category: { choiceId: 'c3', label: '納付・納付相談' },
    result: { choiceId: 'r1', label: '説明して終了' },
    memo: '分割納付の手順をご説明しました。申請書を郵送します。',
    takenBy: PEOPLE[1],
    changedBy: PEOPLE[1],
    changedAt: iso(nowMs - HOUR_MS),
    version: 2,
  };
}

export function fakeBackground(nowMs: number, amount: number): CallBackground {
  return {
    numberKind: '携帯電話',
    complaint:
      amount > 1 ? { reason: '説明が人によって違うとのお申し出。', person: PEOPLE[1], at: iso(nowMs) } : null,
    earlier: Array.from({ length: Math.min(5, amount) }, (_, nth) => ({
      call: fakeCall(nth + 3, nowMs, true),
      note: nth % 2 === 0 ? fakeNote(nowMs) : null,
    })),
    inboxItems: amount > 1 ? [fakeItem(0, nowMs), fakeItem(4, nowMs)] : [],
  };
}

/** Every kind of entry, over and over. */
export function fakeCitizen(number: string, nowMs: number, amount: number): Citizen {
  const entries = Array.from({ length: amount }, (_, nth): CitizenEntry => {
    const at = iso(nowMs - (nth + 1) * 7 * HOUR_MS);
    const id = `entry-${nth}`;
    const call = fakeCall(nth, nowMs, true);
    const story = fakeStory(call);
    const [sms] = story.sms;
    if (nth % 4 === 1 && sms !== undefined) return { type: 'sms', id, at, sms };
    if (nth % 8 === 4) return { type: 'placedCall', id, at, placedCall: fakePlacedCall(at) };
    if (nth % 4 === 2) return { type: 'inbox', id, at, item: fakeItem(nth, nowMs) };
    if (nth % 4 === 3) {
      return {
        type: 'complaint',
        id,
        at,
        flagged: true,
        reason: '待ち時間が長いとのお申し出。',
        person: PEOPLE[1],
      };
    }
    return {
      type: 'call',
      id,
      at,
      call,
      note: nth % 8 === 0 ? fakeNote(nowMs) : null,
      recordings: call.hasRecording ? story.recordings : [],
    };
  });
  return {
    number,
    numberShown: '090-0000-1237',
    numberKind: '携帯電話',
    complaint:
      amount > 3 ? { reason: '待ち時間が長いとのお申し出。', person: PEOPLE[1], at: iso(nowMs) } : null,
    entries,
    nextCursor: amount > 20 ? 'next' : null,
  };
}
