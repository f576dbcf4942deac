import {
  bundleOfFlows,
  exampleParameters,
  type FlowDraft,
  levyTemplate,
  PresentFlowSchema,
} from '@madoguchi/flow';
import type { FlowDetail, FlowList } from '@madoguchi/server/flow-contract';
import { FAKE_NUMBERS, iso } from './fake-calls.ts';

const SAMPLE = bundleOfFlows(
  'sample',
  levyTemplate.make({ ...exampleParameters(levyTemplate), calendarId: 'city-hall' }),
);
type Amount = 'none' | 'few' | 'many';
const COLLEAGUE = { personId: 'u2', name: '見本 太郎' };

const MANY_NODES = 300;

/** The flow that the fake studio opens. */
export function fakeFlow(amount: Amount): FlowDraft {
  const flow = SAMPLE.flows[SAMPLE.entryFlowId];
  if (flow === undefined) throw new Error('the template has no entry flow');
  if (amount === 'none') return { ...flow, startNodeId: '', nodes: {} };
  return amount === 'few' ? flow : severalTimes(flow, Math.ceil(MANY_NODES / Object.keys(flow.nodes).length));
}

/** Exactly 300 nodes: the same flow over and over, each copy led to by the one before. */
function severalTimes(flow: FlowDraft, times: number): FlowDraft {
  const nodes = Array.from({ length: times }, (_, copy) =>
    Object.entries(flow.nodes).map(([id, node]) => {
      const next = Object.entries(node.next).map(([branch, target]) => [branch, `${target}-${copy}`]);
      const first = copy + 1 < times && id === 'staffBusy' ? { next: `${flow.startNodeId}-${copy + 1}` } : {};
      return [`${id}-${copy}`, { ...node, next: { ...Object.fromEntries(next), ...first } }];
    }),
  );
  return PresentFlowSchema.parse({
    ...flow,
    startNodeId: `${flow.startNodeId}-0`,
    nodes: Object.fromEntries(nodes.flat().slice(0, MANY_NODES)),
  });
}

function fakeFlowList(amount: Amount, nowMs: number): FlowList {
  const count = { none: 0, few: 3, many: 40 }[amount];
  return {
    flows: Array.from({ length: count }, (_, index) => ({
      flowId: index === 0 ? SAMPLE.entryFlowId : `flow-${index}`,
      name: ['国保 賦課徴収', '国保 資格給付', '閉庁時のご案内'][index % 3] ?? '',
      nodes: 24 + index,
      changedAt: iso(nowMs - index * 3_600_000),
      changedBy: index % 2 === 0 ? COLLEAGUE : null,
      version: index % 3 === 2 ? null : index + 1,
      isChanged: index % 2 === 0,
      numbers: FAKE_NUMBERS.filter((_number, place) => place === index).map(
        ({ phoneNumber, shown, name }) => ({ phoneNumber, shown, name }),
      ),
    })),
  };
}

function fakeFlowDetail(amount: Amount, nowMs: number): FlowDetail {
  return {
    flow: { draft: fakeFlow(amount), version: 7, changedAt: iso(nowMs - 600_000), changedBy: COLLEAGUE },
    others: [],
    surroundings: {
      numbers: FAKE_NUMBERS.map(({ phoneNumber, shown, name }) => ({
        id: phoneNumber,
        name: `${shown} ${name}`,
      })),
      calendars: [{ id: 'city-hall', name: '市役所の開庁時間' }],
      lists: [{ id: 'complaints', name: '折り返しが必要な方' }],
      audio: [{ id: 'wait-music', name: 'お待ちいただく間の音楽' }],
      announcements: [{ id: 'a1', name: 'お電話のお礼' }],
    },
  };
}

const versions = new Map<Amount, number>();

/** Answers as the flow studio's API would; what is saved only counts up. Null where the path is none of its. */
export function answerFlows(request: {
  readonly method: string;
  readonly path: string;
  readonly amount: Amount;
  readonly now: number;
}): { readonly status: number; readonly body: unknown } | null {
  const { method, path, amount, now } = request;
  const version = versions.get(amount) ?? 7;
  if (path === '/api/flows' && method === 'GET') return { status: 200, body: fakeFlowList(amount, now) };
  if (path === '/api/flows') return { status: 201, body: { flowId: SAMPLE.entryFlowId } };
  const address = /^\/api\/flows\/[^/]+(\/presence)?$/.exec(path);
  if (address === null) return null;
  if (address[1] !== undefined) return { status: 200, body: { others: [COLLEAGUE], version } };
  if (method === 'DELETE') return { status: 200, body: { done: true } };
  if (method === 'PUT') {
    versions.set(amount, version + 1);
    return { status: 200, body: { version: version + 1 } };
  }
  const detail = fakeFlowDetail(amount, now);
  return { status: 200, body: { ...detail, flow: { ...detail.flow, version } } };
}
