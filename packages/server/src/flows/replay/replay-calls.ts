import { setImmediate } from 'node:timers/promises';
import {
  BundleUnreadableError,
  type HouseView,
  loadPublished,
  type PastCall,
  type ReplayedCall,
  ReplayTally,
  type ReplayTotals,
  type RunnableFlow,
  replayer,
  unreadable,
} from '@madoguchi/flow';
import { type PastCalls, readPastCalls } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';

/** Work between two looks at what else the process has to do. */
const SLICE_MS = 8;

/**
 * Replays past calls through a draft, in slices, so that whoever asks the same process for something else waits for some milliseconds only.
 * `onProgress` is told how many calls are done after every page; it says whether to go on.
 */
export async function replayCalls(
  { db, house, draft }: { readonly db: Database; readonly house: HouseView; readonly draft: RunnableFlow },
  wanted: PastCalls,
  limit: number,
  onProgress: (done: number) => Promise<boolean>,
): Promise<ReplayTotals | 'stopped'> {
  const versions = new Map<string, (call: PastCall) => ReplayedCall>();
  const tally = new ReplayTally();
  let done = 0;
  for await (const page of readPastCalls(db, wanted, limit)) {
    let sliceEnd = performance.now() + SLICE_MS;
    for (const { bundleId, call } of page) {
      const replay = versions.get(bundleId) ?? (await replayerFor(db, bundleId, draft, house));
      versions.set(bundleId, replay);
      tally.add(replay(call));
      if (performance.now() < sliceEnd) continue;
      await setImmediate();
      sliceEnd = performance.now() + SLICE_MS;
    }
    done += page.length;
    if (!(await onProgress(done))) return 'stopped';
  }
  return tally.totals();
}

/** Calls through a version that cannot be read any more are in doubt from their beginning. */
async function replayerFor(
  db: Database,
  bundleId: string,
  draft: RunnableFlow,
  house: HouseView,
): Promise<(call: PastCall) => ReplayedCall> {
  const row = await db
    .selectFrom('flow_bundle')
    .select('bundle')
    .where('bundle_id', '=', bundleId)
    .executeTakeFirst();
  try {
    return replayer(loadPublished(row?.bundle), draft, house);
  } catch (error) {
    if (!(error instanceof BundleUnreadableError)) throw error;
    return ({ callId, outcome, taken }) => ({
      callId,
      before: { outcome, taken },
      after: unreadable(draft),
    });
  }
}
