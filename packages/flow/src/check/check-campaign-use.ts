import type { BundleDraft } from '../draft.ts';
import type { Finding, Problem } from '../finding.ts';
import { RecordResultNodeSchema } from '../nodes/record-result.ts';
import { namesIn } from '../template.ts';
import { identifiedAt } from './check-personal.ts';
import { type Graph, graphOf, reachableFrom, type Vertex } from './graph.ts';

/** How a campaign uses its scenario, which the flow itself does not say. */
export type CampaignUse = {
  /** One call is for all who share a telephone: until the check nobody's values are known. */
  readonly mergesHouseholds: boolean;
  readonly kind: 'dueDateNotice' | 'paymentDemand';
};

/** What is wrong with a scenario as a campaign uses it, beside what `check` says of the flow. Never throws. */
export function checkCampaignUse(
  bundle: BundleDraft,
  { mergesHouseholds, kind }: CampaignUse,
): readonly Problem[] {
  const graph = graphOf(bundle);
  return [
    ...(mergesHouseholds ? checkHousehold(bundle, graph) : []),
    ...(kind === 'paymentDemand' ? checkNoMoreCalls(graph) : []),
  ];
}

function checkHousehold(bundle: BundleDraft, graph: Graph): readonly Problem[] {
  const vertices = verticesOf(graph, graph.reachable);
  if (!vertices.some(({ edges }) => edges.some(({ identifies }) => identifies))) {
    return [
      {
        flowId: bundle.entryFlowId,
        nodeId: null,
        severity: 'error',
        code: 'householdWithoutCheck',
        message:
          '同じ電話番号の方を1回の電話にまとめるのに、「本人確認」がありません。どなたが出たか分かりません。',
        mend: '「本人確認」を置くか、同じ電話番号の方をまとめない設定にしてください。',
      },
    ];
  }
  const values = new Set(graph.recipientValues.map(({ name }) => name));
  const identified = identifiedAt(graph);
  return [...graph.reachable].flatMap((key) => {
    const vertex = graph.vertices.get(key);
    if (vertex === undefined || identified(key)) return [];
    const used = [...new Set(namesUsed(vertex))].filter((name) => values.has(name));
    if (used.length === 0) return [];
    return at(vertex, {
      severity: 'error',
      code: 'valueBeforeWho',
      message: `配信先の値（${used.join('、')}）を、本人確認の前に使っています。同じ電話番号の方をまとめた電話では、まだどなたか分からないため、伝えられません。`,
      mend: 'この値を「確認できた」の先だけで使うか、同じ電話番号の方をまとめない設定にしてください。',
    });
  });
}

function namesUsed({ node }: Vertex): readonly string[] {
  return node === null ? [] : [...node.uses, ...node.writes.flatMap(namesIn)];
}

/** In a reminder of arrears nobody is let off by a key: somebody of the staff talks to him. */
function checkNoMoreCalls(graph: Graph): readonly Problem[] {
  return verticesOf(graph, graph.reachable).flatMap((vertex) => {
    const node = RecordResultNodeSchema.safeParse(vertex.draft).data;
    if (node?.result !== 'optedOut') return [];
    const onward = vertex.edges.flatMap(({ to }) => (to === null ? [] : reachableFrom(graph.vertices, to)));
    if (verticesOf(graph, onward).some((each) => each.node?.reaches != null)) return [];
    return at(vertex, {
      severity: 'warning',
      code: 'noMoreCallsWithoutStaff',
      message:
        '「連絡を希望しない」と答えた方が、この後、職員につながりません。納付催告では、発信止めにはならず、受付箱に入ります。',
      mend: 'この先を、転送、折り返しの受付、伝言録音のどれかにつないでください。',
    });
  });
}

const verticesOf = (graph: Graph, keys: Iterable<string>): readonly Vertex[] =>
  [...keys].flatMap((key) => graph.vertices.get(key) ?? []);

function at({ flowId, nodeId }: Vertex, finding: Finding): readonly Problem[] {
  return [{ flowId, nodeId, ...finding }];
}
