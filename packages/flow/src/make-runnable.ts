import { check } from './check/check.ts';
import type { BundleDraft } from './draft.ts';
import type { Problem, Surroundings } from './finding.ts';
import { RunnableFlow } from './runnable.ts';

export type Making =
  /** `problems`: the warnings that are left. */
  | { readonly ok: true; readonly flow: RunnableFlow; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Makes of a draft without errors what a simulator, a trial or a line can follow. The only way from a draft to a call. */
export function makeRunnable(bundle: BundleDraft, surroundings: Surroundings): Making {
  const problems = check(bundle, surroundings);
  if (problems.some((problem) => problem.severity === 'error')) return { ok: false, problems };
  return { ok: true, flow: new RunnableFlow(structuredClone(bundle)), problems };
}
