import { readFile } from 'node:fs/promises';
import {
  type Calendar,
  CalendarSchema,
  type CallContext,
  type HolidaySet,
  isOpen,
  loadPublished,
  type Reading,
  ReadingSchema,
  type RunnableFlow,
  type VoiceId,
  VoiceIdSchema,
  withOfficialYears,
} from '@madoguchi/flow';
import type { Logger } from 'pino';
import { z } from 'zod';
import { readOfficialHolidays } from '../calendars/index.ts';
import { answeringWithin, type Database } from '../database/index.ts';
import { dueOf } from './due-of.ts';
import { replaceFile } from './replace-file.ts';

/**
 * What a call needs to know of the settings: which number has which flow, what the calendars and lists say now. A copy is kept in
 * memory and in a file, so that a call is served while PostgreSQL is away, also after a start in that time.
 */
export type Directory = {
  /** Reads PostgreSQL; where that does not answer, the file. Throws only when neither is there. */
  load(): Promise<void>;
  /** Reads PostgreSQL again; keeps what there is when that fails. */
  refresh(): Promise<void>;
  phoneNumber(digits: string): ServedNumber | null;
  /** Whether calls of this number are tests on that Japanese day. */
  isTestCaller(number: string, day: string): boolean;
  /** What callers of the number hear before its flow: the emergency announcements that are on. */
  openingOf(phoneNumber: string, atEpochMs: number): CallContext['opening'];
  readonly phoneNumbers: readonly ServedNumber[];
  /** By which emergency announcements are switched; null: none is. */
  readonly switchingNumber: string | null;
  /** How announcements are spoken: staff's reading dictionary, and the voice of versions that name none. */
  readonly spoken: { readonly readings: readonly Reading[]; readonly usualVoice: VoiceId };
  /** The versions that some number has in force or under test. */
  readonly versions: readonly RunnableFlow[];
  /** A version that some number has in force. */
  bundleInForce(bundleId: string): RunnableFlow | null;
  /** Any version, also one that is no longer in force: calls keep theirs. */
  bundle(bundleId: string): Promise<RunnableFlow | null>;
  calendar(calendarId: string): Calendar | null;
  /** Those of the file that staff loaded last, for the years of which it speaks. */
  readonly holidays: HolidaySet;
  calendarSays(calendarId: string, atEpochMs: number): { readonly open: boolean; readonly reason: string };
  listContains(listId: string, number: string): boolean;
  /** When staff are to have dealt with what a citizen left on a call to this number (due-of.ts), ms since the epoch. */
  dueAt(phoneNumber: string, atEpochMs: number): number;
};

const ServedNumberSchema = z.object({
  phoneNumber: z.string(),
  name: z.string(),
  state: z.enum(['preparing', 'test', 'live', 'stopped']),
  bundleId: z.string().nullable(),
  fallbackNumber: z.string().nullable(),
  calendarId: z.string().nullable(),
  recordingEnabled: z.boolean(),
  // The copy of an earlier release has none of these.
  trialBundleId: z.string().nullable().default(null),
  opensOn: z.string().nullable().default(null),
  forwardTo: z.string().nullable().default(null),
  presented: z.string().nullable().default(null),
  maxCalls: z.int().nullable().default(null),
  whenFull: z.enum(['busy', 'announcement']).default('busy'),
});
export type ServedNumber = z.infer<typeof ServedNumberSchema>;

const TestCallerSchema = z.object({
  number: z.string(),
  fromDay: z.string().nullable(),
  toDay: z.string().nullable(),
});

const EmergencySchema = z.object({
  text: z.string(),
  afterwards: z.enum(['goOn', 'hangUp']),
  /** Null: all. */
  phoneNumbers: z.array(z.string()).nullable(),
  endsAtEpochMs: z.number(),
});

const ContentsSchema = z.object({
  readings: z.array(ReadingSchema),
  /** Copies of before do not tell. */
  usualVoice: VoiceIdSchema.default('mei').catch('mei'),
  phoneNumbers: z.array(ServedNumberSchema),
  bundles: z.record(z.string(), z.unknown()),
  calendars: z.record(z.string(), CalendarSchema),
  lists: z.record(z.string(), z.array(z.string())),
  /** Of 内閣府's file: date → name; null where none was loaded. Copies of before do not tell. */
  officialHolidays: z.record(z.iso.date(), z.string()).nullable().default(null),
  testCallers: z.array(TestCallerSchema).default([]),
  /** Those that are on, the oldest first. */
  emergencies: z.array(EmergencySchema).default([]),
  switchingNumber: z.string().nullable().default(null),
});
type Contents = z.infer<typeof ContentsSchema>;

