import type { AttemptStory, AttemptSummary } from '@madoguchi/server/campaign-result-contract';
import { iso } from './fake-calls.ts';
import type { CampaignRequest } from './fake-campaigns.ts';

const PAGE = 50;
const COUNT = { none: 0, few: 6, many: 120 } as const;
const SCENARIO = {
  versionId: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6',
  name: '国保料 納期限のお知らせ',
};

function attempt(nth: number, now: number): AttemptSummary {
  const at = now - nth * 95_000 - 60_000;
  const base = {
    attemptId: `att-${nth}`,
    recipientId: nth + 1,
    rowNo: nth + 2,
    addresseeNumber: String(100_200_300 + nth * 17).padStart(10, '0'),
    nameKana: ['ミホン　ハナコ', 'ミホン　タロウ', ''][nth % 3] ?? '',
    telephoneShown: `0725-00-09${String(nth % 100).padStart(2, '0')}`,
    isCallBack: nth % 5 === 4,
    reservedAt: iso(at),
    answeredAt: null,
    endedAt: iso(at + 30_000),
    answeredBy: null,
    answeredByLabel: null,
    countsAsTry: true,
    result: null,
    resultLabel: null,
    promisedOn: null,
    exportId: nth > 3 ? 'export-0' : null,
  };
  switch (nth % 5) {
    case 0:
    case 4:
      return {
        ...base,
        channel: 'call',
        answeredAt: iso(at + 12_000),
        endedAt: iso(at + 95_000),
        outcome: 'answered',
        outcomeLabel: '応答',
        answeredBy: 'human',
        answeredByLabel: '人',
        sipCode: 200,
        result: 'promised',
        resultLabel: '納付約束',
        promisedOn: '2026-12-18',
      };
    case 1:
      return { ...base, channel: 'call', outcome: 'unanswered', outcomeLabel: '応答なし', sipCode: 480 };
    case 2:
      return { ...base, channel: 'sms', outcome: 'smsDelivered', outcomeLabel: 'SMS着信', sipCode: null };
    default:
      return {
        ...base,
        channel: 'call',
        outcome: 'noLine',
        outcomeLabel: '回線なし',
        countsAsTry: false,
        sipCode: 503,
      };
  }
}

function story(nth: number, now: number): AttemptStory {
  const summary = attempt(nth, now);
  const isAnswered = summary.outcome === 'answered';
  return {
    attempt: summary,
    dialledAt: iso(Date.parse(summary.reservedAt) + 1_000),
    ringingAt: isAnswered ? iso(Date.parse(summary.reservedAt) + 3_000) : null,
    q850Cause: isAnswered ? 16 : null,
    identity: isAnswered ? 'matched' : null,
    talkMs: isAnswered ? 83_000 : null,
    scenario: summary.channel === 'sms' ? null : SCENARIO,
    heard: isAnswered
      ? [
          {
            atMs: 400,
            nodeTitle: 'あいさつ',
            text: 'こちらは見本市役所 収納課です。大切なお知らせがあります。',
            slower: false,
            played: 'whole',
            playedMs: 6_200,
          },
          {
            atMs: 22_000,
            nodeTitle: '用件',
            text: '国民健康保険料 第4期の納期限は、●●●●です。行き違いの場合はご容赦ください。',
            slower: true,
            played: 'cutShort',
            playedMs: 9_400,
          },
        ]
      : [],
    keys: isAnswered ? '1●●●●1' : '',
    spokenAnswer: null,
    texts:
      summary.channel === 'sms'
        ? [
            {
              text: '【見本市 収納課】納期限のお知らせです。お電話でご案内します。',
              state: 'delivered',
              stateLabel: '着信',
              parts: 1,
              createdAt: summary.reservedAt,
              settledAt: iso(Date.parse(summary.reservedAt) + 8_000),
            },
          ]
        : [],
    callId: isAnswered ? 'fake-e-0' : null,
  };
}

/** Stands in for the routes of single attempts. Null: the path is none of theirs. */
export function answerAttempts({ path, query, amount, now }: CampaignRequest): {
  readonly status: number;
  readonly body: unknown;
} | null {
  const [, nth] = /^\/api\/campaign-attempts\/att-(\d+)$/.exec(path) ?? [];
  if (nth !== undefined) return { status: 200, body: story(Number(nth), now) };
  if (!/^\/api\/campaigns\/[^/]+\/attempts$/.test(path)) return null;
  const from = Number(query.get('cursor') ?? 0);
  const [outcome, channel] = [query.get('outcome'), query.get('channel')];
  const all = Array.from({ length: COUNT[amount] }, (_, each) => attempt(each, now)).filter(
    (each) =>
      (outcome === null || each.outcome === outcome) &&
      (channel === null || each.channel === channel) &&
      query.get('day') !== '2020-01-01',
  );
  return {
    status: 200,
    body: {
      attempts: all.slice(from, from + PAGE),
      nextCursor: all.length > from + PAGE ? String(from + PAGE) : null,
    },
  };
}
