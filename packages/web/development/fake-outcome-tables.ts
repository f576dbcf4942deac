import { DEFAULT_OUTCOME_TABLE, OutcomeTableChangeSchema } from '@madoguchi/server/campaign-cost-contract';
import { iso } from './fake-calls.ts';

const DAY_MS = 86_400_000;
/** Somebody else stores a table of this trunk whenever one is stored here for the first time. */
const CONTESTED = 'trunk-2';

type Stored = { readonly rules: unknown; readonly changed: object | null; readonly version: number };

/** Stands in for the routes of the tables of answers: keeps what is stored, each server its own. The second trunk has a table of its own. */
export function createFakeOutcomeTables(now: () => number) {
  const changed = (version: number) => ({
    changedAt: iso(now() - DAY_MS),
    changedBy: '見本 花子',
    version,
  });
  const OWN = [
    { when: { answered: true }, outcome: 'answered', because: 'RFC 3261 13.2.2.4: 2xxは応答' },
    {
      when: { sipCodes: [480], q850Causes: [20], earlyMedia: true, endWithinMs: 25_000 },
      outcome: 'outOfRange',
      because: '見本電話の書類：圏外・電源断の案内の後に切れる',
    },
    { when: { sipCodes: [486, 600] }, outcome: 'busy', because: 'RFC 3261 21.4.24: 話し中' },
  ];
  const tables = new Map<string, Stored>();
  let contested = false;
  const forget = () => {
    tables.clear();
    tables.set('trunk-1', { rules: OWN, changed: changed(4), version: 4 });
    contested = false;
  };
  forget();
  return {
    /** As it was at the beginning. */
    forget,
    answer({
      method,
      path,
      body,
      amount,
    }: {
      readonly method: string;
      readonly path: string;
      readonly body: unknown;
      readonly amount: string;
    }): { readonly status: number; readonly body: unknown } {
      const trunkId = path.split('/')[3] ?? '';
      const stored = tables.get(trunkId);
      if (method === 'GET') {
        if (amount === 'none') return { status: 200, body: { rules: [], changed: changed(2) } };
        return {
          status: 200,
          body: { rules: stored?.rules ?? DEFAULT_OUTCOME_TABLE, changed: stored?.changed ?? null },
        };
      }
      const { rules, version } = OutcomeTableChangeSchema.parse(body);
      if (trunkId === CONTESTED && !contested) {
        contested = true;
        tables.set(trunkId, { rules: OWN, changed: changed(1), version: 1 });
      }
      const there = tables.get(trunkId)?.version ?? null;
      if (version !== there) return { status: 409, body: CHANGED };
      const next = (there ?? 0) + 1;
      if (rules === null) tables.delete(trunkId);
      else tables.set(trunkId, { rules, changed: changed(next), version: next });
      return { status: 200, body: { done: true } };
    },
  };
}

const CHANGED = {
  code: 'changedMeanwhile',
  message: 'ほかの職員が先に変更しました。画面を開き直して、もう一度入力してください。',
};
