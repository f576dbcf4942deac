import type { BundleDraft } from '../draft.ts';
import type { NodeSurroundings, Problem, Surroundings } from '../finding.ts';
import { voiceName } from '../voices.ts';
import { checkCampaign } from './check-campaign.ts';
import { checkFirstChoice } from './check-first-choice.ts';
import { checkLoops } from './check-loops.ts';
import { checkPersonal } from './check-personal.ts';
import { checkQuestions } from './check-questions.ts';
import { checkRecording } from './check-recording.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkVariables } from './check-variables.ts';
import { checkWayToStaff } from './check-way-to-staff.ts';
import { type Graph, graphOf, type Vertex } from './graph.ts';

/**
 * All that is wrong with a draft and the flows that it goes to. Errors stand in the way of publishing, warnings do not. Never throws.
 */
export function check(bundle: BundleDraft, surroundings: Surroundings): readonly Problem[] {
  const graph = graphOf(bundle);
  const around: NodeSurroundings = { ...surroundings, flowIds: Object.keys(bundle.flows) };
  const vertices = [...graph.vertices.values()];
  return [
    ...checkFlows(bundle, graph),
    ...checkVoice(bundle, surroundings),
    ...vertices.flatMap((vertex) => checkSettings(vertex, around)),
    ...vertices.flatMap(checkBranches),
    ...checkReach(graph),
    ...checkLoops(graph),
    ...checkRecording(graph),
    ...checkVariables(graph),
    ...checkQuestions(graph),
    ...checkFirstChoice(graph),
    ...checkWayToStaff(graph),
    ...checkSecrets(graph),
    ...checkPersonal(bundle, graph),
    ...checkCampaign(bundle, graph, surroundings),
  ];
}

const usedFlows = (graph: Graph): ReadonlySet<string> =>
  new Set([...graph.reachable].flatMap((key) => graph.vertices.get(key)?.flowId ?? []));

function checkFlows(bundle: BundleDraft, graph: Graph): readonly Problem[] {
  const used = usedFlows(graph);
  const problems: Problem[] = [];
  if (!Object.hasOwn(bundle.flows, bundle.entryFlowId)) {
    problems.push({
      flowId: bundle.entryFlowId,
      nodeId: null,
      severity: 'error',
      code: 'unknownFlow',
      message: '最初のフローがありません。',
      mend: '最初に使うフローを選び直してください。',
    });
  }
  for (const [flowId, flow] of Object.entries(bundle.flows)) {
    if (!Object.hasOwn(flow.nodes, flow.startNodeId)) {
      problems.push({
        flowId,
        nodeId: null,
        severity: 'error',
        code: 'noStart',
        message: `フロー「${flow.name}」の開始ノードがありません。`,
        mend: '最初に動くノードを「開始」に指定してください。',
      });
    } else if (graph.start !== null && !used.has(flowId)) {
      problems.push({
        flowId,
        nodeId: null,
        severity: 'warning',
        code: 'unusedFlow',
        message: `フロー「${flow.name}」は、どこからも使われていません。`,
        mend: '「別のフローへ」で使うか、公開の対象から外してください。',
      });
    }
  }
  return problems;
}

/** Of the entry alone: in the other flows calls go on in its voice. */
function checkVoice({ flows, entryFlowId }: BundleDraft, { voiceIds }: Surroundings): readonly Problem[] {
  const voice = flows[entryFlowId]?.voice;
  if (voice === undefined || voiceIds === undefined || voiceIds.includes(voice)) return [];
  return [
    {
      flowId: entryFlowId,
      nodeId: null,
      severity: 'error',
      code: 'unknownVoice',
      message: `声「${voiceName(voice)}」は、ここでは使えません。`,
      mend: '画面の右の「声を選ぶ」で、声を選び直してください。',
    },
  ];
}

function checkSettings(vertex: Vertex, around: NodeSurroundings): readonly Problem[] {
  const place = { flowId: vertex.flowId, nodeId: vertex.nodeId };
  if (vertex.node !== null) return vertex.node.check(around).map((finding) => ({ ...place, ...finding }));
  if (vertex.badFields.length > 0) {
    return [
      {
        ...place,
        severity: 'error',
        code: 'badSettings',
        message: `設定に、足りない項目か正しくない項目があります（${vertex.badFields.join('、')}）。`,
        mend: 'ノードの設定を開き、項目を入力し直してください。',
      },
    ];
  }
  return [
    {
      ...place,
      severity: 'error',
      code: 'unknownKind',
      message: `「${vertex.draft.kind}」という種類のノードはありません。`,
      mend: 'ノードを削除し、使える種類のノードに置き換えてください。',
    },
  ];
}

function checkBranches(vertex: Vertex): readonly Problem[] {
  const place = { flowId: vertex.flowId, nodeId: vertex.nodeId };
  const problems: Problem[] = [];
  for (const edge of vertex.edges) {
    if (edge.to !== null || vertex.node?.targetFlow != null) continue;
    const isLinked = Object.hasOwn(vertex.draft.next, edge.branch);
    problems.push({
      ...place,
      severity: 'error',
      code: isLinked ? 'missingTarget' : 'missingBranch',
      message: isLinked
        ? `分岐「${edge.label}」の行き先のノードがありません。`
        : `分岐「${edge.label}」の行き先が決まっていません。`,
      mend: `分岐「${edge.label}」を、次に進むノードにつないでください。`,
    });
  }
  const known = new Set(vertex.edges.map((edge) => edge.branch));
  for (const branch of Object.keys(vertex.draft.next)) {
    if (vertex.node === null || known.has(branch)) continue;
    problems.push({
      ...place,
      severity: 'warning',
      code: 'unusedBranch',
      message: `分岐「${branch}」は、今の設定では使われません。`,
      mend: '使わない線を削除してください。',
    });
  }
  return problems;
}

/** Nodes of a flow that is not used at all are not named one by one. */
function checkReach(graph: Graph): readonly Problem[] {
  const used = usedFlows(graph);
  return [...graph.vertices].flatMap(([key, { flowId, nodeId }]): Problem[] => {
    if (graph.reachable.has(key) || !used.has(flowId)) return [];
    return [
      {
        flowId,
        nodeId,
        severity: 'error',
        code: 'unreachable',
        message: '開始からこのノードに進む道がありません。',
        mend: '前のノードの分岐をこのノードにつなぐか、このノードを削除してください。',
      },
    ];
  });
}
