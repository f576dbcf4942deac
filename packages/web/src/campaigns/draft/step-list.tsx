import type { CampaignOutlook } from '@madoguchi/server/campaign-contract';
import { StepMark } from './step.tsx';
import { STEPS, stepStateOf } from './step-states.ts';

/** All steps in a row, with how each stands; a press leads to it. */
export function StepList({ outlook }: { outlook: CampaignOutlook | undefined }) {
  return (
    <nav aria-label="配信を作る順番" className="print:hidden">
      <ol className="grid grid-cols-6 gap-2">
        {STEPS.map(({ id, title }, index) => {
          const state = stepStateOf(id, outlook);
          return (
            <li key={id} className="min-w-0">
              <a
                href={`#step-${id}`}
                className="flex h-full flex-col items-start gap-1.5 rounded-8 border border-solid-gray-300 bg-white px-3 py-2 text-std-16B-170 text-key-900 underline-offset-4 hover:bg-key-50 hover:underline"
              >
                <span className="text-dns-16B-130">
                  {index + 1}. {title}
                </span>
                {state === null ? null : <StepMark state={state} />}
              </a>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
