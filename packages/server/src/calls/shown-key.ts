import { type CallState, type Key, type RunnableFlow, type Step, where } from '@madoguchi/flow';

/** Shown in place of a key that is nobody's business (birth date, 記号番号). */
const HIDDEN_KEY = '●';

/**
 * A key as screens show it. In a flow that asks for a secret, only a key that was taken at the press, by nodes that keep none, is shown:
 * one that means nothing yet may be the first digit of a birth date whose question the caller did not wait for.
 */
export function shownKey(key: Key, bundle: RunnableFlow, before: CallState | null, step: Step): string {
  if (!asksForSecret(bundle)) return key;
  if (before === null || step.state === before || step.state.typedAhead.length > 0) return HIDDEN_KEY;
  const passed = step.taken.some((at) => bundle.node(at)?.secret === true);
  const stands = [before, step.state].some((state) => where(bundle, state)?.secret === true);
  return passed || stands ? HIDDEN_KEY : key;
}

function asksForSecret(bundle: RunnableFlow): boolean {
  return Object.entries(bundle.bundle.flows).some(([flowId, { nodes }]) =>
    Object.keys(nodes).some((nodeId) => bundle.node({ flowId, nodeId })?.secret === true),
  );
}
