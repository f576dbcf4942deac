import type { FlowDraft } from '@madoguchi/flow';
import type { Counts, VersionDetail } from '@madoguchi/server/count-contract';
import { FAKE_NUMBERS } from './fake-calls.ts';
import { fakeFlow } from './fake-flows.ts';

type Amount = 'none' | 'few' | 'many';
const CALLS = { none: 0, few: 293, many: 4_321 } as const;
/** Before it nobody called. */
const FIRST_DAY = '2020-01-01';
const LONGEST_CALL_NODES = 400;

/** Sends invented callers through the flow, always the same ones. */
function walk(flow: FlowDraft, calls: number): Pick<Counts, 'branches' | 'places'> {
  const branches = new Map<string, Counts['branches'][number]>();
  const places = new Map<string, Counts['places'][number]>();
  let seed = 7;
  const chance = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  for (let call = 0; call < calls; call++) {
    let nodeId: string | undefined = flow.startNodeId;
    for (let steps = 0; nodeId !== undefined && steps < LONGEST_CALL_NODES; steps++) {
      const node: FlowDraft['nodes'][string] | undefined = flow.nodes[nodeId];
      if (node === undefined) break;
      const none = { flowId: flow.id, nodeId, came: 0, hungUp: 0, ended: 0, talking: 0 };
      const place = places.get(nodeId) ?? none;
      const stays = chance();
      const how = stays < 0.03 ? 'hungUp' : stays < 0.035 ? 'ended' : stays < 0.036 ? 'talking' : null;
      places.set(nodeId, {
        ...place,
        came: place.came + 1,
        ...(how === null ? {} : { [how]: place[how] + 1 }),
      });
      if (how !== null) break;
      const ways: readonly (readonly [string, string])[] = Object.entries(node.next);
      // The first ways are the likely ones.
      const way = ways[Math.floor(chance() ** 2 * ways.length)];
      const branch = way?.[0] ?? 'end';
      const key = `${nodeId} ${branch}`;
      const { count } = branches.get(key) ?? { count: 0 };
      branches.set(key, { flowId: flow.id, nodeId, branch, count: count + 1 });
      nodeId = way?.[1];
    }
  }
  return { branches: [...branches.values()], places: [...places.values()] };
}

function fakeCounts(amount: Amount, query: URLSearchParams): Counts {
  const isQuiet = (query.get('from') ?? '') < FIRST_DAY;
  const all = isQuiet ? 0 : CALLS[amount];
  const numbers = FAKE_NUMBERS.slice(0, 2).map(({ phoneNumber, shown, name }, place) => ({
    phoneNumber,
    shown,
    name,
    calls: place === 0 ? Math.ceil(all * 0.7) : Math.floor(all * 0.3),
  }));
  const wanted = query.get('phoneNumber');
  const calls =
    wanted === null ? all : (numbers.find(({ phoneNumber }) => phoneNumber === wanted)?.calls ?? 0);
  const unanswered = Math.floor(calls / 70);
  return {
    calls,
    unanswered,
    ...walk(fakeFlow(amount), calls - unanswered),
    numbers: isQuiet ? [] : numbers,
  };
}

function fakeVersion(bundleId: string, amount: Amount): VersionDetail {
  const flow = fakeFlow(amount);
  return {
    bundleId,
    versionNo: Number(/\d+$/.exec(bundleId)?.[0] ?? 1),
    publishedAt: '2026-10-01T00:00:00.000Z',
    entryFlowId: flow.id,
    flows: [flow],
  };
}

/** Answers as the API of counts would. Null where the path is none of its. */
export function answerCounts({
  path,
  query,
  amount,
}: {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly amount: Amount;
}): { readonly status: number; readonly body: unknown } | null {
  const version = /^\/api\/flows\/[^/]+\/versions\/([^/]+)$/.exec(path)?.[1];
  if (version !== undefined) return { status: 200, body: fakeVersion(version, amount) };
  if (!/^\/api\/flows\/[^/]+\/counts$/.test(path)) return null;
  return { status: 200, body: fakeCounts(amount, query) };
}
