import type { Problem } from '../finding.ts';
import type { Graph } from './graph.ts';

/**
 * A secret value may be read back by the node that asked for it, and be compared. A text message, another announcement, a copy or a
 * list would tell it to somebody else. A name that is secret anywhere is secret everywhere.
 */
export function checkSecrets(graph: Graph): readonly Problem[] {
  const vertices = [...graph.vertices.values()];
  const secrets = new Set(vertices.flatMap(({ node }) => node?.setsSecret ?? []));
  return vertices.flatMap(({ flowId, nodeId, node }) => {
    if (node === null || node.comparesOnly) return [];
    return [...new Set(node.uses)]
      .filter((name) => secrets.has(name))
      .map((name) => ({
        flowId,
        nodeId,
        severity: 'error',
        code: 'secretDisclosed',
        message: `値「${name}」は、番号入力で「内容を隠す」とされているため、ここでは使えません。`,
        mend: 'この値を使わない文章や設定にしてください。使えるのは、その番号入力の復唱と、値の条件だけです。',
      }));
  });
}