/** Settings that take longer to be read are read later: readings wait for one another. */
const READ_LIMIT_MS = 10_000;

export function createDirectory({
  db: patient,
  cacheFile,
  bundledHolidays,
  beforeTaking = () => Promise.resolve(),
  log,
}: {
  readonly db: Database;
  readonly cacheFile: string;
  /** For the years of which no loaded file speaks. */
  readonly bundledHolidays: HolidaySet;
  /** Waited for before other versions come into force. It must be quick and never throw: every change of the settings waits. */
  readonly beforeTaking?: (versions: readonly RunnableFlow[]) => Promise<void>;
  readonly log: Logger;
}): Directory {
  const db = answeringWithin(patient, READ_LIMIT_MS);
  let contents: Contents = {
    readings: [],
    usualVoice: 'mei',
    phoneNumbers: [],
    bundles: {},
    calendars: {},
    lists: {},
    officialHolidays: null,
    testCallers: [],
    emergencies: [],
    switchingNumber: null,
  };
  let holidays = bundledHolidays;
  let versions: readonly RunnableFlow[] = [];
  const loadedBundles = new Map<string, RunnableFlow>();
  let reading: Promise<void> = Promise.resolve();
  let byNumber = new Map<string, ServedNumber>();
  let lists = new Map<string, ReadonlySet<string>>();

  function take(next: Contents): void {
    contents = next;
    holidays =
      next.officialHolidays === null
        ? bundledHolidays
        : withOfficialYears(bundledHolidays, new Map(Object.entries(next.officialHolidays)));
    byNumber = new Map(next.phoneNumbers.map((number) => [number.phoneNumber, number]));
    lists = new Map(Object.entries(next.lists).map(([id, numbers]) => [id, new Set(numbers)]));
    versions = versionsOf(next);
  }

  function versionsOf(next: Contents): readonly RunnableFlow[] {
    return Object.entries(next.bundles).map(([id, json]) => {
      const version = loadedBundles.get(id) ?? loadPublished(json);
      loadedBundles.set(id, version);
      return version;
    });
  }

  async function readDatabase(): Promise<void> {
    const next = await readContents(db);
    await beforeTaking(versionsOf(next));
    take(next);
    await replaceFile(cacheFile, JSON.stringify(next));
  }

  return {
    async load() {
      try {
        await readDatabase();
      } catch (error) {
        log.warn({ err: error }, 'settings cannot be read from PostgreSQL: the copy on this machine is used');
        take(ContentsSchema.parse(JSON.parse(await readFile(cacheFile, 'utf8'))));
      }
    },
    refresh() {
      // One after another: an older reading must not take the place of a newer one.
      reading = reading.then(readDatabase).catch((error: unknown) => {
        log.warn({ err: error }, 'settings cannot be read again: the ones in memory stay');
      });
      return reading;
    },
    phoneNumber: (digits) => byNumber.get(digits) ?? null,
    isTestCaller: (number, day) =>
      contents.testCallers.some(
        (each) => each.number === number && (each.fromDay ?? day) <= day && day <= (each.toDay ?? day),
      ),
    openingOf(phoneNumber, atEpochMs) {
      const on = contents.emergencies.filter(
        ({ phoneNumbers, endsAtEpochMs }) =>
          atEpochMs < endsAtEpochMs && (phoneNumbers === null || phoneNumbers.includes(phoneNumber)),
      );
      if (on.length === 0) return undefined;
      return {
        prompts: on.map(({ text }) => ({ type: 'text' as const, text })),
        afterwards: on.some(({ afterwards }) => afterwards === 'hangUp') ? 'hangUp' : 'goOn',
      };
    },
    get phoneNumbers() {
      return contents.phoneNumbers;
    },
    get switchingNumber() {
      return contents.switchingNumber;
    },
    get spoken() {
      const { readings, usualVoice } = contents;
      return { readings, usualVoice };
    },
    get versions() {
      return versions;
    },
    bundleInForce: (bundleId) => loadedBundles.get(bundleId) ?? null,
    async bundle(bundleId) {
      const known = loadedBundles.get(bundleId);
      if (known !== undefined) return known;
      const row = await db
        .selectFrom('flow_bundle')
        .select('bundle')
        .where('bundle_id', '=', bundleId)
        .executeTakeFirst();
      if (row === undefined) return null;
      const bundle = loadPublished(row.bundle);
      loadedBundles.set(bundleId, bundle);
      return bundle;
    },
    calendar: (calendarId) => contents.calendars[calendarId] ?? null,
    get holidays() {
      return holidays;
    },
    calendarSays(calendarId, atEpochMs) {
      const calendar = contents.calendars[calendarId];
      // A calendar that was taken away counts as closed: the closed way of a flow promises nothing that nobody keeps.
      if (calendar === undefined) return { open: false, reason: '開庁時間の設定がありません' };
      return isOpen(calendar, holidays, new Date(atEpochMs).toISOString());
    },
    listContains: (listId, number) => lists.get(listId)?.has(number) ?? false,
    dueAt(phoneNumber, atEpochMs) {
      const calendarId = byNumber.get(phoneNumber)?.calendarId ?? null;
      const calendar = calendarId === null ? null : (contents.calendars[calendarId] ?? null);
      return dueOf(calendar, holidays, atEpochMs);
    },
  };
}

