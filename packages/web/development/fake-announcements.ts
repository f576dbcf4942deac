import {
  type AnnouncementDetail,
  type AnnouncementShown,
  type DeskCall,
  type ReadingShown,
  type UploadedAudio,
  type Usage,
  UsualVoiceChoiceSchema,
  type VoiceList,
} from '@madoguchi/server/announcement-contract';
import { iso } from './fake-calls.ts';

type Amount = 'none' | 'few' | 'many';
const AMOUNTS = { none: 0, few: 3, many: 40 } as const;
const HOUR_MS = 3_600_000;
const CREDIT =
  'HTS Voice "Mei" © 2009–2013 Nagoya Institute of Technology, released by the MMDAgent Project Team (CC BY 3.0)';
const VOICES: VoiceList['voices'] = [
  { id: 'mei', name: '女性の声', credit: CREDIT },
  { id: 'meiHappy', name: '女性の明るい声', credit: CREDIT },
  {
    id: 'nitech',
    name: '男性の声',
    credit:
      'HTS Voice "NIT ATR503 M001" © 2003–2012 Nagoya Institute of Technology, 2003–2008 Tokyo Institute of Technology (CC BY 3.0)',
  },
];
const CHANGED = {
  code: 'changedMeanwhile',
  message: 'ほかの職員が先に内容を変更しました。新しい内容をご確認ください。入力した内容は消えていません。',
};

const IN_FORCE: Usage = {
  kind: 'inForce',
  flowId: 'main',
  flowName: '国保 資格給付',
  phoneNumberShown: '0725-00-8128',
  phoneNumberName: '国保 資格給付',
  nodes: [{ nodeId: 'hello', title: 'はじめの挨拶' }],
  isNewest: false,
};
const DRAFT: Usage = {
  ...IN_FORCE,
  kind: 'draft',
  phoneNumberShown: null,
  phoneNumberName: null,
  isNewest: true,
};

function fakeAudio(nth: number, now: number): UploadedAudio {
  return {
    audioId: `audio-${nth}`,
    name: ['お待ちいただく間の音楽', '市長のご挨拶', '災害時のお知らせ'][nth] ?? `録音${nth + 1}`,
    durationMs: 12_000 + nth * 7_000,
    levelDb: -20,
    level: (['good', 'low', 'high'] as const)[nth % 3] ?? 'good',
    origin: (['file', 'browser', 'telephone'] as const)[nth % 3] ?? 'file',
    uploadedAt: iso(now - (nth + 1) * HOUR_MS),
    uploadedBy: '見本 花子',
    isUsed: nth === 0,
  };
}

function fakeAnnouncement(nth: number, now: number): AnnouncementShown {
  const isSound = nth % 3 === 1;
  const long = '本日の窓口の受付は終了しました。受付時間は、平日の午前8時45分から午後5時15分までです。';
  return {
    announcementId: `a${nth}`,
    version: nth + 2,
    name: ['お電話のお礼', '市長のご挨拶', '受付時間のご案内'][nth] ?? `ご案内${nth + 1}`,
    content: isSound
      ? { type: 'audio', audioId: `audio-${nth}`, transcript: '市長の見本です。お電話ありがとうございます。' }
      : { type: 'text', text: nth === 0 ? 'お電話ありがとうございます。{{calledName}}です。' : long },
    voiceCredit: isSound ? '秘書課 職員' : CREDIT,
    changedAt: iso(now - (nth + 1) * 24 * HOUR_MS),
    changedBy: '見本 太郎',
    usages: nth % 3 === 0 ? [IN_FORCE, DRAFT] : nth % 3 === 1 ? [{ ...IN_FORCE, isNewest: true }] : [],
  };
}

const HEARD_OTHERWISE: ReadingShown['heardOtherwise'] = [
  { flowId: 'main', flowName: '国保 資格給付', numbersShown: ['0725-00-8128'], reading: 'ウコンコウ' },
  {
    flowId: 'levy',
    flowName: '国保 賦課徴収',
    numbersShown: ['0725-00-8129', '0725-00-8130'],
    reading: null,
  },
];

function fakeReading(nth: number, now: number): ReadingShown {
  const [surface = `言葉${nth}`, reading = 'コトバ'] =
    [
      ['鬱金香', 'チューリップ'],
      ['賦課', 'フカ'],
      ['御手洗町', 'ミタライチョウ'],
    ][nth] ?? [];
  return {
    surface,
    reading,
    version: 1,
    changedAt: iso(now - nth * HOUR_MS),
    changedBy: nth === 1 ? null : '見本 花子',
    announcements: nth === 0 ? ['お電話のお礼'] : [],
    flows: [['国保 資格給付', '国保 賦課徴収'], [], ['国保 賦課徴収']][nth] ?? [],
    heardOtherwise: nth === 0 ? HEARD_OTHERWISE : nth === 2 ? HEARD_OTHERWISE.slice(1) : [],
  };
}

