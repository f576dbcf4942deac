import { kindOfNumber } from '@madoguchi/flow';
import { recordingsOf, selectSummaries, showNumber, smsShown, summaryOf } from '../../calls/reading/index.ts';
import type { Database } from '../../database/index.ts';
import type { Citizen, CitizenEntry } from '../../http/inbox-contract.ts';
import { readSms } from '../../sms/index.ts';
import { placedCallsWhere } from '../call-out/read-placed-calls.ts';
import { itemsShown, selectItems } from '../items/item-shown.ts';
import { readNotes } from '../notes/read-notes.ts';
import { namesOf } from '../people.ts';
import { complaintOf } from './complaints.ts';
import { NUMBER_KINDS } from './number-kinds.ts';
import { type Moment, momentsOf } from './time-line.ts';

/** All that is known of one number, a page of it. @param number national digits. @param now ms since the epoch. */
export async function readCitizen(
  db: Database,
  number: string,
  {
    cursor,
    now,
    mayListen,
  }: { readonly cursor?: string | undefined; readonly now: number; readonly mayListen: boolean },
): Promise<Citizen> {
  const { moments, nextCursor } = await momentsOf(db, number, cursor);
  const idsOf = (type: Moment['type']) =>
    moments.filter((moment) => moment.type === type).map((moment) => moment.id);
  const entries = new Map<string, CitizenEntry>();
  const all = [
    ...(await callsAmong(db, idsOf('call'), mayListen)),
    ...(await smsAmong(db, idsOf('sms'))),
    ...(await itemsAmong(db, idsOf('inbox'), now)),
    ...(await flagsAmong(db, idsOf('complaint'))),
    ...(await placedCallsAmong(db, idsOf('placedCall'), now)),
  ];
  for (const entry of all) entries.set(`${entry.type}:${entry.id}`, entry);
  return {
    number,
    numberShown: showNumber(number),
    numberKind: NUMBER_KINDS[kindOfNumber(number)],
    complaint: await complaintOf(db, number),
    entries: moments.flatMap(({ type, id }) => entries.get(`${type}:${id}`) ?? []),
    nextCursor,
  };
}

async function callsAmong(db: Database, ids: readonly string[], mayListen: boolean): Promise<CitizenEntry[]> {
  if (ids.length === 0) return [];
  const rows = await selectSummaries(db).where('s.call_id', 'in', ids).execute();
  const notes = await readNotes(db, ids);
  const recordings = mayListen ? await recordingsOf(db, ids) : new Map<string, never[]>();
  return rows.map((row) => ({
    type: 'call',
    id: row.call_id,
    at: row.began_at.toISOString(),
    call: summaryOf(row),
    note: notes.get(row.call_id) ?? null,
    recordings: [...(recordings.get(row.call_id) ?? [])],
  }));
}

async function smsAmong(db: Database, ids: readonly string[]): Promise<CitizenEntry[]> {
  if (ids.length === 0) return [];
  const messages = await readSms(db, ids);
  return messages.map((message) => ({
    type: 'sms',
    id: message.id,
    at: message.createdAt.toISOString(),
    sms: smsShown(message),
  }));
}

async function itemsAmong(db: Database, ids: readonly string[], now: number): Promise<CitizenEntry[]> {
  if (ids.length === 0) return [];
  const rows = await selectItems(db).where('i.item_id', 'in', ids).execute();
  const items = await itemsShown(db, rows, now);
  return items.map((item) => ({ type: 'inbox', id: item.itemId, at: item.createdAt, item }));
}

async function flagsAmong(db: Database, ids: readonly string[]): Promise<CitizenEntry[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('complaint_flag')
    .select(['flag_id', 'flagged', 'reason', 'person_id', 'at'])
    .where('flag_id', 'in', ids.map(Number))
    .execute();
  const personOf = await namesOf(
    db,
    rows.map((row) => row.person_id),
  );
  return rows.flatMap(({ flag_id, flagged, reason, person_id, at }): CitizenEntry[] => {
    const person = personOf(person_id);
    return person === null
      ? []
      : [{ type: 'complaint', id: String(flag_id), at: at.toISOString(), flagged, reason, person }];
  });
}

async function placedCallsAmong(db: Database, ids: readonly string[], now: number): Promise<CitizenEntry[]> {
  const calls = await placedCallsWhere(db, 'placed_call_id', ids, now);
  return calls.map((placedCall) => ({
    type: 'placedCall',
    id: placedCall.placedCallId,
    at: placedCall.at,
    placedCall,
  }));
}
