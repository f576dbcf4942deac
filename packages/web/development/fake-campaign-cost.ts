import type { BudgetShown, CapsShown, RateListed } from '@madoguchi/server/campaign-cost-contract';
import type { SuppressionReason, SuppressionShown } from '@madoguchi/server/campaign-suppression-contract';
import { iso } from './fake-calls.ts';

const SUPPRESSED = { none: 0, few: 4, many: 100 } as const;
const FAKE_HOSTS = ['www.city.mihon.lg.jp', 'nouzei.mihon.jp', 'www.eltax.lta.go.jp'];
const DAY_MS = 86_400_000;
const REASONS: readonly SuppressionReason[] = [
  'instalments',
  'domesticViolence',
  'attorneyNotice',
  'deceased',
  'ownWish',
  'deferment',
  'executionStay',
  'specialCollection',
];

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly amount: keyof typeof SUPPRESSED;
  readonly now: number;
};

/** Stands in for the routes of 発信止め and of cost: invented people and prices by the contracts' shapes. */
export function answerCampaignCost({ method, path, body, amount, now }: Asked): {
  readonly status: number;
  readonly body: unknown;
} {
  if (path === '/api/suppressions' && method === 'GET') {
    const suppressions = Array.from({ length: SUPPRESSED[amount] }, (_, nth) => fakeSuppression(nth, now));
    return {
      status: 200,
      body: { suppressions, total: amount === 'many' ? 2345 : suppressions.length, pageSize: 100 },
    };
  }
  if (path.endsWith('/lift')) return { status: 200, body: { done: true } };
  if (path === '/api/suppressions/file')
    return {
      status: 422,
      body: { code: 'suppressionFile', message: '3行目の宛名番号が空です。' },
    };
  if (path === '/api/suppressions') {
    const isThere = body['addresseeNumber'] === '0000012345';
    return { status: 201, body: { added: isThere ? 0 : 1, takenOff: isThere ? 0 : 2, inProgress: 1 } };
  }
  if (method !== 'GET') return { status: 200, body: { done: true } };
  if (path.endsWith('/budget')) return { status: 200, body: fakeBudget(amount, now) };
  if (path.endsWith('/own-hosts'))
    return {
      status: 200,
      body: {
        hosts: { none: [], few: ['www.city.mihon.lg.jp'], many: FAKE_HOSTS }[amount],
        changed: changed(now),
      },
    };
  if (path.endsWith('/caps')) return { status: 200, body: fakeCaps(now) };
  return { status: 200, body: { rates: fakeRates(amount, now) } };
}

const changed = (now: number, by: string | null = '見本 花子') => ({
  changedAt: iso(now - DAY_MS),
  changedBy: by,
  version: 3,
});

function fakeSuppression(nth: number, now: number): SuppressionShown {
  const isLifted = nth % 9 === 5;
  return {
    suppressionId: `sup-${nth}`,
    addresseeNumber: nth % 4 === 3 ? null : String(12_345 + nth * 7).padStart(10, '0'),
    telephone: nth % 4 === 3 || nth % 5 === 1 ? `0265-00-${String(1000 + nth)}` : null,
    reason: REASONS[nth % REASONS.length] ?? 'ownWish',
    note: nth % 3 === 0 ? '令和8年12月の納付相談で分割の約束があったため' : '',
    fromDay: nth === 2 ? '2099-04-01' : '2026-04-01',
    toDay: nth % 2 === 0 ? '2099-05-31' : null,
    phase: isLifted ? 'lifted' : nth === 2 ? 'planned' : 'inForce',
    source: nth % 4 === 3 ? 'call' : nth % 7 === 2 ? 'file' : 'staff',
    addedAt: iso(now - nth * DAY_MS),
    addedBy: nth % 4 === 3 ? null : '見本 花子',
    liftedAt: isLifted ? iso(now) : null,
    liftedBy: isLifted ? '見本 太郎' : null,
  };
}

function fakeBudget(amount: Asked['amount'], now: number): BudgetShown {
  const names = [
    '納税課',
    '国保年金課',
    '介護保険課',
    'こども未来課',
    '住宅政策課',
    '下水道経営課',
    '学校給食課',
  ];
  const used = { none: 0, few: 3_456_780, many: 12_345_678 }[amount];
  const departments = amount === 'none' ? [] : names.slice(0, amount === 'few' ? 2 : 7);
  return {
    budget: {
      monthlyYen: 250_000,
      fixedYen: 86_400,
      receivedYen: 20_000,
      warnPercent: 80,
      shares: departments.slice(0, 3).map((department) => ({ department, yen: 40_000 })),
    },
    changed: changed(now),
    use: {
      month: '2026-12-01',
      usedSen: used,
      reservedSen: amount === 'none' ? 0 : 96_250,
      limitSen: 14_360_000,
      level: amount === 'many' ? 'warning' : 'within',
      departments: departments.map((department, nth) => ({
        department,
        usedSen: Math.round(used / (nth + 2)),
        reservedSen: nth * 8_800,
        limitSen: nth < 3 ? 6_200_000 : null,
        level: nth === 0 && amount === 'many' ? 'usedUp' : 'within',
      })),
    },
  };
}

function fakeCaps(now: number): CapsShown {
  return {
    caps: {
      call: { perDay: 1, per7Days: 3, per30Days: 6 },
      sms: { perDay: 1, per7Days: 2, per30Days: 4 },
    },
    changed: changed(now, null),
  };
}

function fakeRates(amount: Asked['amount'], now: number): readonly RateListed[] {
  const usual = { feeSen: 0, taxPercent: 10, rounding: 'sen', isInForce: true, isRemovable: false } as const;
  const from = '2026-01-01';
  const bundled = changed(now, null);
  const now4: readonly RateListed[] = [
    { ...usual, destination: 'landline', validFrom: from, unitSeconds: 180, unitSen: 800, changed: bundled },
    { ...usual, destination: 'mobile', validFrom: from, unitSeconds: 60, unitSen: 1750, changed: bundled },
    { ...usual, destination: 'ipPhone', validFrom: from, unitSeconds: 180, unitSen: 1080, changed: bundled },
    {
      ...usual,
      destination: 'sms',
      validFrom: from,
      unitSeconds: 1,
      unitSen: 0,
      feeSen: 1500,
      changed: bundled,
    },
  ];
  if (amount === 'none') return [];
  if (amount === 'few') return now4;
  const later = { isInForce: false, isRemovable: true, validFrom: '2099-04-01', changed: changed(now) };
  return now4.flatMap((rate) => [{ ...rate, ...later, unitSen: rate.unitSen + 50 }, rate]);
}
