import type { Outcome, Position } from '../state.ts';
import type { Expectation } from './flow-test.ts';
import type { PathStep } from './trial-steps.ts';

export type Difference = { readonly difference: string; readonly at: Position | null };

const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  announcement: '案内で終了',
  sms: 'SMSを送信',
  transfer: '職員へ転送',
  forwarded: '応答せずに転送（停止中）',
  callBack: '折り返しを受付',
  voicemail: '伝言を録音',
  abandoned: '途中で切断',
  refused: '話し中でお断り',
  unknown: '結果不明',
  error: '障害で終了',
};

/** In what a run differs first from what was expected of it, in a sentence for staff; null where it does not. */
export function differenceOf(expected: Expectation, actual: Expectation): Difference | null {
  const at = firstDifference(expected.path, actual.path);
  if (at !== null) return pathDifference(expected, actual, at);
  if (!isSame(expected.place, actual.place))
    return between(expected, actual, expected.path.length, expected.place, actual.place);
  const { place } = actual;
  if (expected.outcome !== actual.outcome) {
    const [wanted, got] = [outcomeWord(expected.outcome), outcomeWord(actual.outcome)];
    return { difference: `通話の結果が「${wanted}」になるはずが、「${got}」になりました。`, at: place };
  }
  const rung = reachedDifference(expected.rung, actual.rung, {
    will: '電話をかける',
    wont: '電話をかけない',
    did: '電話をかけました',
    didNot: '電話をかけませんでした',
  });
  if (rung !== null) return { difference: rung, at: place };
  const texted = reachedDifference(expected.smsTo, actual.smsTo, {
    will: 'SMSを送る',
    wont: 'SMSを送らない',
    did: 'SMSを送りました',
    didNot: 'SMSを送りませんでした',
  });
  return texted === null ? null : { difference: texted, at: place };
}

type Verbs = { readonly will: string; readonly wont: string; readonly did: string; readonly didNot: string };

function reachedDifference(
  expected: readonly string[],
  actual: readonly string[],
  verbs: Verbs,
): string | null {
  if (expected.join() === actual.join()) return null;
  const list = (numbers: readonly string[]) => numbers.map((number) => `「${number}」`).join('、');
  const wanted = expected.length === 0 ? `どこにも${verbs.wont}` : `${list(expected)}に${verbs.will}`;
  const got = actual.length === 0 ? `どこにも${verbs.didNot}` : `${list(actual)}に${verbs.did}`;
  return `${wanted}はずが、${got}。`;
}

function outcomeWord(outcome: Outcome | null): string {
  return outcome === null ? '通話中' : OUTCOME_WORDS[outcome];
}

function firstDifference(expected: readonly PathStep[], actual: readonly PathStep[]): number | null {
  const length = Math.max(expected.length, actual.length);
  for (let index = 0; index < length; index++) {
    const [one, other] = [expected[index], actual[index]];
    if (one === undefined || other === undefined || !isSame(one, other) || one.branch !== other.branch)
      return index;
  }
  return null;
}

function isSame(one: Position | null, other: Position | null): boolean {
  return one?.flowId === other?.flowId && one?.nodeId === other?.nodeId;
}

function pathDifference(expected: Expectation, actual: Expectation, index: number): Difference {
  const [one, other] = [expected.path[index], actual.path[index]];
  if (one !== undefined && other !== undefined && isSame(one, other)) {
    const difference = `「${other.title}」で${branchWords(one)}になるはずが、${branchWords(other)}になりました。`;
    return { difference, at: other };
  }
  return between(expected, actual, index, one ?? expected.place, other ?? actual.place);
}

type Titled = Position & { readonly title: string };

/** Both took the same branches up to `index`; then they came to different nodes, or one of them went no further. */
function between(
  expected: Expectation,
  actual: Expectation,
  index: number,
  one: Titled | null,
  other: Titled | null,
): Difference {
  const before = actual.path[index - 1];
  const from = before === undefined ? '通話が始まると' : branchTaken(before);
  if (!isSame(one, other)) {
    const [wanted, got] = [one?.title ?? '（なし）', other?.title ?? '（なし）'];
    // Two nodes may have one name.
    const names =
      wanted === got ? [`${wanted}（${one?.nodeId}）`, `${got}（${other?.nodeId}）`] : [wanted, got];
    const difference = `${from}「${names[0]}」に進むはずが、「${names[1]}」に進みました。`;
    return { difference, at: before ?? other };
  }
  const missed = expected.path[index];
  if (missed === undefined)
    return { difference: `「${other?.title ?? ''}」で止まるはずが、先に進みました。`, at: other };
  const wanted = (expected.path[index + 1] ?? expected.place)?.title ?? '';
  return { difference: `${branchTaken(missed)}「${wanted}」に進むはずが、進みませんでした。`, at: other };
}

const KEY_BRANCH = /^key:(.)$/;

/** 「用件の選択」で「1」を押すと */
function branchTaken({ title, branch, label }: PathStep): string {
  const key = KEY_BRANCH.exec(branch)?.[1];
  if (key !== undefined) return `「${title}」で「${key}」を押すと`;
  return branch === 'next' || branch === 'go' ? `「${title}」の次は` : `「${title}」で「${label}」のとき`;
}

/** 「1」（資格） */
function branchWords({ branch, label }: PathStep): string {
  const key = KEY_BRANCH.exec(branch)?.[1];
  return key === undefined ? `「${label}」` : `「${key}」（${label}）`;
}
