import type { OutcomeRule } from '@madoguchi/server/campaign-cost-contract';
import { OUTCOMES } from '../../campaigns/campaign-words.ts';
import type { Choice } from '../../design/select.tsx';

/** Words of the table by which the answers of a trunk's network are read; numbers have the names of the carriers' papers. */

const RESULT_ORDER: readonly OutcomeRule['outcome'][] = [
  'answered',
  'hungUpAtOnce',
  'busy',
  'unanswered',
  'declined',
  'unassigned',
  'outOfRange',
  'noLine',
  'trunkRefused',
  'cancelled',
  'unknown',
];
export const RESULT_CHOICES: readonly (Choice & { readonly id: OutcomeRule['outcome'] })[] = RESULT_ORDER.map(
  (id) => ({ id, word: OUTCOMES[id] }),
);

/** How a condition that is met, or not, is said in the table, and shorter below its name in the form. */
export const YES_NO_CONDITIONS = {
  answered: {
    label: '相手の応答',
    yes: '相手が応答した',
    no: '相手が応答しなかった',
    choices: { yes: '応答した', no: '応答しなかった' },
  },
  rang: {
    label: '呼び出し',
    yes: '呼び出しが始まった',
    no: '呼び出しが始まらなかった',
    choices: { yes: '始まった', no: '始まらなかった' },
  },
  earlyMedia: {
    label: '応答の前の音声（案内など）',
    yes: '応答の前に音声（案内など）が届いた',
    no: '応答の前に音声が届かなかった',
    choices: { yes: '届いた', no: '届かなかった' },
  },
} as const;
export const ENDED_BY = { them: '相手側が切った', us: 'こちらが切った' } as const;

/** The conditions of a rule, each in a line. All of them must be met. */
export function conditionWords({ when }: Pick<OutcomeRule, 'when'>): readonly string[] {
  const { sipCodes, q850Causes, endedBy, answerWithinMs, endWithinMs, endNotBeforeMs, talkWithinMs } = when;
  const yesNo = (['answered', 'rang', 'earlyMedia'] as const).flatMap((name) => {
    const wanted = when[name];
    return wanted === undefined ? [] : [YES_NO_CONDITIONS[name][wanted ? 'yes' : 'no']];
  });
  const words = [
    ...(sipCodes === undefined ? [] : [`SIP応答番号 ${sipCodes.join('、')}`]),
    ...(q850Causes === undefined ? [] : [`切断理由番号（Q.850） ${q850Causes.join('、')}`]),
    ...yesNo,
    ...(endedBy === undefined ? [] : [ENDED_BY[endedBy]]),
    ...(answerWithinMs === undefined ? [] : [`発信から応答まで ${seconds(answerWithinMs)}秒以内`]),
    ...(endWithinMs === undefined ? [] : [`発信から終わりまで ${seconds(endWithinMs)}秒以内`]),
    ...(endNotBeforeMs === undefined ? [] : [`発信から終わりまで ${seconds(endNotBeforeMs)}秒以上`]),
    ...(talkWithinMs === undefined ? [] : [`応答から終わりまで ${seconds(talkWithinMs)}秒以内`]),
  ];
  return words.length === 0 ? ['どの応答でも'] : words;
}

function seconds(ms: number): string {
  return (ms / 1_000).toLocaleString('ja-JP');
}
