import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findMarkers, readWav } from '@madoguchi/telephony/telephone';
import { connectDatabase, type Database } from '../packages/server/src/database/index.ts';
import type { CallPlan } from './call-plan.ts';
import { CONNECT_LIMIT_MS, STAFF_MARKER } from './plan-transfer.ts';
import type { StaffLeg } from './staff-messages.ts';

/** The product finishes its recordings one after another. */
const FINISH_LIMIT_MS = 180_000;
const ASK_EVERY_MS = 500;
const LEAST_SHARE = 0.99;
/** Of the talk's ends, which the recording may miss: it begins before the talk and ends when staff or caller are gone. */
const ENDS_MS = 200;

type Recording = { readonly recordingId: string; readonly from: string | null; readonly path: string | null };

/** What the product has recorded: each recording is looked at once, in the round that made it. */
export class Recordings {
  readonly #db: Database;
  readonly #folder: string;
  readonly #seen = new Set<string>();

  constructor(databaseUrl: string, folder: string) {
    this.#db = connectDatabase(databaseUrl, { maxConnections: 1, onIdleError: () => undefined });
    this.#folder = folder;
  }

  /**
   * Failures by the index of the call: every transferred call must have one recording of its talk, whole, with the caller on the left and
   * staff on the right. Waits until the product has finished them.
   */
  async judge(
    calls: readonly CallPlan[],
    legs: readonly StaffLeg[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, readonly string[]>> {
    const made = Map.groupBy(await this.#finished(signal), ({ from }) => from);
    const judged = new Map<number, readonly string[]>();
    for (const plan of calls) {
      const own = made.get(plan.from) ?? [];
      const leg = legs.find(({ from }) => from === plan.from);
      judged.set(plan.index, await judgeRecordings(plan, own, leg));
    }
    return judged;
  }

  async stop(): Promise<void> {
    await this.#db.destroy();
  }

  async #finished(signal: AbortSignal): Promise<readonly Recording[]> {
    for (
      const untilMs = performance.now() + FINISH_LIMIT_MS;
      ;
      await pause(ASK_EVERY_MS, undefined, { signal })
    ) {
      const rows = await this.#db
        .selectFrom('recording')
        .innerJoin('call_summary', 'call_summary.call_id', 'recording.call_id')
        .select(['recording_id', 'file_name', 'state', 'caller_number'])
        .execute();
      const fresh = rows.filter(({ recording_id }) => !this.#seen.has(recording_id));
      if (fresh.some(({ state }) => state === 'recording') && performance.now() < untilMs) continue;
      for (const { recording_id } of fresh) this.#seen.add(recording_id);
      return fresh.map(({ recording_id, file_name, state, caller_number }) => ({
        recordingId: recording_id,
        from: caller_number,
        path: state === 'ready' ? join(this.#folder, `${file_name}.wav`) : null,
      }));
    }
  }
}

async function judgeRecordings(
  plan: CallPlan,
  recordings: readonly Recording[],
  leg: StaffLeg | undefined,
): Promise<readonly string[]> {
  const wanted = plan.sounds.some(({ byStaff }) => byStaff) ? 1 : 0;
  if (recordings.length !== wanted) return [`recordings: ${recordings.length} instead of ${wanted}`];
  const [recording] = recordings;
  if (recording === undefined) return [];
  if (recording.path === null) return ['recording: never finished'];
  const { channels, sampleRateHz } = readWav(await readFile(recording.path));
  const [left, right] = channels;
  if (left === undefined || right === undefined || channels.length !== 2)
    return ['recording: not of two voices'];
  const talkMs = leg === undefined ? 0 : leg.ended.atMs - (leg.answeredAtMs ?? leg.ended.atMs);
  const dueMs = (talkMs - CONNECT_LIMIT_MS) * LEAST_SHARE - ENDS_MS;
  const lengthMs = (left.length / sampleRateHz) * 1_000;
  return [
    ...(lengthMs < dueMs ? [`recording length: ${lengthMs.toFixed(0)} of ${dueMs.toFixed(0)} ms`] : []),
    ...judgeVoice('caller', left, plan.says, dueMs),
    ...judgeVoice('staff', right, STAFF_MARKER, dueMs),
  ];
}

function judgeVoice(who: string, samples: Int16Array, marker: unknown, dueMs: number): readonly string[] {
  const heard = findMarkers(samples);
  const strange = heard.filter((each) => each.marker !== marker);
  if (strange.length > 0) return [`recorded ${who}: somebody else is in it`];
  const heardMs = heard.reduce((sum, { atMs, untilMs }) => sum + untilMs - atMs, 0);
  return heardMs < dueMs ? [`recorded ${who}: ${heardMs.toFixed(0)} of ${dueMs.toFixed(0)} ms`] : [];
}
