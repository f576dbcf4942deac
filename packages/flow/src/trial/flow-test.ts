import { z } from 'zod';
import type { BundleDraft } from '../draft.ts';
import { OutcomeSchema } from '../state.ts';
import { differenceOf } from './flow-test-difference.ts';
import { flowToTry } from './flow-to-try.ts';
import type { HouseView } from './house-view.ts';
import { runTrial, type Trial } from './trial.ts';
import { TrialInputSchema, TrialSettingSchema } from './trial-setting.ts';

/** What a run came to: what a test of the flow holds it to. */
export const ExpectationSchema = z.object({
  /** Branches, with the words that they had when the test was made. */
  path: z
    .array(
      z.object({
        flowId: z.string(),
        nodeId: z.string(),
        branch: z.string(),
        title: z.string(),
        label: z.string(),
      }),
    )
    .max(5_000),
  /** Null: the call still went on. */
  outcome: OutcomeSchema.nullable(),
  /** Where the call stood at the end. */
  place: z.object({ flowId: z.string(), nodeId: z.string(), title: z.string(), kind: z.string() }).nullable(),
  smsTo: z.array(z.string()),
  rung: z.array(z.string()),
});
export type Expectation = z.infer<typeof ExpectationSchema>;

/** 確認: a run of a trial, kept to be made again whenever the flow changes. */
export const FlowTestSchema = z.object({
  setting: TrialSettingSchema,
  inputs: z.array(TrialInputSchema).max(500),
  expected: ExpectationSchema,
});
export type FlowTest = z.infer<typeof FlowTestSchema>;

/** `difference`: in one Japanese sentence or more, for staff; `at`: the node where it shows. */
export type FlowTestResult =
  | { readonly passed: true }
  | {
      readonly passed: false;
      readonly difference: string;
      readonly at: { readonly flowId: string; readonly nodeId: string } | null;
    };

/** What a run came to, to be expected of later ones. */
export function expectationOf({ path, state, place, smsTo, rung }: Trial): Expectation {
  return { path: [...path], outcome: state.ended, place, smsTo: [...smsTo], rung: [...rung] };
}

/** Makes the runs again with a draft as it is now; a result for each test, in their order. Never throws. */
export function runFlowTests(
  bundle: BundleDraft,
  house: HouseView,
  tests: readonly FlowTest[],
): readonly FlowTestResult[] {
  const made = flowToTry(bundle);
  if (!made.ok) {
    const [at = null] = made.nodes;
    const title = at === null ? '' : (bundle.flows[at.flowId]?.nodes[at.nodeId]?.title ?? '');
    const difference = `「${title || at?.nodeId}」の設定に誤りがあるため、確認できませんでした。設定を直してから、もう一度お試しください。`;
    return tests.map(() => ({ passed: false, difference, at }));
  }
  return tests.map(({ setting, inputs, expected }) => {
    const actual = expectationOf(runTrial(made.flow, house, setting, inputs));
    const difference = differenceOf(expected, actual);
    return difference === null ? { passed: true } : { passed: false, ...difference };
  });
}
