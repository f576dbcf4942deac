import type { CallStory } from '@madoguchi/server/contract';
import { Icon } from '../design/icon.tsx';
import type { Tone } from '../design/state-label.tsx';
import { durationShown, timeShown } from '../words/japanese-time.ts';
import { pictureOf } from './step-pictures.ts';

type Step = CallStory['steps'][number];
type Stage = { readonly title: string | null; readonly firstSeq: number; readonly steps: readonly Step[] };

const TONES: Readonly<Record<Tone, string>> = {
  plain: 'border-solid-gray-420 bg-white text-solid-gray-800',
  good: 'border-green-800 bg-green-50 text-green-1000',
  warning: 'border-yellow-900 bg-yellow-50 text-yellow-1200',
  bad: 'border-error-2 bg-red-50 text-red-1000',
};

/** Consecutive steps at the same node belong together. */
function stagesOf(steps: readonly Step[]): Stage[] {
  const stages: { title: string | null; firstSeq: number; steps: Step[] }[] = [];
  for (const step of steps) {
    const last = stages.at(-1);
    if (last !== undefined && last.title === step.nodeTitle) last.steps.push(step);
    else stages.push({ title: step.nodeTitle, firstSeq: step.seq, steps: [step] });
  }
  return stages;
}

/** What happened, from top to bottom, under the nodes at which it happened. */
export function Timeline({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="rounded-8 border border-solid-gray-300 bg-white px-5 py-4 print:border-0 print:p-0">
      {stagesOf(steps).map((stage) => (
        <li key={stage.firstSeq} className="mt-4 first:mt-0">
          {stage.title === null ? null : (
            <h3 className="mb-1 inline-block rounded-4 bg-key-50 px-2 py-0.5 text-dns-16B-130 text-key-1000">
              {stage.title}
            </h3>
          )}
          <ol>
            {stage.steps.map((step) => (
              <StepLine key={step.seq} step={step} />
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

function StepLine({ step }: { step: Step }) {
  const { icon, tone } = pictureOf(step.type);
  return (
    <li className="relative flex items-start gap-3 pb-2 before:absolute before:top-0 before:bottom-0 before:left-4 before:border-l-2 before:border-solid-gray-200 last:pb-0 last:before:hidden">
      <span
        className={`relative grid size-8.5 shrink-0 place-items-center rounded-full border ${TONES[tone]}`}
      >
        <Icon name={icon} className="size-4.5" />
      </span>
      <p className="grow pt-1 text-std-16N-170 leading-150 text-solid-gray-900">{step.text}</p>
      <p className="numerals shrink-0 pt-1 text-right text-dns-14N-130 text-solid-gray-700">
        <time dateTime={step.at}>{timeShown(step.at)}</time>
        <span className="block">
          <span className="sr-only">開始から</span>
          <span aria-hidden="true">＋</span>
          {durationShown(step.atMs)}
        </span>
      </p>
    </li>
  );
}
