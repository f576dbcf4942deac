import type { Key } from '../event.ts';
import type { Finding, Problem } from '../finding.ts';
import type { KeyQuestion } from '../node-kind.ts';
import type { Prompt } from '../prompt.ts';
import { type Graph, reachableFrom, type Vertex } from './graph.ts';
import { keyNames } from './key-names.ts';
import { type SpokenKeys, spokenKeysOf } from './spoken-keys.ts';
import { wordsOf } from './spoken-length.ts';

/** More than this nobody keeps in mind while listening. */
const MOST_CHOICES = 5;
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
    const place = { flowId: vertex.flowId, nodeId: vertex.nodeId };
    return [...findings, ...checkTime(firstKeyTimeoutMs)].map(
      (finding): Problem => ({ ...place, severity: 'warning', ...finding }),
    );
  });
}

type Warning = Omit<Finding, 'severity'>;

function checkQuestion(asks: KeyQuestion): readonly Warning[] {
  const accepted = acceptedKeys(asks);
  const spoken = spokenIn(asks.prompt);
  const choices = new Set(asks.choices).size;
  const warnings: Warning[] = [];
  if (choices > MOST_CHOICES) {
    warnings.push({
      code: 'tooManyChoices',
      message: `選択肢が${choices}個あります。耳で聞いて覚えられるのは、${MOST_CHOICES}個くらいまでです。`,
      mend: `選択肢を${MOST_CHOICES}個以下にまとめるか、メニューを二段に分けてください。`,
    });
  }
  if (asks.silentTries > MOST_SILENT_TRIES) {
    warnings.push({
      code: 'silentCallerKeptWaiting',
      message: `キーを押せない発信者（ダイヤル式の電話など）に、${asks.silentTries}回たずねてから次に進みます。`,
      mend: '「無操作」のときに聞き直す回数を、1回までにしてください。',
    });
  }
  const unsaid = spoken === null ? [] : accepted.filter((key) => !spoken.named.has(key));
  if (unsaid.length > 0) {
    warnings.push({
      code: 'keyNotSaid',
      message: `${keyNames(unsaid)}を押せますが、案内の中で伝えていません。`,
      mend: `案内に「～の方は${unsaid[0]}を」のように入れるか、使わないキーを外してください。`,
    });
  }
  const early = accepted.filter((key) => spoken?.beforeMeaning.has(key));
  if (early.length > 0) {
    warnings.push({
      code: 'keyBeforeMeaning',
      message: `${keyNames(early)}を、用件より先に伝えています。用件を聞いた後にキーを聞くほうが、迷わずに押せます。`,
      mend: '「～の方は1を」のように、用件を先に、キーを後に書いてください。',
    });
  }
  const spokenAtAll = [spoken, ...asks.reminders.map(spokenIn)].filter((each) => each !== null);
  return [...warnings, ...notAccepted(spokenAtAll, accepted)];
}

function notAccepted(spoken: readonly SpokenKeys[], accepted: readonly Key[]): readonly Warning[] {
  const wrong = [...new Set(spoken.flatMap(({ asked }) => [...asked]))].filter(
    (key) => !accepted.includes(key),
  );
  if (wrong.length === 0) return [];
  return [
    {
      code: 'keyNotAccepted',
      message: `${keyNames(wrong)}を押すよう案内していますが、そこでは使えないキーです。`,
      mend: '案内の文章か、選択肢のキーを直してください。',
    },
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

function spokenIn(prompt: Prompt): SpokenKeys | null {
  const words = wordsOf(prompt);
  return words === null ? null : spokenKeysOf(words);
}
