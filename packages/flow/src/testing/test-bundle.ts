import { type BundleDraft, BundleDraftSchema, LANGUAGE_VERSION } from '../draft.ts';
import type { Surroundings } from '../finding.ts';
import { makeRunnable } from '../make-runnable.ts';
import type { RunnableFlow } from '../runnable.ts';

/** Surroundings of the tests' flows. */
export const surroundings: Surroundings = {
  ownNumbers: ['0725001001', '0725-00-1002'],
  calendarIds: ['city'],
  listIds: ['vip'],
  audioIds: ['melody'],
};

export const say = (text: string) => ({ type: 'text', text });

/** An end that says goodbye, and one that says nothing. */
export const ends = { bye: { kind: 'end', farewell: say('さようなら') }, hangUp: { kind: 'end' } };

/** A bundle of one flow, 'main', that starts at the first node; `others` adds flows. */
export function bundleOf(
  nodes: Readonly<Record<string, object>>,
  others: Readonly<Record<string, Readonly<Record<string, object>>>> = {},
): BundleDraft {
  const flows = Object.entries({ main: nodes, ...others }).map(([id, each]) => [
    id,
    {
      languageVersion: LANGUAGE_VERSION,
      id,
      name: id,
      startNodeId: Object.keys(each)[0] ?? 'start',
      nodes: each,
    },
  ]);
  return BundleDraftSchema.parse({ bundleId: 'test', entryFlowId: 'main', flows: Object.fromEntries(flows) });
}

/** As `bundleOf`, checked: a test about calls fails at once where its flow has errors. */
export function runnableOf(...flows: Parameters<typeof bundleOf>): RunnableFlow {
  const making = makeRunnable(bundleOf(...flows), surroundings);
  if (making.ok) return making.flow;
  throw new Error(making.problems.map(({ nodeId, code }) => `${nodeId}: ${code}`).join(', '));
}
