import { type ReactNode, useId } from 'react';
import { StateLabel } from '../../design/state-label.tsx';

/** Whether a step has all it needs; what is missing is said in words. */
export type StepState =
  | { readonly type: 'done' }
  | { readonly type: 'missing'; readonly what: readonly string[] }
  /** Waits for other steps; `after` names them. */
  | { readonly type: 'later'; readonly after: string }
  /** The last one: everything before it is whole. */
  | { readonly type: 'ready' };

/** One of the numbered steps to a campaign, with what it still wants above what it asks. */
export function Step({
  id,
  number,
  title,
  lead,
  state,
  children,
}: {
  id: string;
  number: number;
  title: string;
  lead: string;
  /** Null: not known yet. */
  state: StepState | null;
  children: ReactNode;
}) {
  const headingId = useId();
  return (
    <section
      id={id}
      aria-labelledby={headingId}
      className="min-w-0 scroll-mt-4 rounded-8 border border-solid-gray-300 bg-white"
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-solid-gray-200 px-5 py-3">
        <span
          aria-hidden="true"
          className="numerals grid size-8 shrink-0 place-items-center rounded-full bg-key-900 text-std-16B-170 text-white"
        >
          {number}
        </span>
        <h2 id={headingId} tabIndex={-1} className="text-std-20B-150 text-solid-gray-900">
          <span className="sr-only">{number}. </span>
          {title}
        </h2>
        {state === null ? null : <StepMark state={state} />}
        <p className="basis-full text-std-16N-170 text-solid-gray-700">{lead}</p>
        {state?.type === 'missing' ? (
          <ul className="basis-full list-disc pl-6 text-std-16N-170 text-yellow-1200">
            {state.what.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        ) : null}
      </header>
      <div className="flex flex-col gap-5 px-5 py-4">{children}</div>
    </section>
  );
}

export function StepMark({ state }: { state: StepState }) {
  switch (state.type) {
    case 'done':
      return <StateLabel word="できました" icon="check" tone="good" />;
    case 'missing':
      return <StateLabel word={`あと${state.what.length}件`} icon="alert" tone="warning" />;
    case 'later':
      return <StateLabel word="まだです" icon="wait" tone="plain" />;
    case 'ready':
      return <StateLabel word="出せます" icon="check" tone="good" />;
  }
}