async function readContents(db: Database): Promise<Contents> {
  const numbers = await db.selectFrom('phone_number').selectAll().orderBy('phone_number').execute();
  const inForce = numbers.flatMap((row) => [row.bundle_id, row.trial_bundle_id]).filter((id) => id !== null);
  const bundles =
    inForce.length === 0
      ? []
      : await db
          .selectFrom('flow_bundle')
          .select(['bundle_id', 'bundle'])
          .where('bundle_id', 'in', inForce)
          .execute();
  const calendars = await db.selectFrom('calendar').select(['calendar_id', 'calendar']).execute();
  const official = await readOfficialHolidays(db);
  const entries = await db.selectFrom('number_list_entry').selectAll().execute();
  const testCallers = await db.selectFrom('test_caller').selectAll().execute();
  const emergencies = await db
    .selectFrom('emergency_period')
    .select(['text', 'afterwards', 'phone_numbers', 'ends_at'])
    .where('ended_at', 'is', null)
    .orderBy('period_id')
    .execute();
  const usual = await db.selectFrom('usual_voice').select('voice').executeTakeFirst();
  const telephone = await db.selectFrom('emergency_telephone').select('phone_number').executeTakeFirst();
  return ContentsSchema.parse({
    readings: await db.selectFrom('reading').select(['surface', 'reading']).orderBy('surface').execute(),
    usualVoice: usual?.voice,
    phoneNumbers: numbers.map((row) => ({
      phoneNumber: row.phone_number,
      name: row.name,
      state: row.state,
      bundleId: row.bundle_id,
      fallbackNumber: row.fallback_number,
      calendarId: row.calendar_id,
      recordingEnabled: row.recording_enabled,
      trialBundleId: row.trial_bundle_id,
      opensOn: row.opens_on,
      forwardTo: row.forward_to,
      presented: row.presented,
      maxCalls: row.max_calls,
      whenFull: row.when_full,
    })),
    testCallers: testCallers.map((row) => ({
      number: row.number,
      fromDay: row.from_day,
      toDay: row.to_day,
    })),
    emergencies: emergencies.map((row) => ({
      text: row.text,
      afterwards: row.afterwards,
      phoneNumbers: row.phone_numbers,
      endsAtEpochMs: row.ends_at.getTime(),
    })),
    switchingNumber: telephone?.phone_number ?? null,
    bundles: Object.fromEntries(bundles.map((row) => [row.bundle_id, row.bundle])),
    calendars: Object.fromEntries(calendars.map((row) => [row.calendar_id, row.calendar])),
    lists: Object.fromEntries(
      Map.groupBy(entries, (entry) => entry.list_id)
        .entries()
        .map(([id, rows]) => [id, rows.map((row) => row.number)]),
    ),
    officialHolidays: official === null ? null : Object.fromEntries(official),
  });
}
