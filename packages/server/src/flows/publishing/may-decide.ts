import { Refusal } from '../../http/index.ts';

/** What holds for every 決裁, of flows and of campaigns alike. */
export type OpenProposal = {
  readonly draftedBy: string;
  readonly state: string;
  readonly deciders: readonly string[];
};

/** Why this person may not decide; null: may. */
export function whyNotDecide(proposal: OpenProposal, personId: string): string | null {
  if (proposal.state !== 'waiting') return 'この伺いは、決裁待ちではありません。';
  if (proposal.draftedBy === personId) return '起案した本人は決裁できません。';
  if (proposal.deciders.includes(personId)) return '同じ人が二つの段の決裁をすることはできません。';
  return null;
}

/** Who sends back, or decides for somebody else, says why. @throws Refusal 422 */
export function refuseWithoutReason(decision: {
  readonly decision: 'approved' | 'sentBack';
  readonly onBehalfOf: string | null;
  readonly reason: string;
}): void {
  if (decision.reason !== '') return;
  if (decision.decision === 'sentBack')
    throw new Refusal(422, 'reasonNeeded', '差戻しの理由を入力してください。');
  if (decision.onBehalfOf !== null) throw new Refusal(422, 'reasonNeeded', '代決の理由を入力してください。');
}

/** Only what the approver saw is decided of. */
export function notWhatWasSeen(): Refusal {
  return new Refusal(
    409,
    'changedMeanwhile',
    '伺いの内容が変わっています。画面を開き直して、内容をもう一度ご確認ください。',
  );
}
