import {
  type CampaignChoices,
  type CampaignDetail,
  type CampaignDraft,
  type CampaignNotice,
  type CampaignOutlook,
  type CampaignProgress,
  type CampaignProposal,
  CampaignSettingsSchema,
  type CampaignState,
  type CampaignSummary,
} from '@madoguchi/server/campaign-contract';
import type { BudgetStanding } from '@madoguchi/server/campaign-cost-contract';
import { FAKE_NUMBERS, iso } from './fake-calls.ts';
import { answerAttempts } from './fake-campaign-attempts.ts';
import { fakeCampaignLists } from './fake-campaign-lists.ts';
import { answerRecipients, fakeBundleTexts } from './fake-campaign-recipients.ts';
import { answerResults } from './fake-campaign-results.ts';
import { answerResultMappings } from './fake-result-mappings.ts';
import { answerResultTokens } from './fake-result-tokens.ts';

type Amount = 'none' | 'few' | 'many';
type Answer = { readonly status: number; readonly body: unknown };
export type CampaignRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly amount: Amount;
  readonly now: number;
};

const DAY_MS = 86_400_000;
const DRAFTER = { personId: 'u2', name: '見本 太郎' };
const STATES: readonly CampaignState[] = ['draft', 'waiting', 'approved', 'running', 'paused'];
const NUMBER = {
  phoneNumber: FAKE_NUMBERS[1].phoneNumber,
  shown: FAKE_NUMBERS[1].shown,
  name: FAKE_NUMBERS[1].name,
};
const NOBODY = { waiting: 0, inProgress: 0, done: 0, removed: 0 };
const PEOPLE: Readonly<Record<CampaignState, CampaignSummary['recipients']>> = {
  draft: { ...NOBODY, waiting: 1_234 },
  waiting: { ...NOBODY, waiting: 1_234 },
  approved: { ...NOBODY, waiting: 1_231, removed: 3 },
  running: { waiting: 6_120, inProgress: 8, done: 3_540, removed: 96 },
  paused: { waiting: 410, inProgress: 0, done: 800, removed: 24 },
  ended: { waiting: 0, inProgress: 0, done: 1_180, removed: 54 },
};
const NAMES = [
  '国保料 令和8年度4期 納期限のお知らせ',
  '介護保険料 3期 納付催告',
  '後期高齢者医療保険料 お知らせ',
];
const SMS_TEXT =
  '【見本市 収納課】納期限のお知らせです。お電話でご案内します。番号は0725-00-1002です。行き違いでお納めの際はご容赦ください。ATMの操作や口座番号をお聞きすることはありません。';

/** 'campaign-running' is one in this state; 'campaign-7' the seventh of a long list. */
function stateOf(campaignId: string): CampaignState {
  const [, name = ''] = /^campaign-(\w+)$/.exec(campaignId) ?? [];
  const named = [...STATES, 'ended' as const].find((state) => state === name);
  return named ?? STATES[Number(name) % STATES.length] ?? 'draft';
}

function summary(campaignId: string, nth: number, amount: Amount, now: number): CampaignSummary {
  const state = stateOf(campaignId);
  const isEmptyDraft = state === 'draft' && amount === 'none';
  return {
    campaignId,
    name: NAMES[nth % NAMES.length] ?? '',
    kind: nth % NAMES.length === 1 ? 'paymentDemand' : 'dueDateNotice',
    state,
    endedBecause: state === 'ended' ? 'finished' : null,
    number: isEmptyDraft ? null : NUMBER,
    department: isEmptyDraft ? '' : (['納税課', '介護保険課', ''][nth % NAMES.length] ?? ''),
    recipients: isEmptyDraft ? NOBODY : PEOPLE[state],
    outcomes: state === 'running' ? [{ outcome: 'answered', count: 2_100 }] : [],
    nextAt: state === 'approved' ? iso(now + DAY_MS) : null,
    startedAt: ['running', 'paused', 'ended'].includes(state) ? iso(now - DAY_MS) : null,
    endedAt: state === 'ended' ? iso(now - 3_600_000) : null,
    createdAt: iso(now - 3 * DAY_MS),
    changedAt: iso(now - (nth + 1) * 5_400_000),
    changedBy: DRAFTER,
    waitsForMe: state === 'waiting',
  };
}

