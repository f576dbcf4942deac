import type { Problem } from '../finding.ts';
import type { Graph, Vertex } from './graph.ts';
import { spokenKeysOf } from './spoken-keys.ts';
import { spokenSeconds, wordsOf } from './spoken-length.ts';

/** Who is told nothing that he can do by then takes it for a recording and hangs up. */
const LATEST_SECONDS = 30;

/** What a caller has heard: `unknown` where a sound without written words was among it. */
type Heard = { readonly seconds: number; readonly unknown: boolean };

/** The first choice is to be said within 30 s from the beginning of the call, by the longest way to it. An estimate from the words. */
export function checkFirstChoice(graph: Graph): readonly Problem[] {
  return [...heardBefore(graph)].flatMap(([key, before]): readonly Problem[] => {
    const vertex = graph.vertices.get(key);
    const asks = vertex?.node?.asks;
    if (vertex === undefined || asks == null) return [];
    const words = wordsOf(asks.prompt);
    const firstEnd = words === null ? null : spokenKeysOf(words).firstEnd;
    const place = { flowId: vertex.flowId, nodeId: vertex.nodeId, severity: 'warning' } as const;
    // A text that tells no key at all is named for that.
    if (words !== null && firstEnd === null) return [];
    const seconds = before.seconds + (words === null ? 0 : spokenSeconds(words.slice(0, firstEnd ?? 0)));
    if (seconds > LATEST_SECONDS) {
      return [
        {
          ...place,
          code: 'lateFirstChoice',
          message: `電話がつながってから最初の選択肢を伝えるまでに、およそ${Math.round(seconds)}秒かかります（文章の長さから見積もった時間です）。`,
          mend: `${LATEST_SECONDS}秒以内に伝えられるように、手前の案内を短くするか、選択肢の後に移してください。`,
        },
      ];
    }
    if (!before.unknown && words !== null) return [];
    return [
      {
        ...place,
        code: 'firstChoiceTimeUnknown',
        message:
          '内容が文字で登録されていない音声があるため、最初の選択肢を伝えるまでの時間を見積もれません。',
        mend: `音声の内容を文字で登録するか、${LATEST_SECONDS}秒以内に最初の選択肢が聞こえることを、実際に聞いてお確かめください。`,
      },
    ];
  });
}

/** The longest that may be heard before each first question, over nodes that wait for nobody. Nothing where they turn round. */
function heardBefore(graph: Graph): ReadonlyMap<string, Heard> {
  const heard = new Map<string, Heard>();
  if (graph.start === null) return heard;
  heard.set(graph.start, { seconds: 0, unknown: false });
  for (let round = 0; round <= graph.vertices.size; round++) {
    if (!lengthened(graph, heard)) return heard;
  }
  return new Map();
}

/** Goes over every edge once; false where nothing is heard longer by it. */
function lengthened(graph: Graph, heard: Map<string, Heard>): boolean {
  let hasChanged = false;
  for (const [key, before] of heard) {
    const vertex = graph.vertices.get(key);
    if (vertex?.node?.listens !== false) continue;
    const after = afterHearing(before, vertex);
    for (const { to } of vertex.edges) {
      if (to === null) continue;
      const known = heard.get(to) ?? { seconds: -1, unknown: false };
      const longer = {
        seconds: Math.max(known.seconds, after.seconds),
        unknown: known.unknown || after.unknown,
      };
      if (longer.seconds === known.seconds && longer.unknown === known.unknown) continue;
      heard.set(to, longer);
      hasChanged = true;
    }
  }
  return hasChanged;
}

function afterHearing(before: Heard, { node }: Vertex): Heard {
  const words = (node?.prompts ?? []).map(wordsOf);
  return {
    seconds: words.reduce((sum, each) => sum + (each === null ? 0 : spokenSeconds(each)), before.seconds),
    unknown: before.unknown || words.includes(null),
  };
}
