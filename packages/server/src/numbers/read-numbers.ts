import { BundleUnreadableError, loadPublished } from '@madoguchi/flow';
import type { z } from 'zod';
import { PREPARING_TEXT, showNumber } from '../calls/reading/index.ts';
import type { Database } from '../database/index.ts';
import type { NumberShown, PhoneNumberListSchema } from '../http/number-contract.ts';
import { readPlanned } from './read-planned.ts';

const GONE = '削除された利用者';

/** All numbers with their settings, by number. @param now what lies before it is not planned any more */
export async function readNumbers(db: Database, now: Date): Promise<z.infer<typeof PhoneNumberListSchema>> {
  const rows = await db
    .selectFrom('phone_number as n')
    .leftJoin('person as p', 'p.id', 'n.changed_by')
    .leftJoin('telephone_trial as t', 't.bundle_id', 'n.trial_bundle_id')
    .leftJoin('flow_bundle as tb', 'tb.bundle_id', 't.bundle_id')
    .leftJoin('person as a', 'a.id', 'n.approval_set_by')
    .leftJoin('emergency_telephone as e', 'e.phone_number', 'n.phone_number')
    .selectAll('n')
    .select(['p.name as changer', 'a.name as approval_setter', 'e.phone_number as switching_number'])
    .select(['t.ordered_at', 'tb.flow_id as trial_flow_id', 'tb.name as trial_name'])
    .orderBy('n.phone_number')
    .execute();
  const versions = await readVersions(
    db,
    rows.flatMap((row) => row.bundle_id ?? []),
  );
  const plannedFor = await readPlanned(db, now);
  const calendars = await db.selectFrom('calendar').select(['calendar_id', 'name']).orderBy('name').execute();
  const numbers = rows.map((row): NumberShown => {
    const inForce = row.bundle_id === null ? null : (versions.get(row.bundle_id) ?? null);
    const isDigits = row.presented !== null && /^\d/.test(row.presented);
    return {
      phoneNumber: row.phone_number,
      shown: showNumber(row.phone_number),
      state: row.state,
      isForSwitching: row.switching_number !== null,
      draft: {
        name: row.name,
        opensOn: row.opens_on,
        forwardTo: written(row.forward_to),
        fallbackNumber: written(row.fallback_number),
        calendarId: row.calendar_id,
        presented: presentedOf(row.presented),
        presentedNumber: isDigits ? written(row.presented) : '',
        maxCalls: row.max_calls === null ? '' : String(row.max_calls),
        whenFull: row.when_full,
        recordingEnabled: row.recording_enabled,
      },
      inForce: inForce?.shown ?? null,
      trial: trialShown(row),
      recordingNotices: [...(inForce?.recordingNotices ?? [])],
      planned: plannedFor(row.phone_number, row.opens_on),
      approval: {
        steps: row.approval_steps,
        setBy: row.approval_set_by === null ? null : (row.approval_setter ?? GONE),
      },
      changedAt: row.changed_at.toISOString(),
      changedBy: row.changed_by === null ? null : (row.changer ?? GONE),
      version: row.version,
    };
  });
  return {
    numbers,
    calendars: calendars.map((row) => ({ calendarId: row.calendar_id, name: row.name })),
    preparingText: PREPARING_TEXT,
  };
}

function trialShown(row: {
  readonly trial_bundle_id: string | null;
  readonly trial_flow_id: string | null;
  readonly trial_name: string | null;
  readonly ordered_at: Date | null;
}): NumberShown['trial'] {
  const { trial_bundle_id: bundleId, trial_flow_id: flowId, trial_name: name, ordered_at: orderedAt } = row;
  if (bundleId === null || flowId === null || name === null || orderedAt === null) return null;
  return { bundleId, flowId, name, orderedAt: orderedAt.toISOString() };
}

function presentedOf(presented: string | null): NumberShown['draft']['presented'] {
  if (presented === null) return 'trunk';
  return presented === 'called' || presented === 'caller' ? presented : 'number';
}

function written(digits: string | null): string {
  return digits === null ? '' : showNumber(digits);
}

type Version = {
  readonly shown: NonNullable<NumberShown['inForce']>;
  readonly recordingNotices: readonly string[];
};

async function readVersions(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Version>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('flow_bundle').selectAll().where('bundle_id', 'in', ids).execute();
  return new Map(
    rows.map((row) => [
      row.bundle_id,
      {
        shown: {
          bundleId: row.bundle_id,
          name: row.name,
          comment: row.comment,
          publishedAt: row.published_at.toISOString(),
        },
        recordingNotices: noticesOf(row.bundle),
      },
    ]),
  );
}

function noticesOf(bundle: unknown): readonly string[] {
  try {
    return loadPublished(bundle)
      .nodes()
      .filter((node) => node.recording.givesNotice)
      .flatMap((node) =>
        node.prompts.map((prompt) => (prompt.type === 'text' ? prompt.text : prompt.transcript)),
      );
  } catch (error) {
    if (error instanceof BundleUnreadableError) return [];
    throw error;
  }
}
