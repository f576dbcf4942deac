import type { CampaignOutlook, CampaignStep } from '@madoguchi/server/campaign-contract';
import type { StepState } from './step.tsx';

/** The steps in their order, as the screen numbers them; the last is the way to 決裁. */
export const STEPS: readonly { readonly id: CampaignStep | 'propose'; readonly title: string }[] = [
  { id: 'basics', title: '名前と番号' },
  { id: 'list', title: '名簿' },
  { id: 'schedule', title: '時間とかけ方' },
  { id: 'text', title: '文面の確認' },
  { id: 'cost', title: '費用の見込み' },
  { id: 'propose', title: '決裁に出す' },
];

/** How a step stands by what the server says is still missing; null while nobody knows. */
export function stepStateOf(
  id: CampaignStep | 'propose',
  outlook: Pick<CampaignOutlook, 'missing' | 'estimate'> | undefined,
): StepState | null {
  if (outlook === undefined) return null;
  if (id === 'propose') {
    const left = STEPS.filter((step) => isMissing(step.id, outlook));
    return left.length === 0 ? { type: 'ready' } : { type: 'later', after: titlesOf(left) };
  }
  const what = outlook.missing.filter(({ step }) => step === id).map(({ message }) => message);
  if (what.length > 0) return { type: 'missing', what: [...new Set(what)] };
  if (id === 'cost' && outlook.estimate === null) return { type: 'later', after: '「名簿」' };
  // Without a scenario and a list there is nothing yet that could be looked at.
  const waitsFor = STEPS.filter(
    ({ id: other }) => (other === 'basics' || other === 'list') && isMissing(other, outlook),
  );
  if (id === 'text' && waitsFor.length > 0) return { type: 'later', after: titlesOf(waitsFor) };
  return { type: 'done' };
}

function isMissing(id: (typeof STEPS)[number]['id'], { missing }: Pick<CampaignOutlook, 'missing'>): boolean {
  return missing.some(({ step }) => step === id);
}

function titlesOf(steps: typeof STEPS): string {
  return steps.map(({ title }) => `「${title}」`).join('');
}
