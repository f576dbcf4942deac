import { namesInPrompts } from '../check-prompt.ts';
import type { BundleDraft } from '../draft.ts';
import type { Finding, Problem } from '../finding.ts';
import type { BoundNode } from '../node-kind.ts';
import { personalNames } from '../personal-names.ts';
import { namesIn } from '../template.ts';
import { certainAt, type Graph, graphOf } from './graph.ts';

const IDENTIFIED = 'identified';

/**
 * What is personal is told to the person meant alone: on no way that did not pass an identity check, so that neither a family nor an
 * answering machine hears it. In a text message others may read it, too; who decides on the campaign must allow that.
 */
export function checkPersonal(bundle: BundleDraft, graph: Graph): readonly Problem[] {
  const personal = personalNames(bundle, nodesOf(graph));
  if (personal.size === 0) return [];
  const identified = identifiedAt(graph);
  return [...graph.reachable].flatMap((key): readonly Problem[] => {
    const vertex = graph.vertices.get(key);
    if (vertex?.node == null) return [];
    const { flowId, nodeId, node } = vertex;
    const written = personalIn(node.writes.flatMap(namesIn), personal);
    const told = [...new Set([...personalIn(namesInPrompts(node.heard), personal), ...written])];
    const early: readonly Problem[] =
      told.length === 0 || identified(key)
        ? []
        : [
            {
              flowId,
              nodeId,
              severity: 'error',
              code: 'personalBeforeCheck',
              message: `個人に関わる値（${told.join('、')}）を、本人確認をしないまま伝える道があります。ご家族や留守番電話に、内容が伝わるおそれがあります。`,
              mend: '手前のどの道にも「本人確認」を置き、「確認できた」の先だけでこの値を使ってください。',
            },
          ];
    const inSms = personalInSms(written).map((finding) => ({ flowId, nodeId, ...finding }));
    return [...early, ...inSms];
  });
}

/** `names`: personal values that a text message tells. */
export function personalInSms(names: readonly string[]): readonly Finding[] {
  if (names.length === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'personalInSms',
      message: `SMSの本文に、個人に関わる値（${names.join('、')}）が入っています。配信の決裁で認められないと、送信できません。`,
      mend: '本文からこの値を除くか、配信の決裁のときに、SMSに入れることの許可を受けてください。',
    },
  ];
}

/** Whether a call that has come to a vertex, by whatever way, is with the person meant. */
export function identifiedAt(graph: Graph): (key: string) => boolean {
  const certain = certainAt(graph, (_vertex, edge) => (edge.identifies ? [IDENTIFIED] : []));
  return (key) => certain.get(key)?.has(IDENTIFIED) ?? false;
}

/** Names of the personal values that text messages of a scenario tell, on whatever way. */
export function personalWritten(bundle: BundleDraft): readonly string[] {
  const graph = graphOf(bundle);
  const written = nodesOf(graph).flatMap(({ writes }) => writes.flatMap(namesIn));
  return personalIn(written, personalNames(bundle, nodesOf(graph)));
}

const nodesOf = (graph: Graph): readonly BoundNode[] =>
  [...graph.vertices.values()].flatMap(({ node }) => node ?? []);

const personalIn = (names: readonly string[], personal: ReadonlySet<string>): readonly string[] => [
  ...new Set(names.filter((name) => personal.has(name))),
];
