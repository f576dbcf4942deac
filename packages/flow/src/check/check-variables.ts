import { BUILTIN_VALUES } from '../builtin-values.ts';
import type { Problem } from '../finding.ts';
import { certainAt, type Graph } from './graph.ts';

/** Values that nothing ever sets, and values that some way leaves unset. */
export function checkVariables(graph: Graph): readonly Problem[] {
  const ofRecipient = graph.recipientValues.map(({ name }) => name);
  const everSet = new Set([
    ...ofRecipient,
    ...[...graph.vertices.values()].flatMap((vertex) => vertex.edges.flatMap((edge) => edge.sets)),
  ]);
  const setAt = certainAt(graph, (_vertex, edge) => edge.sets, ofRecipient);
  return [...graph.vertices].flatMap(([key, { flowId, nodeId, node }]) =>
    [...new Set(node?.uses ?? [])].flatMap((name): Problem[] => {
      if (Object.hasOwn(BUILTIN_VALUES, name)) return [];
      if (name === '') {
        return [
          {
            flowId,
            nodeId,
            severity: 'error',
            code: 'unknownVariable',
            message: '使う値が選ばれていません。',
            mend: '番号入力などで作った値を、設定で選んでください。',
          },
        ];
      }
      if (!everSet.has(name)) {
        return [
          {
            flowId,
            nodeId,
            severity: 'error',
            code: 'unknownVariable',
            message: `値「${name}」は、どこでも設定されていません。`,
            mend: '番号入力か値の設定でこの値を作るか、「配信先の値」に加えるか、名前の書き間違いを直してください。',
          },
        ];
      }
      if (node?.maySeeUnset || !graph.reachable.has(key) || setAt.get(key)?.has(name)) return [];
      return [
        {
          flowId,
          nodeId,
          severity: 'warning',
          code: 'variableMaybeUnset',
          message: `値「${name}」が設定されないまま、ここに来る道があります。そのとき値は空になります。`,
          mend: '手前のどの道でもこの値を設定するか、値の条件で道を分けてください。',
        },
      ];
    }),
  );
}
