import { loadPublished, preparablePartsOf, type RunnableFlow } from '@madoguchi/flow';
import type { Logger } from 'pino';
import { usualVoiceChosenAt } from '../../announcements/index.ts';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/index.ts';
import { type PromptStore, SpeechError } from '../../speech/index.ts';
import { personalPartsOf } from '../personal-parts.ts';
import { readCampaignSettings } from '../settings.ts';
import { RecipientValuesSchema } from './recipients.ts';
import { startAt } from './start-at.ts';

export type SoundStore = Pick<PromptStore, 'prepare' | 'soundsFor'> & { close(): void };
export type SoundParts = {
  readonly db: Database;
  /** Opens the telephone's prompt store with the readings of the frozen scenario. */
  readonly promptsFor: (version: RunnableFlow) => Promise<SoundStore>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Logger;
};

/** So many tell how long one takes. */
const SAMPLE = 20;
/** Between two looks at whether the sounds are still wanted, and two steps of the progress on the screen. */
const CHUNK = 20;
/** Values are kept for a day only (they tell of people), so that they are made shortly before they are wanted. */
const AHEAD_MS = 12 * 3_600_000;
/** A little after what was made first has been forgotten, it is made anew, in the same order; so it is once another usual voice was chosen. */
const ROUND_MS = 24 * 3_600_000 + 2 * 60_000;

/**
 * Makes the sounds that proposed and running campaigns want, one campaign after the other, those that begin first before the others: the fixed
 * texts and a sample at once, so that it is known how long the rest takes; the values of everybody who waits, within the half day before the
 * beginning. What cannot be made is told and tried no more until the campaign is proposed anew. Safe to repeat and to run twice.
 */
export async function prepareCampaignSounds(parts: SoundParts): Promise<void> {
  const { db, log } = parts;
  for (const row of await wanted(parts)) {
    try {
      await prepareOne(parts, row);
    } catch (error) {
      if (!(error instanceof SpeechError)) throw error;
      log.warn({ campaignId: row.campaign_id, code: error.code }, 'the sounds of a campaign cannot be made');
      await db
        .updateTable('campaign_sounds')
        .set({ failed_because: error.message })
        .where('campaign_id', '=', row.campaign_id)
        .where('bundle_id', '=', row.bundle_id)
        .execute();
    }
  }
}

type Wanted = {
  readonly campaign_id: string;
  readonly bundle_id: string;
  readonly bundle: unknown;
  readonly ms_each: number | null;
  /** To be made now, for everybody; else only the sample. */
  readonly isRound: boolean;
  readonly beginsAnew: boolean;
};

async function wanted({ db, clock }: SoundParts): Promise<Wanted[]> {
  const rows = await db
    .selectFrom('campaign_sounds as s')
    .innerJoin('campaign as c', 'c.campaign_id', 's.campaign_id')
    .innerJoin('flow_bundle as b', 'b.bundle_id', 's.bundle_id')
    .selectAll('s')
    .select(['c.state', 'c.settings', 'b.bundle'])
    .where('s.failed_because', 'is', null)
    .where('c.state', 'in', ['waiting', 'approved', 'running'])
    .execute();
  const now = clock.now();
  const chosenAt = await usualVoiceChosenAt(db);
  return rows
    .map((row) => {
      const begins = startAt(readCampaignSettings(row.settings)) ?? now;
      const isSoon = row.state === 'running' || (row.state === 'approved' && begins - now <= AHEAD_MS);
      const isOld =
        row.round_begun_at !== null &&
        (now - row.round_begun_at.getTime() >= ROUND_MS ||
          (chosenAt ?? row.round_begun_at) > row.round_begun_at);
      const beginsAnew = row.round_begun_at === null || isOld;
      return { ...row, begins, beginsAnew, isRound: isSoon && (row.ready_at === null || beginsAnew) };
    })
    .filter(({ isRound, ms_each }) => isRound || ms_each === null)
    .toSorted((one, other) => one.begins - other.begins);
}

async function prepareOne(parts: SoundParts, row: Wanted): Promise<void> {
  const { db, clock, promptsFor } = parts;
  const version = loadPublished(row.bundle);
  const store = await promptsFor(version);
  try {
    if (row.ms_each === null) {
      await store.prepare(preparablePartsOf(version));
      const sample = await waitingAfter(db, row.campaign_id, 0, SAMPLE);
      const began = clock.now();
      await makeValues(store, version, sample);
      await db
        .updateTable('campaign_sounds')
        .set({ ms_each: (clock.now() - began) / Math.max(1, sample.length) })
        .where('campaign_id', '=', row.campaign_id)
        .where('bundle_id', '=', row.bundle_id)
        .execute();
    }
    if (row.isRound) await makeRound(parts, row, store, version);
  } finally {
    store.close();
  }
}

/** Everybody who waits, in the order of the list. Ends early where the sounds are wanted no more. */
async function makeRound(
  { db, clock }: SoundParts,
  { campaign_id: campaignId, bundle_id: bundleId, beginsAnew }: Wanted,
  store: SoundStore,
  version: RunnableFlow,
): Promise<void> {
  const round = db.updateTable('campaign_sounds').where('campaign_id', '=', campaignId);
  if (beginsAnew) {
    await store.prepare(preparablePartsOf(version));
    await round
      .where('bundle_id', '=', bundleId)
      .set(({ selectFrom }) => ({
        round_begun_at: new Date(clock.now()),
        ready_at: null,
        done: 0,
        through_row: 0,
        total: selectFrom('campaign_recipient')
          .select((select) => select.fn.countAll<number>().as('count'))
          .where('campaign_id', '=', campaignId)
          .where('state', '=', 'waiting'),
      }))
      .execute();
  }
  for (;;) {
    const state = await db
      .selectFrom('campaign_sounds as s')
      .innerJoin('campaign as c', 'c.campaign_id', 's.campaign_id')
      .select(['s.through_row', 's.done', 's.total'])
      .where('s.campaign_id', '=', campaignId)
      .where('s.bundle_id', '=', bundleId)
      .where('c.state', 'in', ['approved', 'running'])
      .executeTakeFirst();
    if (state === undefined) return;
    const chunk = await waitingAfter(db, campaignId, state.through_row, CHUNK);
    const last = chunk.at(-1);
    if (last === undefined) {
      await round
        .where('bundle_id', '=', bundleId)
        .set(({ ref }) => ({ ready_at: new Date(clock.now()), done: ref('total') }))
        .execute();
      return;
    }
    const began = clock.now();
    await makeValues(store, version, chunk);
    await round
      .where('bundle_id', '=', bundleId)
      .set({
        through_row: last.row_no,
        done: Math.min(state.done + chunk.length, state.total),
        ms_each: (clock.now() - began) / chunk.length,
      })
      .execute();
  }
}

async function waitingAfter(db: Database, campaignId: string, rowNo: number, limit: number) {
  return await db
    .selectFrom('campaign_recipient')
    .select(['row_no', 'values'])
    .where('campaign_id', '=', campaignId)
    .where('state', '=', 'waiting')
    .where('row_no', '>', rowNo)
    .orderBy('row_no')
    .limit(limit)
    .execute();
}

/** All that each of these may hear of his own, as the call says it. What several have in common is made once. */
async function makeValues(
  store: SoundStore,
  version: RunnableFlow,
  recipients: readonly { readonly values: unknown }[],
): Promise<void> {
  for (const { values: stored } of recipients) {
    const values = RecipientValuesSchema.parse(stored);
    for (const { parts, speed } of personalPartsOf(version, values)) await store.soundsFor(parts, speed);
  }
}
