import {
  type LinesInUse,
  TRUNK_PROFILES,
  type TrunkShown,
  type TrunkTestResult,
  trunkDraftOfProfile,
} from '@madoguchi/server/trunk-contract';
import { iso } from './fake-calls.ts';

const AMOUNTS = { none: 0, few: 3, many: 12 } as const;
/** Nothing ever answers there. */
const SILENT_HOST = '192.0.2.255';
const DAY_MS = 86_400_000;

const GOOD = {
  verdict: 'good',
  text: '応答がありました（200 OK）。つながっています。',
  advice: null,
} as const;
const WRONG = {
  verdict: 'bad',
  text: '利用者名か暗証が違います（401 Unauthorized）。',
  advice: '電話会社の書類と見比べて、入れ直してください。大文字と小文字は区別されます。',
} as const;

/** Stands in for the trunk routes: invented trunks by the contract's shapes. Null: this question is never answered. */
export function answerTrunks(asked: {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly amount: keyof typeof AMOUNTS;
  readonly now: number;
}): { readonly status: number; readonly body: unknown } | null {
  const { method, path, amount, now } = asked;
  if (path === '/api/trunk-lines') return { status: 200, body: { inUse: linesInUse(AMOUNTS[amount]) } };
  if (method === 'GET') {
    const trunks = Array.from({ length: AMOUNTS[amount] }, (_, nth) => fakeTrunk(nth, now));
    return { status: 200, body: { trunks, unreadable: amount === 'many' ? 1 : 0 } };
  }
  if (method === 'DELETE' || path === '/api/trunk-order') return { status: 200, body: { done: true } };
  const { draft } = asked.body;
  const fields = new Map<string, unknown>(
    typeof draft === 'object' && draft !== null ? Object.entries(draft) : [],
  );
  const field = (name: string) => fields.get(name);
  if (field('name') === '') return { status: 422, body: PROBLEMS };
  if (path === '/api/trunk-tests') {
    if (field('host') === SILENT_HOST) return null;
    const accounts = field('accounts');
    return { status: 200, body: resultFor(Array.isArray(accounts) ? accounts.length : 0) };
  }
  if (field('name') === 'ほかの人') return { status: 409, body: CHANGED };
  return { status: method === 'POST' ? 201 : 200, body: { trunkId: 'trunk-0', version: 2 } };
}

const PROBLEMS = {
  code: 'trunkProblems',
  message: '入力内容に誤りが2か所あります。赤い印のところを直してください。',
  problems: [
    { path: 'name', message: '回線の名前を、60文字以内で入力してください。' },
    { path: 'match.0', message: '数字のアドレス（例：192.0.2.10）で入力してください。' },
  ],
};
const CHANGED = {
  code: 'changedMeanwhile',
  message: 'ほかの人が、この間に設定を変更しました。入力した内容はこの画面に残っています。',
};

function resultFor(accounts: number): TrunkTestResult {
  return {
    trunk: GOOD,
    accounts: Array.from({ length: accounts }, (_, nth) => ({
      number: `072500100${nth}`,
      numberShown: `0725-00-100${nth}`,
      ...(nth % 2 === 0
        ? {
            verdict: 'good' as const,
            text: '登録できます（200 OK）。利用者名と暗証は正しく受け付けられました。',
            advice: null,
          }
        : WRONG),
    })),
  };
}

/** Not of the last one: where nobody counts. */
function linesInUse(amount: number): Record<string, LinesInUse> {
  return Object.fromEntries(
    Array.from({ length: Math.max(0, amount - 1) }, (_, nth) => [
      `trunk-${nth}`,
      { received: 1 + (nth % 2), transferred: nth % 2, placed: 0 },
    ]),
  );
}

function fakeTrunk(nth: number, now: number): TrunkShown {
  const profile = TRUNK_PROFILES[(nth + 2) % TRUNK_PROFILES.length];
  if (profile === undefined) throw new Error('there is no profile');
  const count = profile.registers ? 1 + (nth % 5) : 0;
  const names = ['本庁の代表電話', '050番号（国保・市民税のご案内）', '西支所のひかり電話'];
  return {
    trunkId: `trunk-${nth}`,
    version: 1,
    draft: {
      ...trunkDraftOfProfile(profile),
      name: names[nth] ?? `回線${nth + 1}：とても長い名前の付いた出張所と図書館と公民館をまとめた回線`,
      host: nth % 3 === 1 ? 'registrar.voice-carrier.example.jp' : `192.0.2.${10 + nth}`,
      accounts: Array.from({ length: count }, (_, at) => ({
        number: `072500${nth}00${at}`.slice(0, 10),
        user: `counter-${at}`,
        password: null,
      })),
    },
    numbersShown: Array.from({ length: count }, (_, at) => `0725-0${nth % 10}-000${at}`),
    passwordsLost: nth === 5 ? ['0725005000'] : [],
    changedAt: iso(now - DAY_MS),
    changedBy: '見本 花子',
    lastTest:
      nth % 3 === 0
        ? null
        : {
            at: iso(now - nth * DAY_MS),
            by: '見本 太郎',
            isOfThisVersion: nth % 3 === 1,
            result: resultFor(count),
          },
  };
}
