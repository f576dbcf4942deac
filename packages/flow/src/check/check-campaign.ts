import { namesInPrompts } from '../check-prompt.ts';
import { checkVariableName } from '../check-variable.ts';
import type { BundleDraft } from '../draft.ts';
import type { Finding, Problem, Surroundings } from '../finding.ts';
import {
  excusesCrossedPayment,
  matterWord,
  namesTheCity,
  tellsANumber,
  warnsOfFraud,
} from './campaign-words.ts';
import { identifiedAt } from './check-personal.ts';
import { fraudLikeness } from './fraud-likeness.ts';
import { certainAt, certainFrom, type Graph, reachableFrom, type Vertex } from './graph.ts';
import { wordsOf } from './spoken-length.ts';

/**
 * What a call must tell that the city places, and must never tell, so that it is not taken for a fraud and gives nothing away: flows that
 * have values of a recipient, and no others. Where a sound has no written words, nothing is known of it and nothing is said.
 */
export function checkCampaign(
  bundle: BundleDraft,
  graph: Graph,
  surroundings: Surroundings,
): readonly Problem[] {
  if (graph.recipientValues.length === 0) return [];
  return [
    ...checkValues(bundle),
    ...checkGreeting(graph),
    ...checkNumber(graph),
    ...checkAfterIdentity(graph),
    ...checkMatter(graph),
    ...checkFraudLikeness(graph, surroundings),
  ];
}

function checkValues(bundle: BundleDraft): readonly Problem[] {
  return Object.values(bundle.flows).flatMap(({ id, recipientValues = [] }) =>
    recipientValues.flatMap(({ name }, index): readonly Problem[] => {
      const isTwice = recipientValues.findIndex((each) => each.name === name) !== index;
      const twice: readonly Finding[] = isTwice
        ? [
            {
              severity: 'error',
              code: 'duplicateValue',
              message: `配信先の値「${name}」が、二つ以上あります。`,
              mend: 'どちらかを削除するか、別の名前を付けてください。',
            },
          ]
        : [];
      return [...checkVariableName(name), ...twice].map((finding) => ({
        flowId: id,
        nodeId: null,
        ...finding,
      }));
    }),
  );
}

/** The first thing that is said, on each way, says who calls. */
function checkGreeting(graph: Graph): readonly Problem[] {
  if (graph.start === null) return [];
  const isSilent = ({ node }: Vertex) => node !== null && !node.listens && node.heard.length === 0;
  return reachableFrom(graph.vertices, graph.start, (_edge, from) => isSilent(from)).flatMap((key) => {
    const vertex = graph.vertices.get(key);
    if (vertex?.node == null || isSilent(vertex)) return [];
    return problem(vertex, says(vertex, namesTheCity), {
      severity: 'error',
      code: 'noCityName',
      message: '最初の案内で、市の名前と担当課の名前を伝えていません。',
      mend: '「こちらは、○○市、○○課です。」のように、名乗りから始めてください。',
    });
  });
}

/** Whoever does nothing, an answering machine above all, hears by which number the city can be called. */
function checkNumber(graph: Graph): readonly Problem[] {
  if (graph.start === null) return [];
  const told = certainFrom(
    graph.vertices,
    [[graph.start, new Set()]],
    (vertex) => (tellsNumber(vertex) ? ['number'] : []),
    (edge) => edge.passive,
  );
  return [...told.keys()].flatMap((key) => {
    const vertex = graph.vertices.get(key);
    if (!vertex?.node?.ends) return [];
    return problem(vertex, told.get(key)?.has('number') || tellsNumber(vertex), {
      severity: 'error',
      code: 'noOfficialNumber',
      message: '何も押さない方や留守番電話に、市の電話番号を伝えないまま終わる道があります。',
      mend: '「電話0000-00-0000まで、お電話ください。」のように、市民からかけていただく番号を伝えてください。',
    });
  });
}

function tellsNumber(vertex: Vertex): boolean {
  const saysCalled = namesInPrompts(vertex.node?.heard ?? []).includes('calledNumber');
  return saysCalled || says(vertex, tellsANumber);
}

