import type { Problem } from '../finding.ts';
import { certainAt, type Graph } from './graph.ts';

/** A talk or a message may be recorded only where every way to it has told the caller so before. */
export function checkRecording(graph: Graph): readonly Problem[] {
  const told = certainAt(graph, (vertex) => (vertex.node?.recording.givesNotice ? ['told'] : []));
  return [...graph.reachable].flatMap((key): Problem[] => {
    const vertex = graph.vertices.get(key);
    if (vertex?.node == null || !vertex.node.recording.needsNotice || told.get(key)?.has('told')) return [];
    return [
      {
        flowId: vertex.flowId,
        nodeId: vertex.nodeId,
        severity: 'error',
        code: 'noRecordingNotice',
        message: '録音することを発信者に知らせないまま、録音が始まる道があります。',
        mend: 'このノードに録音の告知を入れるか、手前のどの道にも「録音の告知」とした案内を置いてください。',
      },
    ];
  });
}
