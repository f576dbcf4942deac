import {
  BundleUnreadableError,
  type FlowDraft,
  FlowDraftSchema,
  loadPublished,
  type RunnableFlow,
} from '@madoguchi/flow';
import { showNumber } from '../calls/reading/index.ts';
import type { Database } from '../database/index.ts';
import type { CalendarUses } from '../http/calendar-contract.ts';

export type NumberInForce = {
  readonly phoneNumber: string;
  readonly name: string;
  /** Its callers switch emergency announcements and hear no flow. */
  readonly isForSwitching: boolean;
  readonly bundleId: string | null;
  readonly flowName: string | null;
  /** Null: none is in force, or it cannot be read. */
  readonly flow: RunnableFlow | null;
  /** What the number names itself, and what its flow asks. */
  readonly calendarIds: ReadonlySet<string>;
};

/** All numbers with the flow in force and the calendars on which they depend, by number. */
export async function readNumbersInForce(db: Database): Promise<readonly NumberInForce[]> {
  const rows = await db
    .selectFrom('phone_number as n')
    .leftJoin('flow_bundle as b', 'b.bundle_id', 'n.bundle_id')
    .leftJoin('emergency_telephone as e', 'e.phone_number', 'n.phone_number')
    .select(['n.phone_number', 'n.name', 'n.calendar_id', 'n.bundle_id', 'b.name as flow_name', 'b.bundle'])
    .select('e.phone_number as switching_number')
    .orderBy('n.phone_number')
    .execute();
  return rows.map((row) => {
    const flow = row.bundle_id === null ? null : readableOrNull(row.bundle);
    return {
      phoneNumber: row.phone_number,
      name: row.name,
      isForSwitching: row.switching_number !== null,
      bundleId: row.bundle_id,
      flowName: row.flow_name,
      flow,
      calendarIds: new Set([
        ...(row.calendar_id === null ? [] : [row.calendar_id]),
        ...(flow === null ? [] : calendarIdsIn(flow.bundle.flows)),
      ]),
    };
  });
}

/** What would be without hours if a calendar were gone. */
export function usesOf(
  { numbers, drafts }: { readonly numbers: readonly NumberInForce[]; readonly drafts: readonly FlowDraft[] },
  calendarId: string,
): CalendarUses {
  const using = numbers.filter(({ calendarIds }) => calendarIds.has(calendarId));
  const asking = using.filter(
    ({ flow }) => flow !== null && calendarIdsIn(flow.bundle.flows).includes(calendarId),
  );
  return {
    numbers: using.map(({ phoneNumber, name }) => ({ phoneNumber, shown: showNumber(phoneNumber), name })),
    flows: [...new Set(asking.flatMap(({ flowName }) => (flowName === null ? [] : [flowName])))],
    drafts: drafts.filter((draft) => calendarIdsIn({ draft }).includes(calendarId)).map(({ name }) => name),
  };
}

/** The drafts that staff edit and that can be read, by name. */
export async function readDrafts(db: Database): Promise<readonly FlowDraft[]> {
  const rows = await db
    .selectFrom('flow')
    .select('draft')
    .where('removed_at', 'is', null)
    .orderBy('name')
    .execute();
  return rows.flatMap(({ draft }) => FlowDraftSchema.safeParse(draft).data ?? []);
}

function calendarIdsIn(flows: Readonly<Record<string, FlowDraft>>): readonly string[] {
  return Object.values(flows)
    .flatMap(({ nodes }) => Object.values(nodes))
    .flatMap((node) => {
      const calendarId = node.kind === 'openingHours' ? node['calendarId'] : undefined;
      return typeof calendarId === 'string' ? [calendarId] : [];
    });
}

function readableOrNull(stored: unknown): RunnableFlow | null {
  try {
    return loadPublished(stored);
  } catch (error) {
    if (error instanceof BundleUnreadableError) return null;
    throw error;
  }
}