/** What became of the clerk's telephone lately: each look finds it a step further. */
const DESK_STEPS: Readonly<Record<DeskCall['kind'], readonly DeskCall['state'][]>> = {
  listen: ['ordered', 'ringing', 'listening', 'done'],
  record: ['ordered', 'ringing', 'recording', 'reviewing', 'done'],
};

export type FakeAnnouncements = {
  /** Null where the path is none of theirs. */
  answer(request: {
    readonly method: string;
    readonly path: string;
    readonly body: Readonly<Record<string, unknown>>;
    readonly amount: Amount;
    readonly now: number;
  }): { readonly status: number; readonly body: unknown } | null;
};

/** Answers as the API of announcements would; what is saved comes back and is forgotten. */
export function fakeAnnouncements(): FakeAnnouncements {
  let usual: VoiceList['usual'] = 'mei';
  let desk: { kind: DeskCall['kind']; step: number; stopped: boolean } | null = null;

  function deskCall(now: number): DeskCall | null {
    if (desk === null) return null;
    const steps = DESK_STEPS[desk.kind];
    const state = desk.stopped ? 'failed' : (steps[desk.step] ?? 'done');
    desk = { ...desk, step: desk.step + 1 };
    return {
      deskCallId: '0b7a4c7e-0000-4000-8000-000000000001',
      kind: desk.kind,
      state,
      reason: desk.stopped ? 'stopped' : null,
      audio:
        state === 'done' && desk.kind === 'record' ? { ...fakeAudio(2, now), name: '電話機での録音' } : null,
    };
  }

  return {
    answer({ method, path, body, amount, now }) {
      const count = AMOUNTS[amount];
      const ok = (reply: unknown, status = 200) => ({ status, body: reply });
      const announcement = /^\/api\/announcements\/a(\d+)$/.exec(path);
      if (path === '/api/voices/usual') usual = UsualVoiceChoiceSchema.parse(body).voice;
      if (path.startsWith('/api/voices')) return ok({ voices: VOICES, usual } satisfies VoiceList);
      if (path === '/api/announcements' && method === 'GET') {
        const announcements = Array.from({ length: count }, (_, nth) => fakeAnnouncement(nth, now));
        return ok({ announcements });
      }
      if (path === '/api/announcements') return ok({ ...fakeAnnouncement(0, now), ...body, version: 1 }, 201);
      if (announcement !== null && method === 'GET') {
        const shown = fakeAnnouncement(Number(announcement[1]), now);
        const before = { ...shown, version: 1, content: { type: 'text', text: '前の文章です。' } as const };
        const detail: AnnouncementDetail = { announcement: shown, history: [shown, before] };
        return ok(detail);
      }
      if (announcement !== null && method === 'PUT') {
        // Somebody else is always quicker with this name.
        if (body['name'] === 'ほかの人') return { status: 409, body: CHANGED };
        const shown = fakeAnnouncement(Number(announcement[1]), now);
        return ok({ ...shown, ...body, version: shown.version + 1 });
      }
      if (announcement !== null) return ok({ done: true });
      if (path === '/api/audio' && method === 'GET')
        return ok({ audio: Array.from({ length: count }, (_, nth) => fakeAudio(nth, now)) });
      if (path === '/api/audio') return ok({ ...fakeAudio(3, now), name: '新しい音声', level: 'good' }, 201);
      if (path.startsWith('/api/audio/')) return ok({ done: true });
      if (path === '/api/readings' && method === 'GET')
        return ok({
          readings: Array.from({ length: count }, (_, nth) => fakeReading(nth, now)),
          removed:
            count === 0
              ? []
              : [{ surface: '二上山', heardOtherwise: [{ ...HEARD_OTHERWISE[0], reading: 'ニジョウザン' }] }],
        });
      if (path === '/api/readings' && method === 'PUT')
        return ok({ ...fakeReading(0, now), surface: body['surface'], reading: body['reading'] });
      if (path === '/api/readings') return ok({ done: true });
      if (path === '/api/desk-calls/own') return ok({ call: deskCall(now) });
      if (path === '/api/desk-calls') {
        desk = { kind: body['kind'] === 'record' ? 'record' : 'listen', step: 0, stopped: false };
        return ok({ call: deskCall(now) });
      }
      if (path.startsWith('/api/desk-calls/')) {
        if (desk !== null) desk = { ...desk, stopped: true };
        return ok({ call: deskCall(now) });
      }
      return null;
    },
  };
}