function draftOf({ name, kind, state, department }: CampaignSummary, amount: Amount): CampaignDraft {
  const isEmpty = state === 'draft' && amount === 'none';
  return {
    name,
    kind,
    flowId: isEmpty ? null : 'levy',
    phoneNumber: isEmpty ? null : NUMBER.phoneNumber,
    department,
    settings: CampaignSettingsSchema.parse(
      isEmpty
        ? {}
        : {
            channels: 'callThenSms',
            smsText: SMS_TEXT,
            firstDay: '2026-12-01',
            lastDay: state === 'draft' && amount === 'few' ? null : '2026-12-11',
            after: amount === 'many' ? { busy: { again: true, intervalMinutes: 30 } } : {},
          },
    ),
  };
}

const MAY: Readonly<Record<CampaignState, CampaignDetail['may']>> = {
  draft: ['change', 'remove', 'propose', 'removeRecipients'],
  waiting: ['decide', 'removeRecipients'],
  approved: ['stop', 'removeRecipients'],
  running: ['pause', 'stop', 'removeRecipients'],
  paused: ['resume', 'stop', 'removeRecipients'],
  ended: [],
};

function detail(campaignId: string, amount: Amount, now: number): CampaignDetail {
  const shown = summary(campaignId, 0, amount, now);
  return {
    ...shown,
    draft: draftOf(shown, amount),
    version: 3,
    flowName: shown.number === null ? null : '納期限のお知らせ（国民健康保険料）',
    createdBy: DRAFTER,
    sounds: soundsOf(shown.state),
    proposalId: shown.state === 'draft' ? null : 'proposal-0',
    may: MAY[shown.state],
  };
}

function soundsOf(state: CampaignState): CampaignDetail['sounds'] {
  if (state === 'draft')
    return { state: 'notOrdered', done: 0, total: 0, secondsLeft: null, failedBecause: null };
  const done = state === 'approved' ? 400 : 1_231;
  return {
    state: state === 'approved' ? 'making' : 'ready',
    done,
    total: 1_231,
    secondsLeft: state === 'approved' ? 312 : 0,
    failedBecause: null,
  };
}

function outlook(amount: Amount): CampaignOutlook {
  const estimate = {
    lowYen: 9_800,
    likelyYen: 14_300,
    worstYen: 38_200,
    assumptions: [
      '1人に平均1.6回かけ、4割の方が出て、45秒話すものとしました。',
      'SMSは、つながらなかった方に1通ずつ送るものとしました。',
    ],
  };
  const missing: CampaignOutlook['missing'] =
    amount === 'none'
      ? [
          { step: 'basics', path: 'flowId', message: 'シナリオを選んでください。' },
          { step: 'basics', path: 'phoneNumber', message: '相手の電話に表示する番号を選んでください。' },
          { step: 'list', path: '', message: '名簿を取り込んでください。' },
          { step: 'schedule', path: 'settings.lastDay', message: '最後の日を選んでください。' },
        ]
      : amount === 'few'
        ? [
            { step: 'schedule', path: 'settings.lastDay', message: '最後の日を選んでください。' },
            {
              step: 'text',
              path: '',
              message: 'まだ一度も聞いていない案内が1件あります。聞いて確かめてください。',
            },
          ]
        : [];
  return {
    version: 3,
    missing,
    findings:
      amount === 'many'
        ? [
            {
              severity: 'warning',
              code: 'noCrossedPaymentSentence',
              message: '行き違いで納めた方へのおわびがありません。',
              mend: '「行き違いでお納めの際はご容赦ください」などを入れてください。',
              flowId: 'levy',
              nodeId: 'greeting',
            },
          ]
        : [],
    texts: fakeBundleTexts().map((text, index) => ({ ...text, isHeard: amount !== 'few' || index > 0 })),
    failedTests: [],
    personalInSms: amount === 'many' ? ['金額'] : [],
    recipients: amount === 'none' ? 0 : 1_234,
    estimate: amount === 'none' ? null : estimate,
    budget: budgetOf(amount, amount === 'none' ? 0 : estimate.likelyYen),
    steps: 1,
  };
}

