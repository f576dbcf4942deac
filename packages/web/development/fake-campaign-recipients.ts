import { type BundleDraft, BundleDraftSchema, LANGUAGE_VERSION } from '@madoguchi/flow';
import type { Recipient, RecipientPreview, RecipientStory } from '@madoguchi/server/campaign-contract';
import { iso } from './fake-calls.ts';
import type { CampaignRequest } from './fake-campaigns.ts';

const GREETING =
  'こちらは、見本市役所 収納課です。{{宛名|text}}様へ、大切なお知らせがあります。ATMの操作や口座番号をお聞きすることはありません。';
const MATTER =
  '国民健康保険料の、納期限のお知らせです。納期限は、{{納期限|date}}です。金額は、{{金額|amount}}です。行き違いでお納めの際は、ご容赦ください。';

const said = (title: string, text: string, next: Readonly<Record<string, string>>) => ({
  kind: 'announcement',
  title,
  prompt: { type: 'text', text },
  next,
});

/** A scenario as small as one can be: greeting, check, matter. */
export function fakeBundle(): BundleDraft {
  return BundleDraftSchema.parse({
    bundleId: 'fake-scenario',
    entryFlowId: 'levy',
    flows: {
      levy: {
        languageVersion: LANGUAGE_VERSION,
        id: 'levy',
        name: '納期限のお知らせ（国民健康保険料）',
        startNodeId: 'greeting',
        nodes: {
          greeting: said('最初の挨拶', GREETING.replace('{{宛名|text}}様へ、', ''), { next: 'check' }),
          check: { kind: 'identityCheck', title: '本人確認', next: { matched: 'matter', failed: 'goodbye' } },
          matter: said('納期限のお知らせ', `{{宛名}}様。${MATTER}`, { next: 'goodbye' }),
          goodbye: said('終わりの挨拶', 'お電話をありがとうございました。失礼いたします。', {}),
        },
      },
    },
  });
}

/** What a proposal of it binds. */
export function fakeBundleTexts() {
  return Object.entries(fakeBundle().flows['levy']?.nodes ?? {}).flatMap(([nodeId, node]) => {
    const { prompt } = node;
    const text =
      typeof prompt === 'object' && prompt !== null && 'text' in prompt ? String(prompt.text) : null;
    return text === null ? [] : [{ flowId: 'levy', nodeId, title: node.title, text }];
  });
}

const VALUES: RecipientPreview['values'] = {
  宛名: { text: 'ミホン ハナコ', readAs: 'text' },
  納期限: { text: '2026-12-28', readAs: 'date' },
  金額: { text: '24300', readAs: 'amount' },
  期別: { text: '4', readAs: 'number' },
};

const STATES: readonly Recipient['state'][] = ['waiting', 'done', 'done', 'inProgress', 'removed', 'done'];
const RESULTS: readonly Recipient['result'][] = [null, 'promised', 'informed', null, null, 'consultation'];

/** Numbers that nobody has. */
function recipient(nth: number, now: number): Recipient {
  const state = STATES[nth % STATES.length] ?? 'waiting';
  const result = RESULTS[nth % RESULTS.length] ?? null;
  const isSettled = state === 'done' || state === 'removed';
  return {
    recipientId: nth + 1,
    rowNo: nth + 2,
    addresseeNumber: String(100_200_300 + nth * 17).padStart(10, '0'),
    telephone: '09000000001',
    telephoneShown: `090-0000-0${String(nth % 1_000).padStart(3, '0')}`,
    nameKana: nth % 7 === 3 ? '' : 'ミホン ハナコ',
    hasBirthDate: nth % 9 !== 4,
    state,
    nextChannel: nth % 4 === 0 ? 'sms' : 'call',
    nextAt: state === 'waiting' && nth % 2 === 0 ? iso(now + 7_200_000) : null,
    tries: nth % 4,
    smsTries: nth % 3 === 2 ? 1 : 0,
    settledReason: state === 'removed' ? 'paid' : state === 'done' ? 'reached' : null,
    settledAt: isSettled ? iso(now - nth * 600_000) : null,
    result,
    resultAt: result === null ? null : iso(now - nth * 600_000),
    promisedOn: result === 'promised' ? '2026-12-18' : null,
  };
}

function story(nth: number, now: number): RecipientStory {
  const attempt = {
    channel: 'call',
    isCallBack: false,
    answeredAt: null,
    endedAt: iso(now - 80_000_000),
    countsAsTry: true,
    sipCode: null,
    answeredBy: null,
    identity: null,
    result: null,
    promisedOn: null,
    callId: null,
    smsText: null,
  } as const;
  return {
    recipient: recipient(nth, now),
    values: VALUES,
    attempts: [
      { ...attempt, attemptId: 'a1', reservedAt: iso(now - 90_000_000), outcome: 'unanswered', sipCode: 480 },
      {
        ...attempt,
        attemptId: 'a2',
        channel: 'sms',
        reservedAt: iso(now - 80_000_000),
        outcome: 'smsDelivered',
        smsText: '【見本市 収納課】納期限のお知らせです。お電話でご案内します。',
      },
      {
        ...attempt,
        attemptId: 'a3',
        isCallBack: true,
        reservedAt: iso(now - 7_300_000),
        answeredAt: iso(now - 7_300_000),
        endedAt: iso(now - 7_205_000),
        outcome: 'answered',
        answeredBy: 'human',
        identity: 'matched',
        result: 'promised',
        promisedOn: '2026-12-18',
        callId: 'fake-e-0',
      },
    ],
    removal:
      nth % STATES.length === 4
        ? {
            by: { personId: 'u2', name: '見本 太郎' },
            at: iso(now - 3_600_000),
            reason: '窓口で納付を確認しました。',
          }
        : null,
  };
}

const PAGE = 50;

/** @param asked.what the path behind the campaign's own */
export function answerRecipients(asked: CampaignRequest & { readonly what: string }): {
  readonly status: number;
  readonly body: unknown;
} {
  const { what, query, amount, now } = asked;
  const count = { none: 0, few: 6, many: 1_234 }[amount];
  const people = (from: number, many: number) =>
    Array.from({ length: Math.max(0, many) }, (_, index) => recipient(from + index, now));
  const ok = (body: unknown) => ({ status: 200, body });
  if (what === 'recipients/sample') return ok({ recipients: people(0, Math.min(count, 20)) });
  const [, id, deed] = /^recipients\/(\d+)(?:\/(\w+))?$/.exec(what) ?? [];
  if (id !== undefined) {
    const nth = Number(id) - 1;
    if (deed === 'removal') return ok({ done: true });
    if (deed === undefined) return ok(story(nth, now));
    return ok({
      recipient: recipient(nth, now),
      values: VALUES,
      bundle: fakeBundle(),
      sharesCallWith: nth === 0 ? 1 : 0,
      sms: {
        text: '【見本市 収納課】納期限のお知らせです。お電話でご案内します。番号は0725-00-1002です。',
        characters: 46,
        parts: 1,
      },
      missingValues: nth === 3 ? ['金額'] : [],
    } satisfies RecipientPreview);
  }
  const from = Number(query.get('cursor') ?? 0);
  const isCut = ['search', 'state', 'result'].some((name) => query.has(name));
  const all = isCut ? Math.min(count, 3) : count;
  const next = from + PAGE < all ? String(from + PAGE) : null;
  return ok({ recipients: people(from, Math.min(PAGE, all - from)), total: all, nextCursor: next });
}
