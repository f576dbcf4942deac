import type { Problem } from '../finding.ts';
import { type Edge, type Graph, reachableFrom, type Vertex } from './graph.ts';

type Hours = 'open' | 'closed';

/**
 * Nobody is left alone with a menu: in opening hours some way leads from it to a person, and a caller who presses nothing comes to one,
 * or may leave a message when it is closed. All of these are warnings.
 */
export function checkWayToStaff(graph: Graph): readonly Problem[] {
  const { start, vertices } = graph;
  if (start === null) return [];
  const asksCalendar = [...graph.reachable].some((key) =>
    vertices.get(key)?.edges.some((edge) => edge.when !== null),
  );
  const comesTo = (hours: Hours) => reachableFrom(vertices, start, takenIn(hours));
  return [
    ...comesTo('open').flatMap((key) => checkOpen(graph, key)),
    ...(asksCalendar ? comesTo('closed').flatMap((key) => checkClosed(graph, key)) : []),
  ];
}

const takenIn = (hours: Hours) => (edge: Edge) => edge.when === null || edge.when === hours;

function checkOpen(graph: Graph, key: string): readonly Problem[] {
  const vertex = graph.vertices.get(key);
  if (vertex?.node?.asks == null) return [];
  const onward = reachableFrom(graph.vertices, key, takenIn('open')).flatMap(
    (each) => graph.vertices.get(each) ?? [],
  );
  const isUnfinished = onward.some(isOpenEnded);
  if (!isUnfinished && !onward.some((each) => each.node?.reaches === 'person')) {
    return problemAt(vertex, {
      code: 'noWayToStaff',
      message: '開庁時間内に、このメニューから職員につながる道がありません。',
      mend: '「職員とお話しになりたい方は9を」のような選択肢を作り、転送につないでください。',
    });
  }
  if (silentCallerComesTo(graph, vertex, 'open', ['person'])) return [];
  return problemAt(vertex, {
    code: 'silentCallerNotServed',
    message: '開庁時間内に、何も押さない発信者（ダイヤル式の電話など）が、職員につながりません。',
    mend: '「無操作」の分岐を、転送に向かうノードにつないでください。',
  });
}

/** A city may have somebody on duty at night: a person will do as well. */
function checkClosed(graph: Graph, key: string): readonly Problem[] {
  const vertex = graph.vertices.get(key);
  if (vertex?.node?.asks == null) return [];
  if (silentCallerComesTo(graph, vertex, 'closed', ['person', 'message'])) return [];
  return problemAt(vertex, {
    code: 'silentCallerNotHeard',
    message: '閉庁中に、何も押さない発信者（ダイヤル式の電話など）が、伝言を残せません。',
    mend: '「無操作」の分岐を、伝言録音に向かうノードにつないでください。',
  });
}

/** Whether every way of a caller who does nothing comes to one of the goals. Where a way is not finished yet, that is named elsewhere. */
function silentCallerComesTo(
  graph: Graph,
  { node, edges }: Vertex,
  hours: Hours,
  goals: readonly string[],
): boolean {
  const silent = edges.find((edge) => edge.branch === node?.asks?.silentBranch);
  if (silent === undefined || silent.to === null) return true;
  const lost = new Set(
    reachableFrom(graph.vertices, silent.to, (edge) => edge.passive && takenIn(hours)(edge)),
  );
  // What is sure to come to a goal is taken out, again and again, from the goals backwards: a loop comes nowhere.
  for (let before = -1; before !== lost.size; ) {
    before = lost.size;
    for (const key of lost) {
      const vertex = graph.vertices.get(key);
      const ways = (vertex?.edges ?? []).filter((edge) => edge.passive && takenIn(hours)(edge));
      const isServed = vertex?.node?.reaches != null && goals.includes(vertex.node.reaches);
      const isUnknown = vertex === undefined || vertex.node === null;
      const comesOn = ways.length > 0 && ways.every(({ to }) => to === null || !lost.has(to));
      if (isServed || isUnknown || comesOn) lost.delete(key);
    }
  }
  return !lost.has(silent.to);
}

function isOpenEnded({ node, edges }: Vertex): boolean {
  return node === null || edges.some((edge) => edge.to === null);
}

function problemAt(
  { flowId, nodeId }: Vertex,
  warning: Pick<Problem, 'code' | 'message' | 'mend'>,
): readonly Problem[] {
  return [{ flowId, nodeId, severity: 'warning', ...warning }];
}