function progress(campaignId: string, amount: Amount, now: number): CampaignProgress {
  const { state, recipients } = summary(campaignId, 0, amount, now);
  const isEmpty = amount === 'none';
  const hours = isEmpty ? 0 : amount === 'few' ? 9 : 30;
  return {
    at: iso(now),
    state,
    recipients,
    attempts: isEmpty ? { tried: 0, open: 0 } : { tried: 5_612, open: state === 'running' ? 8 : 0 },
    outcomes: isEmpty
      ? []
      : [
          { channel: 'call', outcome: 'answered', count: 2_244 },
          { channel: 'call', outcome: 'unanswered', count: 2_120 },
          { channel: 'call', outcome: 'busy', count: 310 },
          { channel: 'call', outcome: 'declined', count: 95 },
          { channel: 'call', outcome: 'unassigned', count: 41 },
          { channel: 'call', outcome: 'outOfRange', count: 320 },
          { channel: 'call', outcome: 'unknown', count: 12 },
          { channel: 'sms', outcome: 'smsDelivered', count: 402 },
          { channel: 'sms', outcome: 'smsFailed', count: 68 },
        ],
    answeredBy: isEmpty
      ? []
      : [
          { answeredBy: 'human', count: 1_490 },
          { answeredBy: 'machine', count: 610 },
          { answeredBy: 'callScreening', count: 98 },
          { answeredBy: 'fax', count: 6 },
          { answeredBy: 'unknown', count: 40 },
        ],
    results: isEmpty
      ? []
      : [
          { result: 'promised', count: 612 },
          { result: 'paid', count: 204 },
          { result: 'consultation', count: 88 },
          { result: 'absent', count: 131 },
          { result: 'wrongNumber', count: 27 },
          { result: 'informed', count: 430 },
        ],
    settled: isEmpty
      ? []
      : [
          { reason: 'reached', count: 2_910 },
          { reason: 'triesUsed', count: 589 },
          { reason: 'outcome', count: 41 },
          { reason: 'paid', count: 96 },
        ],
    reach: Array.from({ length: hours }, (_, hour) => ({
      hour: iso(now - (hours - hour) * 3_600_000),
      tried: 150 + ((hour * 53) % 120),
      answered: 60 + ((hour * 31) % 50),
      reached: 40 + ((hour * 29) % 45),
    })),
    expectedEndAt: state === 'running' ? iso(now + 2 * DAY_MS) : null,
    endsTooLate: amount === 'many' && state === 'running',
    sounds: soundsOf(state),
    budget: budgetOf(amount, 0),
    waitsForBudget:
      amount === 'many' && state === 'running' ? { until: '2027-01-01', department: '納税課' } : null,
  };
}

/** Enough for little, nearly used up by much. */
function budgetOf(amount: Amount, estimateYen: number): BudgetStanding {
  const isMuch = amount === 'many';
  const scope = (department: string, usedYen: number, limitYen: number): BudgetStanding['scopes'][number] => {
    const more = { reservedYen: isMuch ? 962 : 0, plannedYen: isMuch ? 4_300 : 0, estimateYen };
    const sum = usedYen + more.reservedYen + more.plannedYen + estimateYen;
    const percent = Math.floor((sum / limitYen) * 100);
    const level = percent > 100 ? 'over' : percent >= 80 ? 'warning' : 'within';
    return { department, usedYen, ...more, limitYen, percent, level };
  };
  return {
    month: '2026-12-01',
    scopes: [scope('', isMuch ? 112_340 : 12_340, 143_600), scope('納税課', isMuch ? 38_200 : 2_100, 40_000)],
  };
}

function proposal(amount: Amount, now: number): CampaignProposal {
  const shown = summary('campaign-waiting', 0, amount, now);
  const { settings } = draftOf(shown, amount);
  return {
    proposalId: 'proposal-0',
    campaignId: 'campaign-waiting',
    comment: '令和8年度4期の納期限を前に、口座振替でない方へお知らせします。',
    draftedBy: DRAFTER,
    draftedAt: iso(now - 5_400_000),
    state: 'waiting',
    reason: null,
    steps: 2,
    stepsDone: 1,
    contentSha256: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
    bound: {
      name: shown.name,
      kind: shown.kind,
      number: NUMBER,
      settings,
      flowId: 'levy',
      flowName: '納期限のお知らせ（国民健康保険料）',
      callBackFlowName: '折り返しの案内',
      texts: fakeBundleTexts(),
      textsSent:
        amount === 'many'
          ? [
              {
                flowId: 'levy',
                nodeId: 'sms',
                title: 'SMSで案内',
                text: '【見本市 収納課】金額は{{金額}}です。',
              },
            ]
          : [],
      recipients: 1_234,
      listSha256: 'a3c1bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
      estimate: outlook('few').estimate,
      department: shown.department,
    },
    budget: budgetOf(amount, 14_300),
    removedSince: 3,
    personalInSms: amount === 'many' ? ['金額'] : [],
    findings: [],
    decisions: [
      {
        step: 1,
        decision: 'approved',
        by: { personId: 'u3', name: '見本 次郎' },
        onBehalfOf: '収納課長',
        reason: '出張のため',
        smsMayTellPersonal: false,
        at: iso(now - 1_800_000),
      },
    ],
    settledAt: null,
    may: { decide: true, whyNot: null, withdraw: true },
  };
}

