import type {
  Reach,
  ResultExport,
  ResultPreview,
  ResultTotals,
} from '@madoguchi/server/campaign-result-contract';
import { iso } from './fake-calls.ts';
import type { CampaignRequest } from './fake-campaigns.ts';

const SHA = '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';
const CLERK = { personId: 'u1', name: '見本 花子' };

function totals(amount: CampaignRequest['amount'], now: number): ResultTotals {
  const times = amount === 'none' ? 0 : amount === 'few' ? 1 : 12;
  return {
    campaignId: 'campaign-ended',
    campaignName: '国保料 令和8年度4期 納期限のお知らせ',
    at: iso(now),
    recipients: {
      total: 1_234 * times,
      waiting: 0,
      inProgress: 0,
      done: 1_180 * times,
      removed: 54 * times,
      reached: 702 * times,
    },
    results: [
      { result: 'promised', label: '納付約束', recipients: 212 * times },
      { result: 'paid', label: '納付済み', recipients: 104 * times },
      { result: 'consultation', label: '相談希望', recipients: 38 * times },
      { result: 'absent', label: '本人不在', recipients: 61 * times },
      { result: 'wrongNumber', label: '番号違い', recipients: 12 * times },
      { result: 'notIdentified', label: '本人確認できず', recipients: 25 * times },
      { result: 'informed', label: '案内を聞いた', recipients: 288 * times },
      { result: 'transferred', label: '職員が対応', recipients: 19 * times },
      { result: 'optedOut', label: '連絡を希望しない', recipients: 3 * times },
    ],
    withoutResult: 472 * times,
    outcomes: [
      { channel: 'call', outcome: 'answered', label: '応答', attempts: 702 * times },
      { channel: 'call', outcome: 'unanswered', label: '応答なし', attempts: 801 * times },
      { channel: 'call', outcome: 'busy', label: '話し中', attempts: 88 * times },
      { channel: 'sms', outcome: 'smsDelivered', label: 'SMS着信', attempts: 310 * times },
      { channel: 'sms', outcome: 'smsFailed', label: 'SMS不達', attempts: 21 * times },
    ],
    answeredBy: [
      { answeredBy: 'human', label: '人', attempts: 540 * times },
      { answeredBy: 'machine', label: '留守番電話', attempts: 160 * times },
    ],
    promises:
      times === 0
        ? []
        : [
            { day: '2026-12-15', recipients: 90 * times },
            { day: '2026-12-28', recipients: 101 * times },
            { day: null, recipients: 21 * times },
          ],
    notExported: 640 * times,
    exported: times === 0 ? 0 : 1_282,
  };
}

/** Two weeks of calls from 9 to 19 where there is much, a few hours otherwise. */
function reach(amount: CampaignRequest['amount'], now: number): Reach {
  const hours = { none: 0, few: 4, many: 14 * 24 }[amount];
  const begin = Math.floor(now / 3_600_000) * 3_600_000 - hours * 3_600_000;
  const isCalled = (at: number) => {
    const hour = (new Date(at).getUTCHours() + 9) % 24;
    return amount !== 'many' || (hour >= 9 && hour < 19);
  };
  let reachedSoFar = 0;
  const points = Array.from({ length: hours }, (_, nth) => begin + nth * 3_600_000)
    .filter(isCalled)
    .map((at, nth) => {
      const reached = 40 + ((nth * 37) % 60);
      reachedSoFar += reached;
      return { from: iso(at), calls: 180 + (nth % 7) * 20, texts: 20, answered: 90, reached, reachedSoFar };
    });
  return { step: 'hour', recipients: 14_808, points };
}

function madeExport(nth: number, now: number): ResultExport {
  const name = `kekka_202612${String(10 + nth)}.csv`;
  return {
    exportId: `export-${nth}`,
    campaignId: 'campaign-ended',
    campaignName: '国保料 令和8年度4期 納期限のお知らせ',
    exportNo: nth + 1,
    repeats: nth === 1 ? { exportId: 'export-0', exportNo: 1 } : null,
    repeatReason: nth === 1 ? '基幹システムでの取り込みに失敗したため' : null,
    filesUntil: iso(now + (nth === 0 ? -2 : 28) * 86_400_000),
    filesAreGone: nth === 0,
    state: 'ready',
    mappingName: '標準の結果ファイル',
    format: 'csv',
    encoding: 'cp932',
    madeAt: iso(now - (10 - nth) * 3_600_000),
    madeBy: CLERK,
    attempts: 641,
    notes: null,
    files: [
      {
        kind: 'data',
        name,
        sha256: SHA,
        bytes: 61_440,
        rows: 641,
        url: `/api/result-exports/export-${nth}/files/data`,
      },
      {
        kind: 'codes',
        name: 'code.csv',
        sha256: SHA,
        bytes: 512,
        rows: 14,
        url: `/api/result-exports/export-${nth}/files/codes`,
      },
      {
        kind: 'manifest',
        name: 'manifest.json',
        sha256: SHA,
        bytes: 800,
        rows: null,
        url: `/api/result-exports/export-${nth}/files/manifest`,
      },
    ],
    deliveries:
      nth === 0
        ? [{ kind: 'handedOver', at: iso(now - 30_000_000), by: CLERK, note: '情報政策課 窓口' }]
        : [],
  };
}

const PREVIEW: ResultPreview = {
  headers: [
    '団体コード',
    '宛名番号',
    '税目(科目)コード',
    '賦課年度',
    '期別',
    '接触日時',
    '手段',
    '結果コード',
    '納付約束日',
  ],
  firstRows: Array.from({ length: 12 }, (_, nth) => [
    '272191',
    String(100_200_300 + nth * 17).padStart(10, '0'),
    '09',
    '2026',
    '4',
    '2026-12-02 10:05',
    '1',
    nth % 2 === 0 ? '01' : '07',
    nth % 2 === 0 ? '2026-12-28' : '',
  ]),
  notes: {
    rows: 640,
    substitutions: [{ row: 19, column: '宛名カナ', character: '𠮷', code: 'U+20BB7', substitute: '〓' }],
    substitutionCount: 1,
    formulaLike: [],
    formulaLikeCount: 0,
    emptyColumns: ['相当年度'],
  },
};

/** Stands in for the routes of results. Null: the path is none of theirs. */
export function answerResults({ method, path, amount, now }: CampaignRequest): {
  readonly status: number;
  readonly body: unknown;
} | null {
  const ok = (body: unknown) => ({ status: 200, body });
  if (path.startsWith('/api/result-exports/')) return ok(madeExport(0, now));
  const [, what] =
    /^\/api\/campaigns\/[^/]+\/(results|reach|result-previews|result-exports)$/.exec(path) ?? [];
  if (what === 'results') return ok(totals(amount, now));
  if (what === 'reach') return ok(reach(amount, now));
  if (what === 'result-previews') return ok(PREVIEW);
  if (what !== 'result-exports') return null;
  if (method === 'POST') return { status: 201, body: madeExport(2, now) };
  const count = { none: 0, few: 2, many: 12 }[amount];
  return ok({
    exports: Array.from({ length: count }, (_, nth) => madeExport(count - 1 - nth, now)),
    dropFolder: '/var/lib/madoguchi/deliveries',
  });
}