/** Before the person meant is asked anything, or the call ends, he has heard both sentences. */
function checkAfterIdentity(graph: Graph): readonly Problem[] {
  const before = certainAt(graph, sentencesOf);
  const matched = [...graph.reachable].flatMap((key) => {
    const vertex = graph.vertices.get(key);
    const heard = new Set([...(before.get(key) ?? []), ...(vertex === undefined ? [] : sentencesOf(vertex))]);
    return (vertex?.edges ?? []).flatMap(({ identifies, to }) =>
      identifies && to !== null ? [[to, heard] as const] : [],
    );
  });
  const beginnings =
    matched.length > 0 || graph.start === null ? matched : [[graph.start, new Set<string>()] as const];
  // Others may come to the same goodbye without a word of the matter: only ways of the person meant count.
  const told = certainFrom(graph.vertices, beginnings, sentencesOf);
  const onward = beginnings.flatMap(([from]) =>
    reachableFrom(graph.vertices, from, (_edge, { node }) => node?.listens === false),
  );
  return [...new Set(onward)].flatMap((key) => {
    const vertex = graph.vertices.get(key);
    if (vertex?.node == null || !(vertex.node.listens || vertex.node.ends)) return [];
    const heard = new Set([...(told.get(key) ?? []), ...sentencesOf(vertex)]);
    return [
      ...problem(vertex, heard.has('crossed'), {
        severity: 'error',
        code: 'noCrossedPaymentSentence',
        message: '行き違いで納めた方へのお断りを、この前に伝えていません。',
        mend: '手前の案内に、「行き違いで納められた場合は、ご容赦ください。」と入れてください。',
      }),
      ...problem(vertex, heard.has('fraud'), {
        severity: 'error',
        code: 'noFraudSentence',
        message: '詐欺の電話と区別するための案内を、この前に伝えていません。',
        mend: '手前の案内に、「この電話で、ATMの操作や口座番号をお聞きすることはありません。」と入れてください。',
      }),
    ];
  });
}

function sentencesOf(vertex: Vertex): readonly string[] {
  return [
    ...(says(vertex, excusesCrossedPayment) ? ['crossed'] : []),
    ...(says(vertex, warnsOfFraud) ? ['fraud'] : []),
  ];
}

/** Words that give the matter away, said before it is known who is on the line. */
function checkMatter(graph: Graph): readonly Problem[] {
  const identified = identifiedAt(graph);
  return [...graph.reachable].flatMap((key) => {
    const vertex = graph.vertices.get(key);
    if (vertex === undefined || identified(key)) return [];
    const word = textsOf(vertex).reduce<string | null>((found, text) => found ?? matterWord(text), null);
    return problem(vertex, word === null, {
      severity: 'warning',
      code: 'matterBeforeCheck',
      message: `本人確認の前に、用件が分かる言葉（${word}）を伝えることがあります。`,
      mend: '「大切なお知らせ」のように、用件の分からない言葉に変えるか、「本人確認」の「確認できた」の先に移してください。',
    });
  });
}

function checkFraudLikeness(graph: Graph, surroundings: Surroundings): readonly Problem[] {
  return [...graph.reachable].flatMap((key) => {
    const vertex = graph.vertices.get(key);
    if (vertex === undefined) return [];
    const { flowId, nodeId } = vertex;
    return fraudLikeness(textsOf(vertex), surroundings).map((finding) => ({ flowId, nodeId, ...finding }));
  });
}

/** Whether any of its announcements tells something; taken for told where nobody wrote down what a sound says. */
function says({ node }: Vertex, tells: (words: string) => boolean): boolean {
  return (node?.heard ?? []).map(wordsOf).some((words) => words === null || tells(words));
}

/** All that it says and writes, as far as it is known. */
function textsOf({ node }: Vertex): readonly string[] {
  const said = (node?.heard ?? []).flatMap((prompt) => wordsOf(prompt) ?? []);
  return [...said, ...(node?.writes ?? []).map((text) => text.normalize('NFKC'))];
}

function problem({ flowId, nodeId }: Vertex, isRight: boolean, finding: Finding): readonly Problem[] {
  return isRight ? [] : [{ flowId, nodeId, ...finding }];
}