const CHOICES: CampaignChoices = {
  flows: [
    {
      flowId: 'levy',
      name: '納期限のお知らせ（国民健康保険料）',
      values: ['宛名', '納期限', '金額'],
      asksBirthDate: true,
    },
    { flowId: 'flow-1', name: '納付催告（介護保険料）', values: ['宛名', '金額'], asksBirthDate: false },
  ],
  numbers: FAKE_NUMBERS.map(({ phoneNumber, shown, name }, index) => ({
    phoneNumber,
    shown,
    name,
    isLive: index < 2,
    hasFlow: index < 1,
  })),
  departments: ['納税課', '国保年金課', '介護保険課'],
};

const NOTICE: CampaignNotice = {
  title: '国民健康保険料の納期限を電話でお知らせします',
  lead: '見本市収納課では、納期限が近い方に、自動音声の電話でお知らせをします。',
  facts: [
    { label: '電話番号', text: '0725-00-1002' },
    { label: '期間', text: '2026年12月1日から12月11日まで' },
    { label: '時間帯', text: '平日の午前9時から午後8時まで' },
    { label: '内容', text: '納期限のお知らせ' },
  ],
  neverAskedTitle: '次のことをお聞きすることは、決してありません',
  neverAsked: ['ATM（現金自動預払機）の操作', '口座番号や暗証番号', 'クレジットカードの番号'],
  closing: '不審な電話があったときは、収納課（0725-00-1002）か警察相談専用電話（#9110）へご相談ください。',
};

const BEHIND = {
  code: 'changedMeanwhile',
  message: 'ほかの人が、この間に内容を変更しました。入力した内容はこの画面に残っています。',
};
const BACKWARDS = {
  code: 'campaignProblems',
  message: '入力内容に誤りが1か所あります。',
  problems: [
    {
      step: 'schedule',
      path: 'settings.lastDay',
      message: '最後の日が、はじめの日より前です。',
    },
  ],
};

/** Stands in for the routes of campaigns: invented ones by the contract's shapes. Null: the path is none of theirs. */
export function fakeCampaigns(): (asked: CampaignRequest) => Answer | null {
  const answerLists = fakeCampaignLists();
  return (asked) => {
    const { method, path, query, body, amount, now } = asked;
    const ok = (reply: unknown): Answer => ({ status: 200, body: reply });
    const done = ok({ done: true });
    const lists =
      answerLists(asked) ??
      answerAttempts(asked) ??
      answerResults(asked) ??
      answerResultMappings(asked) ??
      answerResultTokens(asked);
    if (lists !== null) return lists;
    if (path.startsWith('/api/campaign-proposals/'))
      return method === 'GET' ? ok(proposal(amount, now)) : done;
    if (path === '/api/campaigns/choices') return ok(CHOICES);
    if (path === '/api/campaigns' && method === 'POST')
      return { status: 201, body: { campaignId: 'campaign-draft', version: 1 } };
    if (path === '/api/campaigns') {
      const count = { none: 0, few: 5, many: 40 }[amount];
      const isEnded = query.get('state') === 'ended';
      const department = query.get('department');
      return ok({
        budget: budgetOf(amount, 0),
        campaigns: Array.from({ length: count }, (_, nth) =>
          summary(isEnded ? 'campaign-ended' : `campaign-${nth}`, nth, 'few', now),
        )
          .map((each, nth) => ({ ...each, campaignId: isEnded ? `campaign-ended${nth}` : each.campaignId }))
          .filter((each) => department === null || each.department === department),
      });
    }
    const [, campaignId, what] = /^\/api\/campaigns\/([^/]+)(?:\/(.+))?$/.exec(path) ?? [];
    if (campaignId === undefined) return null;
    if (what === undefined && method === 'PUT') {
      const text = JSON.stringify(body);
      if (text.includes('ほかの人')) return { status: 409, body: BEHIND };
      return text.includes('"lastDay":"2020')
        ? { status: 422, body: BACKWARDS }
        : ok({ campaignId, version: 4 });
    }
    if (what === undefined) return method === 'GET' ? ok(detail(campaignId, amount, now)) : done;
    if (what.startsWith('recipients')) return answerRecipients({ ...asked, what });
    if (what === 'outlook') return ok(outlook(amount));
    if (what === 'progress') return ok(progress(campaignId, amount, now));
    if (what === 'notice') return ok(NOTICE);
    if (what === 'proposals') return { status: 201, body: { proposalId: 'proposal-0' } };
    if (what === 'copies') return { status: 201, body: { campaignId: 'campaign-draft', version: 1 } };
    return what === 'state' ? ok({ campaignId, version: 4 }) : null;
  };
}
