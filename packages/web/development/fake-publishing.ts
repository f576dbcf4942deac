import type {
  ProposalDetail,
  ProposalState,
  ProposalSummary,
  PublishingOutlook,
  VersionList,
} from '@madoguchi/server/publish-contract';
import { FAKE_NUMBERS, iso } from './fake-calls.ts';

type Amount = 'none' | 'few' | 'many';
const COUNTS = { none: 0, few: 3, many: 30 } as const;
const STATES: readonly ProposalState[] = ['waiting', 'approved', 'waiting'];
const ENDED: readonly ProposalState[] = ['published', 'sentBack', 'withdrawn', 'failed'];
const NUMBERS = FAKE_NUMBERS.slice(0, 2).map(({ phoneNumber, shown, name }) => ({
  phoneNumber,
  shown,
  name,
}));
const DRAFTER = { personId: 'u2', name: '見本 太郎' };

const CHANGES: PublishingOutlook['changes'] = [
  {
    flowId: 'levy',
    flowName: '国民健康保険 賦課・徴収',
    nodeId: 'greeting',
    title: '最初の挨拶',
    kindLabel: 'アナウンス',
    type: 'changed',
    settings: [
      {
        setting: '案内',
        before: 'お電話ありがとうございます。見本市役所、国民健康保険の賦課徴収担当です。',
        after:
          'お電話ありがとうございます。見本市役所、国民健康保険料の窓口です。このお電話は、自動音声でご案内しています。',
      },
    ],
  },
  {
    flowId: 'levy',
    flowName: '国民健康保険 賦課・徴収',
    nodeId: 'questionnaire-1',
    title: 'ご案内の満足度',
    kindLabel: 'アンケート',
    type: 'added',
    settings: [
      { setting: '題名', before: 'なし', after: 'ご案内の満足度' },
      { setting: '「次へ」の行き先', before: 'なし', after: '終わりの挨拶' },
    ],
  },
  {
    flowId: 'levy',
    flowName: '国民健康保険 賦課・徴収',
    nodeId: 'old',
    title: '臨時窓口の案内',
    kindLabel: 'アナウンス',
    type: 'removed',
    settings: [],
  },
];

const READINGS: PublishingOutlook['readings'] = [
  { surface: '御手洗町', before: 'ミタライチョウ', after: 'ミテアライマチ' },
  { surface: '鬱金香', before: null, after: 'チューリップ' },
  { surface: '賦課', before: 'フッカ', after: null },
];

function summary(index: number, nowMs: number, states: readonly ProposalState[]): ProposalSummary {
  return {
    proposalId: `proposal-${index}`,
    flowId: 'levy',
    flowName: ['国民健康保険 賦課・徴収', '国民健康保険 資格・給付'][index % 2] ?? '',
    comment: '納付相談の受付時間が変わるため、最初の挨拶とSMSの文を直します。',
    draftedBy: DRAFTER,
    draftedAt: iso(nowMs - (index + 1) * 5_400_000),
    state: states[index % states.length] ?? 'waiting',
    steps: 1 + (index % 2),
    stepsDone: index % 2,
    publishWhen: index % 2 === 0 ? 'at' : 'approved',
    publishAt: index % 2 === 0 ? iso(nowMs + 86_400_000) : null,
    numbers: NUMBERS,
  };
}

function detail(nowMs: number): ProposalDetail {
  return {
    ...summary(0, nowMs, ['waiting']),
    steps: 2,
    stepsDone: 1,
    contentSha256: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
    changes: CHANGES,
    readings: READINGS,
    decisions: [
      {
        step: 1,
        decision: 'approved',
        by: { personId: 'u3', name: '見本 次郎' },
        onBehalfOf: '保険年金課長',
        reason: '出張のため',
        at: iso(nowMs - 1_800_000),
      },
    ],
    isDraftNewer: true,
    soundsReady: true,
    reason: null,
    versionNo: null,
    settledAt: null,
    may: { decide: true, whyNot: null, withdraw: false, publish: false },
  };
}

function outlook(amount: Amount): PublishingOutlook {
  const isEmpty = amount === 'none';
  return {
    draftVersion: 7,
    changes: isEmpty ? [] : CHANGES,
    readings: isEmpty ? [] : READINGS,
    problems: [],
    texts: isEmpty
      ? []
      : [
          {
            flowId: 'levy',
            nodeId: 'greeting',
            title: '最初の挨拶',
            prompt: {
              type: 'text',
              text: 'お電話ありがとうございます。見本市役所、国民健康保険料の窓口です。',
            },
            isHeard: true,
          },
          {
            flowId: 'levy',
            nodeId: 'questionnaire-1',
            title: 'ご案内の満足度',
            prompt: { type: 'text', text: 'ただいまのご案内はいかがでしたか。良かった方は、1を。' },
            isHeard: amount === 'few',
          },
        ],
    failedTests: [],
    numbers: FAKE_NUMBERS.map(({ phoneNumber, shown, name }, index) => ({
      phoneNumber,
      shown,
      name,
      steps: index === 0 ? 1 : 0,
      isUsual: index === 0,
    })),
    openProposalId: isEmpty ? null : 'proposal-0',
  };
}

function versions(amount: Amount, nowMs: number): VersionList {
  return {
    versions: Array.from({ length: COUNTS[amount] }, (_, index) => ({
      bundleId: `levy-${COUNTS[amount] - index}`,
      versionNo: COUNTS[amount] - index,
      comment: '納付相談の受付時間が変わるため、最初の挨拶とSMSの文を直しました。',
      publishedAt: iso(nowMs - (index + 1) * 86_400_000 * 9),
      publishedBy: DRAFTER,
      inForceFor: index === 0 ? NUMBERS.slice(0, 1) : [],
      couldServe: index === 0 ? [] : NUMBERS.slice(0, 1),
    })),
  };
}

/** Answers as the API of publishing would. Null where the path is none of its. */
export function answerPublishing({
  method,
  path,
  query,
  amount,
  now,
}: {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly amount: Amount;
  readonly now: number;
}): { readonly status: number; readonly body: unknown } | null {
  const done = { status: 200, body: { done: true } };
  if (path === '/api/proposals') {
    const states = query.get('state') === 'settled' ? ENDED : STATES;
    const proposals = Array.from({ length: COUNTS[amount] }, (_, index) => summary(index, now, states));
    return { status: 200, body: { proposals } };
  }
  if (path.startsWith('/api/proposals/')) return method === 'GET' ? { status: 200, body: detail(now) } : done;
  if (/^\/api\/numbers\/[^/]+\/version$/.test(path)) return done;
  const [, what] = /^\/api\/flows\/[^/]+\/(publishing|proposals|versions|difference)$/.exec(path) ?? [];
  if (what === 'publishing') return { status: 200, body: outlook(amount) };
  if (what === 'proposals') return { status: 201, body: { proposalId: 'proposal-0' } };
  if (what === 'versions') return { status: 200, body: versions(amount, now) };
  return what === 'difference' ? { status: 200, body: { changes: CHANGES, readings: READINGS } } : null;
}
