import {
  type BundleDraft,
  bundleOfFlows,
  type Calendar,
  eligibilityTemplate,
  exampleParameters,
  type FlowTemplate,
  healthTemplate,
  levyTemplate,
  WEEKDAYS,
} from '@madoguchi/flow';
import type { Clock } from '../clock.ts';
import type { Database } from '../database/index.ts';
import { type PromptPreparation, publishFlow } from './publish.ts';

/** One of the three groups of the specification (IZ-1.5), with numbers that nobody has; the real ones appear as labels only. */
export type SampleNumber = {
  readonly phoneNumber: string;
  readonly name: string;
  readonly staffNumber: string;
  readonly template: FlowTemplate;
};

export const SAMPLE_CITY = '見本市';
export const SAMPLE_CALENDAR_ID = 'city-hall';
export const SAMPLE_NUMBERS: readonly SampleNumber[] = [
  {
    phoneNumber: '0725008128',
    name: '国保 資格給付',
    staffNumber: '0725009128',
    template: eligibilityTemplate,
  },
  { phoneNumber: '0725008129', name: '国保 賦課徴収', staffNumber: '0725009129', template: levyTemplate },
  { phoneNumber: '0725008169', name: '国保 保健総務', staffNumber: '0725009169', template: healthTemplate },
];

/** The flow of a sample number, as a city that does not exist would have it. */
export function sampleBundle({ template, staffNumber }: SampleNumber, bundleId: string): BundleDraft {
  const parameters = {
    ...exampleParameters(template),
    cityName: SAMPLE_CITY,
    calendarId: SAMPLE_CALENDAR_ID,
    staffNumber,
  };
  return bundleOfFlows(bundleId, template.make(parameters));
}

/** IZ-1.2b: weekdays 8:45–17:15, closed on 祝日 and from 12/29 to 1/3. */
export function sampleCalendar(): Calendar {
  const officeHours = [{ from: '08:45', to: '17:15' }];
  return {
    id: SAMPLE_CALENDAR_ID,
    name: '市役所の開庁時間',
    weekly: Object.fromEntries(
      WEEKDAYS.map((weekday) => [weekday, weekday === 'saturday' || weekday === 'sunday' ? [] : officeHours]),
    ) as Calendar['weekly'],
    extended: [],
    holidays: { rule: { type: 'closed' }, named: [] },
    nthWeekdays: [],
    yearlyRanges: [{ label: '年末年始', from: '12-29', to: '01-03', hours: [] }],
    dateRanges: [],
    days: [],
  };
}

/**
 * Lays in what a first start needs so that calls can be answered: a calendar, the three numbers, a published flow for each.
 * Does nothing where numbers are there already.
 * @returns whether anything was laid in.
 */
export async function laySampleSettings(
  parts: { readonly db: Database; readonly prompts: PromptPreparation; readonly clock: Clock },
  {
    calendar,
    onProgress,
  }: {
    /** Put in force in place of the ordinary one, also where that is there already. */
    readonly calendar: Calendar | null;
    readonly onProgress: (name: string, done: number, total: number) => void;
  },
): Promise<boolean> {
  const { db } = parts;
  const values = {
    calendar_id: SAMPLE_CALENDAR_ID,
    name: '市役所の開庁時間',
    calendar: JSON.stringify(calendar ?? sampleCalendar()),
  };
  await db
    .insertInto('calendar')
    .values(values)
    .onConflict((conflict) =>
      calendar === null
        ? conflict.doNothing()
        : conflict.column('calendar_id').doUpdateSet({ calendar: values.calendar }),
    )
    .execute();
  const served = await db.selectFrom('phone_number').select('bundle_id').execute();
  if (served.length > 0 && served.every((row) => row.bundle_id !== null)) return false;
  await db
    .insertInto('phone_number')
    .values(
      SAMPLE_NUMBERS.map(({ phoneNumber, name, staffNumber }) => ({
        phone_number: phoneNumber,
        name,
        state: 'live' as const,
        bundle_id: null,
        fallback_number: staffNumber,
        calendar_id: SAMPLE_CALENDAR_ID,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const sample of SAMPLE_NUMBERS) {
    const { phoneNumber, name } = sample;
    const number = await db
      .selectFrom('phone_number')
      .select('bundle_id')
      .where('phone_number', '=', phoneNumber)
      .executeTakeFirst();
    if (number === undefined || number.bundle_id !== null) continue;
    const published = await publishFlow(
      parts,
      sampleBundle(sample, `${phoneNumber}-1`),
      { phoneNumber, name, comment: '見本のフロー' },
      (done, total) => onProgress(name, done, total),
    );
    if (!published.ok) throw new Error(`the sample flow of ${name} does not pass the checker`);
  }
  return true;
}
