import {
  type BundleDraft,
  BundleDraftSchema,
  changedTexts,
  difference,
  makeRunnable,
  type NodeChange,
  type Problem,
  type RunnableFlow,
  type SaidText,
} from '@madoguchi/flow';
import { type Spoken, usualVoice } from '../../announcements/index.ts';
import { showNumber } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import { assembleBundle } from '../drafts/assemble.ts';
import { readFlow } from '../drafts/read-flows.ts';
import { surroundingsOf } from '../surroundings.ts';
import { type ReadingChange, readingChanges, saysOne } from '../version-readings.ts';
import { spokenIn, voiceOf } from '../version-voice.ts';
import { stepsWanted } from './steps-wanted.ts';

export type OutlookParts = {
  readonly db: Database;
  readonly audioIds: () => Promise<readonly string[]>;
  /** Which of these have been listened to by somebody, spoken like this. */
  readonly isHeard: (texts: readonly SaidText[], spoken: Spoken) => Promise<readonly boolean[]>;
  /** Tests of a flow that fail, run against what is to be published. */
  readonly failedTests: (
    flowId: string,
    flow: RunnableFlow,
  ) => Promise<readonly { readonly name: string; readonly message: string }[]>;
};

export type Outlook = {
  readonly draftVersion: number;
  readonly bundle: BundleDraft;
  /** Null: it has errors. */
  readonly runnable: RunnableFlow | null;
  readonly changes: readonly NodeChange[];
  readonly readings: readonly ReadingChange[];
  readonly problems: readonly Problem[];
  readonly texts: readonly (SaidText & { readonly isHeard: boolean })[];
  readonly failedTests: readonly { readonly name: string; readonly message: string }[];
};

/** A draft as it would be published now; null where there is no such flow. */
export async function outlookOf(parts: OutlookParts, flowId: string): Promise<Outlook | null> {
  const { db } = parts;
  const flow = await readFlow(db, flowId);
  const bundle = await assembleBundle(db, flowId, `draft:${flowId}`);
  if (flow === null || bundle === null) return null;
  const made = makeRunnable(bundle, await surroundingsOf(db, await parts.audioIds()));
  const before = await newestVersion(db, flowId);
  const readings = readingChanges(before, bundle);
  const usual = await usualVoice(db);
  const isOtherVoice = before !== null && voiceOf(before, usual) !== voiceOf(bundle, usual);
  const texts = changedTexts(before, bundle, (text) => isOtherVoice || saysOne(text, readings));
  const heard = await parts.isHeard(texts, spokenIn(bundle, usual));
  return {
    draftVersion: flow.version,
    bundle: made.ok ? made.flow.bundle : bundle,
    runnable: made.ok ? made.flow : null,
    changes: difference(before, bundle),
    readings,
    problems: made.problems,
    texts: texts.map((text, place) => ({ ...text, isHeard: heard[place] ?? false })),
    failedTests: made.ok ? await parts.failedTests(flowId, made.flow) : [],
  };
}

/** The flow's newest published version; null where there is none that can be read. */
export async function newestVersion(db: Database, flowId: string): Promise<BundleDraft | null> {
  const row = await db
    .selectFrom('flow_bundle')
    .select('bundle')
    .where('flow_id', '=', flowId)
    .where('version_no', 'is not', null)
    .orderBy('version_no', 'desc')
    .limit(1)
    .executeTakeFirst();
  const bundle = BundleDraftSchema.safeParse(row?.bundle);
  return bundle.success ? bundle.data : null;
}

/** Every number with what it asks of a version that `drafter` proposes; those whose flow it is first. */
export async function numbersFor(db: Database, flowId: string, drafter: string) {
  const rows = await db
    .selectFrom('phone_number')
    .select(['phone_number', 'name', 'state', 'flow_id', 'approval_steps', 'approval_set_by'])
    .orderBy('phone_number')
    .execute();
  return rows
    .map((row) => ({
      phoneNumber: row.phone_number,
      shown: showNumber(row.phone_number),
      name: row.name,
      steps: stepsWanted(
        [{ state: row.state, approvalSteps: row.approval_steps, approvalSetBy: row.approval_set_by }],
        drafter,
      ),
      isUsual: row.flow_id === flowId,
    }))
    .toSorted((a, b) => Number(b.isUsual) - Number(a.isUsual));
}
