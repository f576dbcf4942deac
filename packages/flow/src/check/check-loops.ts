import type { Finding, Problem } from '../finding.ts';
import { nodeKind } from '../nodes/registry.ts';
import { type Graph, loopsOf, reachableFrom, type Vertex } from './graph.ts';

/**
 * Loops that do harm: one without listening and waiting (it would turn round by itself, and send message after message), a node from which
 * no end can be reached, and one in which a caller who does nothing is held for ever: an error where each round sends a text message or
 * rings at a desk (a line that was not hung up does so for hours), otherwise a warning, since he can hang up.
 */
export function checkLoops(graph: Graph): readonly Problem[] {
  const spinning = loopsOf(graph, (from, _edge, to) => !waits(from) && !waits(to));
  const holding = loopsOf(graph, (_from, edge) => edge.passive).filter((loop) => loop.some(waits));
  return [
    ...spinning.flatMap((loop) =>
      problemOf(loop, {
        severity: 'error',
        code: 'endlessLoop',
        message: `発信者の操作も転送も挟まずに、同じところを回り続けます（${titles(loop)}）。`,
        mend: '回っている道の途中にメニューなどを入れるか、分岐のどれかを終了などの別のノードにつないでください。',
      }),
    ),
    ...neverEnding(graph),
    ...holding.flatMap((loop) => problemOf(loop, holdingProblem(loop))),
  ];
}

function holdingProblem(loop: readonly Vertex[]): Finding {
  const acting = loop.filter((vertex) => vertex.node?.actsOutside);
  if (acting.length > 0) {
    const labels = new Set(acting.map(({ draft }) => `「${nodeKind(draft.kind)?.label ?? draft.kind}」`));
    return {
      severity: 'error',
      code: 'unaskedRepetition',
      message: `発信者が何もしなくても、${[...labels].join('と')}を何度でも繰り返します（${titles(loop)}）。`,
      mend: '「話し中」「無操作」などの分岐を終了に向かうノードにつなぐか、発信者がキーを押したときだけ戻るようにしてください。',
    };
  }
  return {
    severity: 'warning',
    code: 'silentCallerLoop',
    message: `発信者が何もしないと、同じところを回り続けます（${titles(loop)}）。`,
    mend: '「無操作」などの分岐を、終了に向かうノードにつないでください。',
  };
}

function neverEnding(graph: Graph): readonly Problem[] {
  return [...graph.reachable].flatMap((key): readonly Problem[] => {
    const vertex = graph.vertices.get(key);
    const onward = reachableFrom(graph.vertices, key).flatMap((each) => graph.vertices.get(each) ?? []);
    // What has an open branch or cannot be read is named for that; where it will lead is not known yet.
    const isUnfinished = onward.some(
      (each) => each.node === null || each.edges.some((edge) => edge.to === null),
    );
    if (vertex === undefined || isUnfinished || onward.some((each) => each.node?.ends)) return [];
    return problemOf([vertex], {
      severity: 'error',
      code: 'neverEnds',
      message: 'このノードから先は、どの分岐を進んでも終了に着きません。',
      mend: '分岐のどれかを、終了に向かうノードにつないでください。',
    });
  });
}

const waits = (vertex: Vertex): boolean => vertex.node?.waits ?? true;

function titles(loop: readonly Vertex[]): string {
  return loop.map((vertex) => vertex.draft.title || vertex.nodeId).join(' → ');
}

function problemOf(loop: readonly Vertex[], finding: Finding): readonly Problem[] {
  const [first] = loop;
  return first === undefined ? [] : [{ flowId: first.flowId, nodeId: first.nodeId, ...finding }];
}
