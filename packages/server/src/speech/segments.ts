import type { SayPart } from '@madoguchi/flow';
import { normaliseText, normaliseValue } from './normalise/normalise.ts';
import { splitSentences } from './sentences.ts';

/** What follows a piece of speech: the end of a sentence, a breath, or more of the same sentence. */
export type SegmentEnding = 'sentence' | 'breath' | 'joined';

export type Segment =
  | {
      readonly type: 'speech';
      /** Values differ from call to call: their sounds are kept apart and forgotten. */
      readonly kind: 'fixed' | 'value';
      readonly reading: string;
      readonly ending: SegmentEnding;
      /** Its sound is made for this one announcement and bears no name that could be guessed. */
      readonly secret?: true;
    }
  | { readonly type: 'audio'; readonly audioId: string };

/** Counters change the sound of the figure before them (300件 サンビャッケン): both must be spoken in one piece. */
const LEADING_COUNTER =
  /^[ \u3000]*(?:円|件|名様?|人|回|分間?|時間?|日間?|か月間?|[ヶヵカ]月間?|月|週間?|年度?|番|号|歳|枚|階|期分?|割|世帯|%|％|パーセント)/u;
/** は and へ after a value are particles; alone at the beginning Open JTalk would say ハ and ヘ. */
const LEADING_TOPIC = /^は(?=[、,\s\p{Script=Han}\p{N}ァ-ヶ]|お|ご|いつ|$)/u;
const LEADING_DIRECTION = /^へ(?=[、,\s\p{Script=Han}\p{N}ァ-ヶ]|お|ご|の|$)/u;
const ENDS_SENTENCE = /[。．.!?！？\n]\s*$/u;
const ENDS_WITH_BREATH = /[、,，・:：()（）「」『』【】]\s*$/u;

function endingOf(text: string, last: boolean): SegmentEnding {
  if (last || ENDS_SENTENCE.test(text)) return 'sentence';
  return ENDS_WITH_BREATH.test(text) ? 'breath' : 'joined';
}

/** Moves counters that follow a figure into the value, and mends the particles that are left at the beginning. */
function joinNeighbours(parts: readonly SayPart[]): readonly SayPart[] {
  const joined: SayPart[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (part.type !== 'fixed' || before?.type !== 'value') {
      joined.push(part);
      continue;
    }
    const figure =
      before.readAs === 'number' || (before.readAs === 'text' && /^[\d,，０-９]+$/u.test(before.text));
    const counter = figure
      ? LEADING_COUNTER.exec(part.text)?.[0]
      : before.readAs === 'amount'
        ? /^円/u.exec(part.text)?.[0]
        : undefined;
    if (counter !== undefined) {
      const text = before.readAs === 'amount' ? before.text : before.text + counter.trim();
      joined[joined.length - 1] = {
        ...before,
        text,
        readAs: before.readAs === 'number' ? 'text' : before.readAs,
      };
    }
    const rest = part.text.slice(counter?.length ?? 0);
    joined.push({ ...part, text: rest.replace(LEADING_TOPIC, 'わ').replace(LEADING_DIRECTION, 'え') });
  }
  return joined;
}

/**
 * Compiles what an announcement says into segments: each reading is normalised, one sentence, and short enough for the
 * synthesiser. Parts with nothing to say give none.
 */
export function compileSegments(parts: readonly SayPart[]): readonly Segment[] {
  const joined = joinNeighbours(parts);
  return joined.flatMap((part, index): Segment[] => {
    if (part.type === 'audio') return [part];
    const spoken = part.type === 'fixed' ? normaliseText(part.text) : normaliseValue(part.text, part.readAs);
    const next = joined[index + 1];
    const lastEnding = endingOf(part.text, next === undefined || next.type === 'audio');
    const sentences = splitSentences(spoken);
    return sentences.map((sentence, at) => ({
      type: 'speech',
      kind: part.type,
      reading: sentence,
      ending: at === sentences.length - 1 ? lastEnding : ENDS_SENTENCE.test(sentence) ? 'sentence' : 'breath',
      ...(part.type === 'value' && part.secret ? { secret: true } : {}),
    }));
  });
}
