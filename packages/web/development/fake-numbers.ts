import type { NumberShown, NumberState, Planned, TestCaller } from '@madoguchi/server/number-contract';
import { iso } from './fake-calls.ts';

const AMOUNTS = { none: 0, few: 3, many: 14 } as const;
const DAY_MS = 86_400_000;
const STATES: readonly NumberState[] = ['live', 'stopped', 'test', 'preparing'];

/** Stands in for the routes of phone numbers: invented ones by the contract's shapes. Null: it is none of these. */
export function answerNumbers(asked: {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly amount: keyof typeof AMOUNTS;
  readonly now: number;
}): { readonly status: number; readonly body: unknown } | null {
  const { method, path, body, amount, now } = asked;
  const count = AMOUNTS[amount];
  if (path === '/api/test-callers' && method === 'GET')
    return { status: 200, body: { testCallers: Array.from({ length: count }, (_, nth) => fakeCaller(nth)) } };
  if (path.startsWith('/api/test-callers')) return { status: 200, body: { done: true } };
  if (path === '/api/phone-numbers' && method === 'GET') {
    const numbers = Array.from({ length: count }, (_, nth) => fakeNumber(nth, now));
    return {
      status: 200,
      body: {
        numbers,
        calendars: [{ calendarId: 'city-hall', name: '市役所の開庁時間' }],
        preparingText: 'この番号は、ただいま準備中です。',
      },
    };
  }
  if (path.endsWith('/plans') && method === 'GET') return { status: 200, body: { plans: SETTLED(now) } };
  if (path.endsWith('/plans')) return { status: 201, body: { planId: 9 } };
  if (path.includes('/plans/')) return { status: 200, body: { done: true } };
  const { draft } = body;
  const fields = new Map<string, unknown>(
    typeof draft === 'object' && draft !== null ? Object.entries(draft) : Object.entries(body),
  );
  if (fields.get('forwardTo') === '0725-00-8128') return { status: 422, body: LEADS_BACK };
  if (fields.get('name') === 'ほかの人') return { status: 409, body: CHANGED };
  return { status: method === 'POST' ? 201 : 200, body: { phoneNumber: '0725008128', version: 4 } };
}

const LEADS_BACK = {
  code: 'numberProblems',
  message: '入力内容に誤りが1か所あります。赤い印のところを直してください。',
  problems: [
    {
      path: 'forwardTo',
      message:
        'この番号は、このシステムで受けている電話番号です。転送した電話がここへ戻ってきてしまいます。職員の電話など、ほかの番号を入力してください。',
    },
  ],
};
const CHANGED = {
  code: 'changedMeanwhile',
  message: 'ほかの人が、この間に設定を変更しました。入力した内容はこの画面に残っています。',
};

const SETTLED = (now: number) => [
  {
    planId: 1,
    state: 'live',
    dueAt: iso(now - 3 * DAY_MS),
    createdBy: '見本 花子',
    result: 'done',
    reason: null,
  },
];

const PLANNED = (now: number): Planned[] => [
  {
    type: 'version',
    proposalId: 'proposal-0',
    flowName: '国民健康保険 資格・給付',
    isApproved: false,
    at: iso(now + DAY_MS),
    by: '見本 太郎',
  },
  { type: 'state', planId: 7, state: 'stopped', at: iso(now + 2 * DAY_MS), by: '見本 花子' },
  { type: 'opening', day: '2027-04-01', at: '2027-03-31T15:00:00.000Z' },
  {
    type: 'version',
    proposalId: 'proposal-1',
    flowName: '国民健康保険 とても長い名前の付いた出張所と図書館と公民館をまとめた窓口',
    isApproved: true,
    at: null,
    by: '見本 太郎',
  },
];

function fakeNumber(nth: number, now: number): NumberShown {
  const digits = `07250081${28 + nth}`;
  const names = ['国保 資格給付', '国保 賦課徴収', '国保 保健総務'];
  const state = STATES[nth % STATES.length] ?? 'live';
  return {
    phoneNumber: digits,
    shown: `0725-00-81${28 + nth}`,
    state,
    isForSwitching: nth === 1,
    draft: {
      name: names[nth] ?? `番号${nth + 1}：とても長い名前の付いた出張所と図書館と公民館をまとめた窓口`,
      opensOn: nth === 2 ? '2027-04-01' : null,
      forwardTo: nth < 2 ? '0725-00-9129' : '',
      fallbackNumber: '0725-00-9128',
      calendarId: 'city-hall',
      presented: nth === 0 ? 'number' : 'trunk',
      presentedNumber: nth === 0 ? '0725-00-8128' : '',
      maxCalls: nth === 0 ? '5' : '',
      whenFull: 'announcement',
      recordingEnabled: nth !== 1,
    },
    inForce:
      nth % 4 === 3
        ? null
        : {
            bundleId: `${digits}-1`,
            name: names[nth % 3] ?? '',
            comment: '令和9年度の様式に合わせた',
            publishedAt: iso(now - 9 * DAY_MS),
          },
    trial:
      nth === 2
        ? { bundleId: 'trial-1', flowId: 'levy', name: '国保 賦課徴収', orderedAt: iso(now - DAY_MS) }
        : null,
    recordingNotices: ['この通話は、応対の記録のために録音します。'],
    planned: nth === 0 ? PLANNED(now) : [],
    approval: { steps: nth === 0 ? 1 : nth % 4, setBy: nth === 0 ? null : '見本 花子' },
    changedAt: iso(now - DAY_MS),
    changedBy: '見本 花子',
    version: 3,
  };
}

function fakeCaller(nth: number): TestCaller {
  return {
    number: `0900000001${nth % 10}`,
    shown: `090-0000-00${10 + nth}`,
    note: nth === 0 ? '担当係長の携帯' : '委託先の試験電話',
    fromDay: null,
    toDay: nth === 1 ? '2026-03-31' : null,
    isValidNow: nth !== 1,
    version: 1,
  };
}
