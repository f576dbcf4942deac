import type { SayPart, Speed } from './action.ts';
import type { BoundNode } from './node-kind.ts';
import type { Prompt } from './prompt.ts';
import type { RunnableFlow } from './runnable.ts';
import { sayPartsOf, type Value } from './template.ts';

/**
 * An announcement as a call may hear it, whole: how a piece sounds hangs on what stands beside it. Values stand in their places with a
 * text of no meaning; in a call they may have any text, or be missing.
 */
export type Preparable = { readonly parts: readonly SayPart[]; readonly speed: Speed };
export type PreparableParts = readonly Preparable[];

/** What the value will be, and how it is read where the text does not say, is known in the call only. */
const UNKNOWN_VALUE: Value = { text: '1', readAs: 'text' };

/**
 * All announcements that a bundle may make, each once for every speed at which it may be heard: what must lie ready before it is
 * published. Slower ones only where some menu of the bundle offers them; then all, since the choice holds wherever the call goes.
 * @param known values that are known before the call, as those of a campaign's recipient
 */
export function preparablePartsOf(
  flow: RunnableFlow,
  known: (name: string) => Value | null = () => null,
): PreparableParts {
  const announcements = flow
    .nodes()
    .flatMap(promptListsOf)
    .map((prompts) =>
      prompts.flatMap((prompt) => [...sayPartsOf(prompt, (name) => known(name) ?? UNKNOWN_VALUE)]),
    );
  const each = [...new Map(announcements.map((parts) => [JSON.stringify(parts), parts] as const)).values()];
  const offersSlower = flow.nodes().some((node) => (node.asks?.slowerKey ?? null) !== null);
  const speeds: readonly Speed[] = offersSlower ? ['usual', 'slower'] : ['usual'];
  return speeds.flatMap((speed) => each.map((parts) => ({ parts, speed })));
}

/**
 * A node says one of its prompts, or one before another: 'that was wrong' and then the menu. Every pair stands here, so that this file
 * need not know which ones a kind says; a pair that is never said costs nothing unless its first prompt lacks a full stop.
 */
function promptListsOf({ prompts }: BoundNode): readonly (readonly Prompt[])[] {
  const pairs = prompts.flatMap((first, index) =>
    prompts.filter((_second, other) => other !== index).map((second) => [first, second]),
  );
  return [...prompts.map((prompt) => [prompt]), ...pairs];
}
