import type {
  EmergencyList,
  EmergencyMessage,
  EmergencyNow,
  EmergencyPeriod,
  EmergencyTelephone,
} from '@madoguchi/server/emergency-contract';
import { iso } from './fake-calls.ts';

const AMOUNTS = { none: 0, few: 2, many: 9 } as const;
const HOUR_MS = 3_600_000;
const TEXTS = [
  {
    name: '大雨による閉庁',
    text: '大雨のため、本日は閉庁しています。お急ぎの方は、市役所の代表番号へおかけください。',
  },
  {
    name: '停電',
    text: '停電のため、ただいまシステムが使えません。おそれいりますが、後日おかけ直しください。',
  },
];

export type FakeEmergency = {
  answer(asked: {
    readonly method: string;
    readonly path: string;
    readonly body: Record<string, unknown>;
    readonly amount: keyof typeof AMOUNTS;
    readonly now: number;
  }): { readonly status: number; readonly body: unknown };
};

/** Stands in for the routes of emergency announcements; what is switched stays so. */
export function fakeEmergency(): FakeEmergency {
  const on = new Map<string, EmergencyPeriod>();
  let phoneNumber: string | null = null;
  let pinSetAt: number | null = null;
  return {
    answer({ method, path, body, amount, now }) {
      const messages = Array.from({ length: AMOUNTS[amount] }, (_, nth) => messageOf(nth, now, on));
      if (path === '/api/emergency/now') return { status: 200, body: nowOf(messages) };
      if (path === '/api/emergency' && method === 'GET') return { status: 200, body: listOf(messages, now) };
      if (path === '/api/emergency/telephone/pin') {
        if (method === 'PUT' && /^(.)\1*$|123456/.test(String(body['pin'])))
          return { status: 422, body: PIN_REFUSED };
        pinSetAt = method === 'PUT' ? now : null;
        return { status: 200, body: method === 'PUT' ? { staffNumber: '4821' } : { done: true } };
      }
      if (path === '/api/emergency/telephone') {
        if (method === 'GET')
          return { status: 200, body: telephoneOf({ phoneNumber, pinSetAt }, amount, now) };
        phoneNumber = typeof body['phoneNumber'] === 'string' ? body['phoneNumber'] : null;
        return { status: 200, body: { done: true } };
      }
      const [, id = ''] = /^\/api\/emergency\/([^/]+)/.exec(path) ?? [];
      if (path.endsWith('/on')) {
        const message = messages.find(({ messageId }) => messageId === id);
        if (method === 'DELETE' || message === undefined) on.delete(id);
        else on.set(id, periodOf(message.draft, now, String(body['endsAt'])));
        return { status: 200, body: { done: true } };
      }
      if (method === 'DELETE') return { status: 200, body: { done: true } };
      const { draft } = body;
      const isBlank = typeof draft === 'object' && draft !== null && 'text' in draft && draft.text === '';
      if (isBlank) return { status: 422, body: PROBLEMS };
      return { status: method === 'POST' ? 201 : 200, body: { messageId: 'e0', version: 2 } };
    },
  };
}

const PIN_REFUSED = {
  code: 'pinRefused',
  message: '同じ数字や、続き番号、繰り返しは使えません。ほかの数字にしてください。',
};

const PROBLEMS = {
  code: 'emergencyProblems',
  message: '入力内容に誤りが1か所あります。赤い印のところを直してください。',
  problems: [{ path: 'text', message: '読み上げる文章を、400文字以内で入力してください。' }],
};

function messageOf(nth: number, now: number, on: ReadonlyMap<string, EmergencyPeriod>): EmergencyMessage {
  const { name, text } = TEXTS[nth % 2] ?? { name: '', text: '' };
  return {
    messageId: `e${nth}`,
    draft: {
      name: nth < 2 ? name : `${name}（${nth}）`,
      text: nth < 2 ? text : text.repeat(3),
      afterwards: nth % 2 === 0 ? 'hangUp' : 'goOn',
      phoneNumbers: nth % 2 === 0 ? null : ['0725008128', '0725008129'],
    },
    on: on.get(`e${nth}`) ?? null,
    changedAt: iso(now - 24 * HOUR_MS),
    changedBy: '見本 花子',
    version: 1,
  };
}

function periodOf(said: { name: string; text: string }, now: number, endsAt: string): EmergencyPeriod {
  return {
    name: said.name,
    text: said.text,
    began: iso(now),
    beganBy: '見本 花子',
    beganByTelephone: false,
    endsAt,
    ended: null,
    endedBy: null,
    endedByTelephone: false,
  };
}

const NUMBERS = [
  { phoneNumber: '0725008128', shown: '0725-00-8128', name: '国保 資格給付' },
  { phoneNumber: '0725008129', shown: '0725-00-8129', name: '国保 賦課徴収' },
];

/** With much data somebody is locked and nobody gets in. */
function telephoneOf(
  kept: { readonly phoneNumber: string | null; readonly pinSetAt: number | null },
  amount: keyof typeof AMOUNTS,
  now: number,
): EmergencyTelephone {
  const isMany = amount === 'many';
  const phoneNumber = isMany ? '0725008129' : kept.phoneNumber;
  const setAt = isMany ? now - 48 * HOUR_MS : kept.pinSetAt;
  const own = setAt === null ? null : { staffNumber: '4821', setAt: iso(setAt), isLocked: isMany };
  const others = isMany ? 12 : 0;
  return {
    number: NUMBERS.find((each) => each.phoneNumber === phoneNumber) ?? null,
    version: 1,
    closedUntil: isMany ? iso(now + HOUR_MS / 2) : null,
    own,
    people: [
      ...(own === null ? [] : [{ personId: 'own', name: '見本 花子', isLocked: own.isLocked }]),
      ...Array.from({ length: others }, (_, nth) => ({
        personId: `p${nth}`,
        name: `見本 太郎${nth}`,
        isLocked: nth === 3,
      })),
    ],
  };
}

function listOf(messages: EmergencyMessage[], now: number): EmergencyList {
  const before = now - 90 * 24 * HOUR_MS;
  return {
    messages,
    numbers: [...NUMBERS],
    history: messages.map(({ draft }, nth) => ({
      ...periodOf(draft, before, iso(before + 24 * HOUR_MS)),
      ended: iso(before + HOUR_MS),
      beganByTelephone: nth % 2 === 0,
      endedBy: nth % 2 === 0 ? '見本 太郎' : null,
      endedByTelephone: nth % 2 === 0,
    })),
  };
}

function nowOf(messages: readonly EmergencyMessage[]): EmergencyNow {
  return {
    on: messages.flatMap(({ messageId, draft, on }) =>
      on === null
        ? []
        : [
            {
              messageId,
              name: draft.name,
              text: draft.text,
              afterwards: draft.afterwards,
              numberNames: draft.phoneNumbers === null ? null : ['国保 資格給付', '国保 賦課徴収'],
              endsAt: on.endsAt,
            },
          ],
    ),
  };
}
