import { Refusal } from '../http/index.ts';
import type { NumberProblem } from '../http/number-contract.ts';

export function problemsReply(problems: readonly NumberProblem[]) {
  return {
    code: 'numberProblems' as const,
    message: `入力内容に誤りが${problems.length}か所あります。赤い印のところを直してください。`,
    problems: [...problems],
  };
}

export function changedMeanwhile(): Refusal {
  return new Refusal(
    409,
    'changedMeanwhile',
    'ほかの人が、この間に設定を変更しました。入力した内容はこの画面に残っています。',
  );
}

export function numberGone(): Refusal {
  return new Refusal(404, 'numberGone', 'この電話番号は見つかりません。');
}
