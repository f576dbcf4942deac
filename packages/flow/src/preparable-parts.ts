import type { SayPart } from './action.ts';
import type { RunnableFlow } from './runnable.ts';
import { sayPartsOf } from './template.ts';

/** Parts that are the same in every call. */
export type PreparableParts = readonly Exclude<SayPart, { type: 'value' }>[];

/** All fixed texts and sounds that a bundle may say, each once: what must lie ready before it is published. */
export function preparablePartsOf(flow: RunnableFlow): PreparableParts {
  const parts = flow
    .nodes()
    .flatMap((node) => node.prompts.flatMap((prompt) => sayPartsOf(prompt, () => null)));
  const byContent = new Map(
    parts.flatMap((part) => (part.type === 'value' ? [] : [[JSON.stringify(part), part] as const])),
  );
  return [...byContent.values()];
}
