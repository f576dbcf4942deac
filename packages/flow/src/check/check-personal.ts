import { namesInPrompts } from '../check-prompt.ts';
import type { Finding, Problem } from '../finding.ts';
import { namesIn } from '../template.ts';
import { certainAt, type Graph, type Vertex } from './graph.ts';

const IDENTIFIED = 'identified';

/**
 * What is personal is told to the person meant alone: on no way that did not pass an identity check, so that neither a family nor an
 * answering machine hears it. In a text message others may read it, too; who decides on the campaign must allow that.
 */
export function checkPersonal(graph: Graph): readonly Problem[] {
  const personal = personalValues(graph);
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

/** Names of the values that are personal, those made of such a value among them. */
function personalValues(graph: Graph): ReadonlySet<string> {
  const personal = new Set(graph.recipientValues.filter((value) => value.isPersonal).map(({ name }) => name));
  const vertices = [...graph.vertices.values()];
  for (let before = -1; before !== personal.size; ) {
    before = personal.size;
    for (const vertex of vertices) for (const name of copiesOf(vertex, personal)) personal.add(name);
  }
  return personal;
}

function copiesOf({ node, edges }: Vertex, personal: ReadonlySet<string>): readonly string[] {
  const isCopied = node?.valueTexts.some((text) => namesIn(text).some((name) => personal.has(name)));
  return isCopied ? edges.flatMap(({ sets }) => sets) : [];
}

const personalIn = (names: readonly string[], personal: ReadonlySet<string>): readonly string[] => [
  ...new Set(names.filter((name) => personal.has(name))),
];
