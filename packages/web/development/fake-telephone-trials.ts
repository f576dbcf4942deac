import type { NumberUnderTest, TelephoneTrial } from '@madoguchi/server/telephone-trial-contract';
import { z } from 'zod';
import { iso } from './fake-calls.ts';
import { fakeFlow } from './fake-flows.ts';

const AMOUNTS = { none: 0, few: 3, many: 12 } as const;
const OrderSchema = z.object({ phoneNumbers: z.array(z.string()) });
/** Whoever orders for it is told that the draft has errors. */
const REFUSING = '0725008199';
const ERRORS = {
  code: 'hasErrors',
  message: '直すところが2件あるため、電話では試せません。先に直してください。',
  errors: [
    {
      message: '「用件の選択」の次に進むノードが決まっていません。',
      mend: '「1」の進み先を選んでください。',
      flowId: 'levy',
      nodeId: 'menu',
    },
    {
      message: '「閉庁の案内」の文章が空です。',
      mend: '読み上げる文章を入力してください。',
      flowId: 'levy',
      nodeId: 'closed',
    },
  ],
};

/**
 * Answers as the routes of trials by telephone would. Of the numbers the first has nothing on trial, the second the draft as it is, the
 * third an older one, the fourth one of another flow, and the fifth one whose sounds could not be made. What is ordered is ready at the
 * third look.
 */
export function fakeTelephoneTrials() {
  const looksToGo = new Map<string, number>();
  const ended = new Set<string>();

  return (asked: {
    readonly method: string;
    readonly path: string;
    readonly body: unknown;
    readonly amount: keyof typeof AMOUNTS;
    readonly now: number;
  }): { readonly status: number; readonly body: unknown } => {
    const { method, path, body, amount, now } = asked;
    if (method === 'POST') {
      const { phoneNumbers } = OrderSchema.parse(body);
      if (phoneNumbers.includes(REFUSING)) return { status: 422, body: ERRORS };
      for (const phoneNumber of phoneNumbers) {
        looksToGo.set(phoneNumber, 2);
        ended.delete(phoneNumber);
      }
      return { status: 201, body: { bundleId: 'trial-new' } };
    }
    if (method === 'DELETE') {
      const phoneNumber = path.split('/').at(-2) ?? '';
      looksToGo.delete(phoneNumber);
      ended.add(phoneNumber);
      return { status: 200, body: { done: true } };
    }
    const flowId = fakeFlow(amount).id;
    const numbers = Array.from({ length: AMOUNTS[amount] }, (_, nth): NumberUnderTest => {
      const phoneNumber = nth === 5 ? REFUSING : `07250081${30 + nth}`;
      const laid = { ...fakeUnderTest(nth, flowId, now), phoneNumber, shown: shownOf(phoneNumber) };
      const looks = looksToGo.get(phoneNumber);
      if (ended.has(phoneNumber)) return { ...laid, trial: null, ordered: null };
      if (looks === undefined) return laid;
      looksToGo.set(phoneNumber, Math.max(0, looks - 1));
      const current = fakeTrial(flowId, now, false);
      return looks > 0
        ? { ...laid, ordered: { ...current, failedBecause: null } }
        : { ...laid, trial: current, ordered: null };
    });
    return { status: 200, body: { numbers } };
  };
}

function fakeUnderTest(
  nth: number,
  flowId: string,
  now: number,
): Pick<NumberUnderTest, 'name' | 'trial' | 'ordered'> {
  const names = ['国保 保健総務', '国保 賦課徴収', '国保 資格給付'];
  const name = nth < 3 ? (names[nth] ?? '') : `番号${nth + 1}：とても長い名前の付いた出張所と図書館の窓口`;
  const earlier = now - 3_600_000;
  if (nth === 1) return { name, trial: fakeTrial(flowId, earlier, false), ordered: null };
  if (nth === 2) return { name, trial: fakeTrial(flowId, earlier, true), ordered: null };
  if (nth === 3) return { name, trial: fakeTrial('other', earlier, false), ordered: null };
  if (nth === 4) {
    const failedBecause =
      '音声を保存するディスクの空きがありません。空きを作ってから、もう一度お試しください。';
    return { name, trial: null, ordered: { ...fakeTrial(flowId, earlier, false), failedBecause } };
  }
  return { name, trial: null, ordered: null };
}

function fakeTrial(flowId: string, at: number, isDraftNewer: boolean): TelephoneTrial {
  return {
    bundleId: `trial-${flowId}-${at}`,
    flowId,
    flowName: flowId === 'other' ? '閉庁時のご案内' : '国保 賦課徴収',
    orderedAt: iso(at),
    orderedBy: { personId: 'u2', name: '見本 太郎' },
    isDraftNewer,
  };
}

function shownOf(phoneNumber: string): string {
  return `${phoneNumber.slice(0, 4)}-${phoneNumber.slice(4, 6)}-${phoneNumber.slice(6)}`;
}
