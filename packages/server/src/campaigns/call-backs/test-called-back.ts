import type { SayPart } from '@madoguchi/flow';
import type { PlacedCall } from '@madoguchi/telephony/telephone';
import { END } from '../../../../../tests/setup/test-flows.ts';
import { until } from '../../../../../tests/setup/until.ts';
import type { TestRecipient } from '../dialling/test-campaign.ts';
import { clock, PUBLIC, say, type TestDialling } from '../dialling/test-dialling.ts';

/** Markers that a caller hears: the scenario's greeting, the amount in it, the number's own flow, and so on. */
export const HEARD = { scenario: 1, told: 2, ownFlow: 3, askedForNumber: 4, check: 5, notIdentified: 6 };

/** For tests: says who calls, who is on the line, and only then the amount; a key promises to pay it. */
export const CHECKED_SCENARIO = {
  first: say('市役所です。', 'check'),
  check: {
    kind: 'identityCheck',
    title: '本人確認',
    prompt: { type: 'text', text: '誕生日を押してください。' },
    tries: 2,
    wrong: null,
    none: null,
    noneRetries: 0,
    next: { matched: 'told', failed: 'bye', none: 'bye' },
  },
  told: {
    kind: 'menu',
    title: '用件',
    prompt: { type: 'text', text: '金額は{{金額}}円です。' },
    choices: [{ key: '1' }],
    timeoutMs: 10_000,
    wrongKey: { retries: 0 },
    noKey: { retries: 0 },
    next: { 'key:1': 'record', wrongKey: 'end', noKey: 'end' },
  },
  record: { kind: 'recordResult', title: '納付約束', result: 'promised', next: { next: 'end' } },
  bye: say('失礼いたします。', 'end'),
  end: END,
};

export function markerOf(parts: readonly SayPart[]): number {
  const text = parts.map((part) => ('text' in part ? part.text : '')).join('');
  if (parts.some((part) => part.type === 'value')) return HEARD.told;
  if (text.includes('受電')) return HEARD.ownFlow;
  if (text.includes('折り返し')) return HEARD.askedForNumber;
  if (text.includes('誕生日')) return HEARD.check;
  return text.includes('失礼') ? HEARD.notIdentified : HEARD.scenario;
}

const DAY_MS = 86_400_000;

/** For tests: a person of whom the list says this amount, not to be called again before the next year. */
export function person(telephone: string, birthDate: string, amount: string): TestRecipient {
  const nextAt = new Date(clock.now() + 400 * DAY_MS);
  return { telephone, birthDate, values: { 金額: { text: amount, readAs: 'amount' } }, nextAt };
}

/** For tests: a campaign whose people were called so many days ago and did not answer. @returns its id */
export async function calledCampaign(
  dialling: TestDialling,
  recipients: readonly TestRecipient[],
  { daysAgo = 1, settings = {} }: CalledOptions = {},
): Promise<string> {
  const before = dialling.dialler.versions.length;
  const campaignId = await dialling.campaign(recipients, settings);
  const { db } = dialling.room.database;
  const ids = await db
    .selectFrom('campaign_recipient')
    .select('recipient_id')
    .where('campaign_id', '=', campaignId)
    .execute();
  const at = new Date(clock.now() - daysAgo * DAY_MS);
  await db
    .insertInto('campaign_attempt')
    .values(
      ids.map(({ recipient_id }) => ({
        attempt_id: `att-${campaignId}-${recipient_id}`,
        campaign_id: campaignId,
        recipient_id,
        channel: 'call' as const,
        state: 'ended' as const,
        bundle_id: 'scenario',
        reserved_at: at,
        dialled_at: at,
        ended_at: at,
        outcome: 'unanswered' as const,
      })),
    )
    .execute();
  // As one that runs, and as one whose people may call back.
  const known = daysAgo < (settings.callBackDays ?? USUAL_DAYS) ? 2 : 1;
  await until('the campaign is looked at', () => dialling.dialler.versions.length >= before + known);
  return campaignId;
}

const USUAL_DAYS = 14;

type CalledOptions = {
  readonly daysAgo?: number;
  readonly settings?: Parameters<TestDialling['campaign']>[1];
};

/** For tests: somebody calls the campaign's number. */
export async function callBack(
  dialling: TestDialling,
  from: string,
  options: { readonly isWithheld?: boolean } = {},
): Promise<PlacedCall> {
  const call = await dialling.world.call({
    to: PUBLIC,
    from,
    ...(options.isWithheld === true ? { privacy: 'id' as const } : {}),
  });
  await call.answered;
  return call;
}
