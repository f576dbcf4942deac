import type { Key } from '../event.ts';
import type { Problem } from '../finding.ts';
import type { InnerQuestions, KeyQuestion } from '../node-kind.ts';
import { type Graph, reachableFrom, type Vertex } from './graph.ts';
import {
  beforeMeaning,
  notAccepted,
  notSaid,
  spokenIn,
  tooManyChoices,
  type Warning,
} from './key-warnings.ts';
import { NOTHING_SAID } from './spoken-keys.ts';

const LEAST_TIME_MS = 10_000;
/** Who has pressed nothing twice may have a dial telephone. */
const MOST_SILENT_TRIES = 2;

/** Whether callers who are old or new to this are asked in a way that they can follow. All of these are warnings. */
export function checkQuestions(graph: Graph): readonly Problem[] {
  return [...graph.reachable].flatMap((key) => {
    const vertex = graph.vertices.get(key);
    if (vertex?.node == null) return [];
    const { asks, firstKeyTimeoutMs } = vertex.node;
    const findings =
      asks === null
        ? checkAnnouncedKeys(graph, key, vertex)
        : [...checkQuestion(asks), ...checkRepeat(graph, key, vertex, asks)];
    const inner = checkInnerQuestions(vertex.node.asksInside);
    const place = { flowId: vertex.flowId, nodeId: vertex.nodeId };
    return [...findings, ...inner, ...checkTime(firstKeyTimeoutMs)].map(
      (finding): Problem => ({ ...place, severity: 'warning', ...finding }),
    );
  });
}

function checkQuestion(asks: KeyQuestion): readonly Warning[] {
  const accepted = acceptedKeys(asks);
  const spoken = spokenIn(asks.prompt);
  return [
    ...tooManyChoices(asks.choices),
    ...checkSilence(asks),
    ...notSaid(spoken, accepted),
    ...beforeMeaning(spoken, accepted),
    ...notAccepted([spoken, ...asks.reminders.map(spokenIn)], accepted),
  ];
}

function checkSilence({ silentTries }: KeyQuestion): readonly Warning[] {
  if (silentTries <= MOST_SILENT_TRIES) return [];
  return [
    {
      code: 'silentCallerKeptWaiting',
      message: `キーを押せない発信者（ダイヤル式の電話など）に、${silentTries}回たずねてから次に進みます。`,
      mend: '「無操作」のときに聞き直す回数を、1回までにしてください。',
    },
  ];
}

/** The questions inside a node that asks several, each by words of its own. */
function checkInnerQuestions({ questions, around, always }: InnerQuestions): readonly Warning[] {
  const everywhere = [...around, ...questions.map(({ prompt }) => prompt)].map(spokenIn);
  const named = new Set(everywhere.flatMap((each) => [...(each?.named ?? [])]));
  const anyKey = [...questions.flatMap(({ choices }) => choices), ...always];
  const isKnown = everywhere.every((each) => each !== null);
  return [
    ...questions.flatMap(({ what, prompt, ...question }) => {
      const choices = [...new Set(question.choices)];
      const accepted = [...choices, ...always];
      const spoken = spokenIn(prompt);
      const warnings = [
        ...tooManyChoices(choices),
        ...notSaid(spoken, choices),
        ...beforeMeaning(spoken, accepted),
        ...notAccepted([spoken], accepted),
      ];
      return warnings.map((warning) => ({ ...warning, message: `${what}：${warning.message}` }));
    }),
    ...(isKnown && questions.length > 0 ? notSaid({ ...NOTHING_SAID, named }, always) : []),
    ...notAccepted(around.map(spokenIn), anyKey),
  ];
}

/** Pressing the key again and again is no way to hear a menu whose choice leads back to it over an announcement: that one counts too. */
function checkRepeat(graph: Graph, key: string, vertex: Vertex, asks: KeyQuestion): readonly Warning[] {
  if (asks.repeatKey !== null) return [];
  const leadsBack = vertex.edges.some(
    ({ to, passive }) =>
      to !== null &&
      !passive &&
      reachableFrom(
        graph.vertices,
        to,
        (edge, from) => edge.passive && from.node?.listens === false,
      ).includes(key),
  );
  if (leadsBack) return [];
  return [
    {
      code: 'noRepeatKey',
      message: '発信者が、この案内をもう一度聞くことができません。',
      mend: '「もう一度聞く」のキーを決め、「もう一度お聞きになる方は0を」のように案内してください。',
    },
  ];
}

/** An announcement may tell keys of the question that follows it; where something else follows, digits or a message, nothing is known. */
function checkAnnouncedKeys(graph: Graph, key: string, { node }: Vertex): readonly Warning[] {
  if (node === null || node.listens || node.ends) return [];
  const spoken = node.prompts.map(spokenIn).filter((each) => each !== null);
  if (spoken.every(({ asked }) => asked.size === 0)) return [];
  const onward = reachableFrom(
    graph.vertices,
    key,
    (edge, from) => edge.passive && from.node?.listens === false,
  );
  const vertices = onward.flatMap((each) => graph.vertices.get(each) ?? []);
  const listening = vertices.filter((each) => each.node?.listens !== false);
  const isUnfinished = vertices.some(
    (each) => each.node === null || (!each.node.listens && each.edges.some((edge) => edge.to === null)),
  );
  if (isUnfinished || listening.some((each) => each.node?.asks == null)) return [];
  return notAccepted(
    spoken,
    listening.flatMap((each) => (each.node?.asks == null ? [] : acceptedKeys(each.node.asks))),
  );
}

function checkTime(timeoutMs: number | null): readonly Warning[] {
  if (timeoutMs === null || timeoutMs >= LEAST_TIME_MS) return [];
  return [
    {
      code: 'shortKeyTime',
      message: `キーが押されるのを待つ時間が、${timeoutMs / 1_000}秒しかありません。`,
      mend: `高齢の方も押せるように、${LEAST_TIME_MS / 1_000}秒以上にしてください。`,
    },
  ];
}

function acceptedKeys({ choices, repeatKey, slowerKey }: KeyQuestion): readonly Key[] {
  return [...new Set([...choices, repeatKey, slowerKey])].filter((key) => key !== null);
}
