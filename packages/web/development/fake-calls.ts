import type { CallStory, CallSummary } from '@madoguchi/server/contract';

/** Invented calls. All numbers are ones that nobody has. */

export const FAKE_NUMBERS = [
  {
    phoneNumber: '0725001001',
    shown: '0725-00-1001',
    name: '国保 資格給付',
    state: 'open',
    flowName: '資格給付',
  },
  {
    phoneNumber: '0725001002',
    shown: '0725-00-1002',
    name: '国保 賦課徴収',
    state: 'open',
    flowName: '賦課徴収',
  },
  { phoneNumber: '0725001003', shown: '0725-00-1003', name: '保健総務', state: 'open', flowName: '保健総務' },
] as const;

const ROUTES = [
  {
    path: ['開庁時間の確認', 'はじめのご案内', '用件の選択', '資格の手続き', '職員へ転送'],
    keys: '12',
    outcome: 'transfer',
  },
  {
    path: ['開庁時間の確認', 'はじめのご案内', '用件の選択', '必要書類をSMSで送る'],
    keys: '3',
    outcome: 'sms',
  },
  {
    path: ['開庁時間の確認', 'はじめのご案内', '用件の選択', '納付場所のご案内'],
    keys: '4',
    outcome: 'announcement',
  },
  { path: ['開庁時間の確認', '時間外のご案内', '伝言のお預かり'], keys: '1#', outcome: 'voicemail' },
  { path: ['開庁時間の確認', 'はじめのご案内', '用件の選択'], keys: '', outcome: 'abandoned' },
  {
    path: ['開庁時間の確認', 'はじめのご案内', '用件の選択', '被保険者番号の入力'],
    keys: '212345678#',
    outcome: 'unknown',
  },
] as const;

const KINDS: Readonly<Record<string, string>> = {
  職員へ転送: 'transfer',
  用件の選択: 'menu',
  伝言のお預かり: 'voicemail',
};

/** The `nth` call before `nowMs`: the same for the same arguments. */
export function fakeCall(nth: number, nowMs: number, ended: boolean): CallSummary {
  const number = FAKE_NUMBERS[(nth * 7) % FAKE_NUMBERS.length] ?? FAKE_NUMBERS[0];
  const route = ROUTES[(nth * 5 + Math.floor(nth / 6)) % ROUTES.length] ?? ROUTES[0];
  const far = ended || nth % 12 === 0 ? route.path.length : 1 + (nth % route.path.length);
  const path = route.path.slice(0, far);
  const lastedMs = 35_000 + ((nth * 37) % 300) * 1000;
  const beganAtMs = ended
    ? nowMs - 60_000 - nth * 97_000 - lastedMs
    : nowMs - 4_000 - ((nth * 53) % 240) * 1000;
  const withheld = nth % 11 === 5;
  const last4 = String((nth * 1237) % 10_000).padStart(4, '0');
  const mobile = nth % 3 !== 1;
  return {
    callId: `fake-${ended ? 'e' : 'p'}-${nth}`,
    callDay: japaneseDay(beganAtMs),
    phoneNumber: number.phoneNumber,
    phoneNumberShown: number.shown,
    phoneNumberName: number.name,
    callerNumber: withheld ? null : `${mobile ? '0900000' : '026500'}${last4}`,
    callerShown: withheld ? '非通知' : `${mobile ? '090-0000' : '0265-00'}-${last4}`,
    beganAt: iso(beganAtMs),
    answeredAt: iso(beganAtMs + 300),
    endedAt: ended ? iso(beganAtMs + lastedMs) : null,
    state: ended ? 'ended' : 'inProgress',
    outcome: ended ? route.outcome : null,
    node: {
      nodeId: `node-${far}`,
      title: path.at(-1) ?? '',
      kind: KINDS[path.at(-1) ?? ''] ?? 'announcement',
    },
    keys: far > 2 ? route.keys : '',
    path: [...path],
    isTest: nth % 9 === 4,
    isPlaced: nth % 9 === 7,
    hasRecording: ended && (route.outcome === 'transfer' || route.outcome === 'voicemail'),
    staff: !ended && path.at(-1) === '職員へ転送' ? (nth % 2 === 0 ? 'ringing' : 'talking') : null,
    lastSeq: far * 2,
  };
}

/** A call that went through everything a story can show. */
export function fakeStory(call: CallSummary): CallStory {
  const began = Date.parse(call.beganAt);
  const steps: CallStory['steps'] = [];
  const say = (atMs: number, type: string, nodeTitle: string | null, text: string) =>
    steps.push({ seq: steps.length, atMs, at: iso(began + atMs), type, nodeTitle, text });
  say(
    0,
    'began',
    null,
    `${call.callerShown} から ${call.phoneNumberName ?? ''}（${call.phoneNumberShown}）に電話がかかりました。`,
  );
  say(300, 'answered', null, '電話に出ました。');
  say(310, 'calendarSaid', '開庁時間の確認', '開庁時間の内でした（平日 8時45分から17時15分）。');
  say(
    9_200,
    'announced',
    'はじめのご案内',
    '「お電話ありがとうございます。国民健康保険の窓口です。…」を最後まで流しました。',
  );
  say(
    14_800,
    'keyPressed',
    '用件の選択',
    '「9」が押されました。当てはまる番号がないため、もう一度ご案内しました。',
  );
  say(21_400, 'keyPressed', '用件の選択', '「1」が押されました。');
  say(21_900, 'listSaid', '資格の手続き', '発信元番号は「優先してつなぐ番号」の一覧にありませんでした。');
  say(27_000, 'smsAccepted', '資格の手続き', '必要書類のご案内をSMSで送りました。');
  say(29_500, 'transferRinging', '職員へ転送', '内線 0725-00-2001 を呼び出しました。');
  say(44_500, 'transferFailed', '職員へ転送', '15秒間応答がありませんでした。次の番号を呼び出します。');
  say(45_000, 'transferRinging', '職員へ転送', '内線 0725-00-2002 を呼び出しました。');
  say(49_100, 'transferAnswered', '職員へ転送', '職員が電話に出ました。録音を始めました。');
  if (call.state === 'ended') {
    say(151_000, 'transferEnded', '職員へ転送', '職員との通話が終わりました（発信者が切りました）。');
    say(151_020, 'callerHungUp', null, '発信者が電話を切りました。');
  }
  return {
    call,
    steps,
    recordings: [
      {
        recordingId: 'r1',
        kind: 'transfer',
        state: 'ready',
        durationMs: 102_000,
        audioUrl: '/api/recordings/r1/audio',
      },
    ],
    sms: [
      {
        id: 'sms-1',
        to: '09000000001',
        toShown: '090-0000-0001',
        text: '【○○市】資格の手続きに必要なもの：本人確認書類、マイナンバーがわかるもの、健康保険の資格喪失証明書。受付は平日8時45分から17時15分です。',
        state: 'delivered',
        parts: 1,
        costYen: '8.8',
        createdAt: iso(began + 26_000),
        settledAt: iso(began + 31_000),
      },
    ],
  };
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** 'YYYY-MM-DD' in Japan, which keeps no summer time. */
export function japaneseDay(ms: number): string {
  return new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10);
}
