import {
  bundleOfFlows,
  exampleParameters,
  type FlowDraft,
  flowTemplate,
  LANGUAGE_VERSION,
  levyTemplate,
  PresentFlowSchema,
} from '@madoguchi/flow';
import type { FlowDetail, FlowImported, FlowList } from '@madoguchi/server/flow-contract';
import { z } from 'zod';
import { FAKE_NUMBERS, iso } from './fake-calls.ts';

const SAMPLE = bundleOfFlows(
  'sample',
  levyTemplate.make({ ...exampleParameters(levyTemplate), calendarId: 'city-hall' }),
);
/** Opened by its id: a flow for a call that the city places. */
const REMINDER = flowOfTemplate('overdue-kaigo');
type Amount = 'none' | 'few' | 'many';
const COLLEAGUE = { personId: 'u2', name: '見本 太郎' };

const MANY_NODES = 300;

function flowOfTemplate(templateId: string): FlowDraft {
  const template = flowTemplate(templateId);
  const [flow] = template?.make({ ...exampleParameters(template), calendarId: 'city-hall' }) ?? [];
  if (flow === undefined) throw new Error('no such template');
  return flow;
}

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

/** Goes to the flow that the studio opens, so that a removal has somebody to warn of. */
const LEADS_ON = PresentFlowSchema.parse({
  languageVersion: LANGUAGE_VERSION,
  id: 'holiday',
  name: '休日のご案内',
  startNodeId: 'on',
  nodes: { on: { kind: 'goToFlow', title: '閉庁時へ', flowId: 'flow-2', next: {}, at: null } },
});

function fakeFlowDetail(draft: FlowDraft, version: number, nowMs: number): FlowDetail {
  return {
    flow: { draft, version, changedAt: iso(nowMs - 600_000), changedBy: COLLEAGUE },
    others: [LEADS_ON],
    surroundings: {
      numbers: FAKE_NUMBERS.map(({ phoneNumber, shown, name }) => ({
        id: phoneNumber,
        name: `${shown} ${name}`,
      })),
      calendars: [{ id: 'city-hall', name: '市役所の開庁時間' }],
      lists: [{ id: 'complaints', name: '折り返しが必要な方' }],
      audio: [{ id: 'wait-music', name: 'お待ちいただく間の音楽' }],
      announcements: [{ id: 'a1', name: 'お電話のお礼' }],
      ownHosts: ['www.city.mihon.lg.jp'],
    },
  };
}

const ImportSchema = z.object({ flows: z.array(PresentFlowSchema) });
const AWAY = {
  code: 'databaseAway',
  message: 'データベースに接続できません。しばらくしてからもう一度お試しください。',
};

/** Somebody else changed every menu in the meantime. */
function behindOf(flow: FlowDraft, version: number, nowMs: number) {
  const nodes = Object.entries(flow.nodes).map(([id, node]) => [
    id,
    node.kind === 'menu' ? { ...node, title: `${node.title}（変更）` } : node,
  ]);
  return {
    code: 'changedMeanwhile',
    message: 'ほかの職員が先に変更しました。',
    newest: {
      draft: { ...flow, nodes: Object.fromEntries(nodes) },
      version,
      changedAt: iso(nowMs),
      changedBy: COLLEAGUE,
    },
  };
}

const TAKEN = {
  code: 'flowIdTaken',
  message:
    'ほかの職員が同時に同じフローを追加しました。どのフローも追加していません。もう一度お試しください。',
};

/**
 * Answers as the flow studio's API would. What is saved only counts up; flows that were imported can be opened. A draft that says
 * 'ほかの人' came too late, one that says '保存できない' cannot be stored; a first imported one named '追加できない' is refused. Null where the path is none of its.
 */
export function fakeFlows() {
  const versions = new Map<Amount, number>();
  const imported = new Map<string, FlowDraft>();
  const removed = new Set<string>();

  const ADDED: Omit<FlowImported, 'flowIds'> = {
    announcements: { added: [], different: [], leftOut: [] },
    readings: { added: [], different: [] },
  };
  const OTHERWISE: Omit<FlowImported, 'flowIds'> = {
    announcements: { added: ['閉庁のお知らせ'], different: ['挨拶'], leftOut: ['お待たせの音楽'] },
    readings: { added: ['国保'], different: [{ surface: '納期', here: 'ノウキ', file: 'ノーキ' }] },
  };
  return (request: {
    readonly method: string;
    readonly path: string;
    readonly body: unknown;
    readonly amount: Amount;
    readonly now: number;
  }): { readonly status: number; readonly body: unknown } | null => {
    const { method, path, amount, now } = request;
    const version = versions.get(amount) ?? 7;
    if (path === '/api/flows' && method === 'GET') {
      const { flows } = fakeFlowList(amount, now);
      return { status: 200, body: { flows: flows.filter(({ flowId }) => !removed.has(flowId)) } };
    }
    if (path === '/api/flows') return { status: 201, body: { flowId: SAMPLE.entryFlowId } };
    if (path === '/api/flow-imports') {
      const { flows } = ImportSchema.parse(request.body);
      if (flows[0]?.name === '追加できない') return { status: 409, body: TAKEN };
      for (const flow of flows) imported.set(flow.id, flow);
      const isOtherwise = flows.some(({ nodes }) => JSON.stringify(nodes).includes('"audioId"'));
      return {
        status: 201,
        body: { flowIds: flows.map(({ id }) => id), ...(isOtherwise ? OTHERWISE : ADDED) },
      };
    }
    if (path === '/api/flow-exports') return { status: 200, body: { announcements: [], readings: [] } };
    const address = /^\/api\/flows\/([^/]+)(\/presence)?$/.exec(path);
    if (address === null) return null;
    const flowId = address[1] ?? '';
    if (address[2] !== undefined) return { status: 200, body: { others: [COLLEAGUE], version } };
    if (method === 'DELETE') {
      removed.add(flowId);
      return { status: 200, body: { done: true } };
    }
    if (method === 'PUT') {
      const words = JSON.stringify(request.body);
      if (words.includes('保存できない')) return { status: 503, body: AWAY };
      if (words.includes('ほかの人'))
        return { status: 409, body: behindOf(fakeFlow(amount), version + 1, now) };
      versions.set(amount, version + 1);
      return { status: 200, body: { version: version + 1 } };
    }
    return {
      status: 200,
      body: fakeFlowDetail(
        imported.get(flowId) ?? (flowId === REMINDER.id ? REMINDER : fakeFlow(amount)),
        version,
        now,
      ),
    };
  };
}
