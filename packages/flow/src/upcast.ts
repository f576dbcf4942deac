import { z } from 'zod';
import { CallEventSchema, EVENT_SCHEMA_VERSION } from './event.ts';
import type { StampedEvent } from './interpreter.ts';

/** An event as it lies in the log or the spool. */
export const StoredEventSchema = z.object({
  schemaVersion: z.int().min(1),
  seq: z.int().min(0),
  atMs: z.number().min(0),
  event: z.unknown(),
});
export type StoredEvent = z.infer<typeof StoredEventSchema>;

/** A stored event that is damaged or of a newer release. Carries no content of the event. */
export class EventUnreadableError extends Error {
  readonly code = 'eventUnreadable';
}

/** The n-th brings an event of version n + 1 to version n + 2. */
const UPCASTERS: readonly ((event: unknown) => unknown)[] = [];

/** Brings a stored event of any release forward to the present shape. Throws EventUnreadableError. */
export function upcast(stored: unknown): StampedEvent {
  const { schemaVersion, seq, atMs, event } = read(StoredEventSchema, stored, 'envelope');
  if (schemaVersion > EVENT_SCHEMA_VERSION) {
    throw new EventUnreadableError(
      `event ${seq}: schema version ${schemaVersion} is newer than ${EVENT_SCHEMA_VERSION}`,
    );
  }
  const present = UPCASTERS.slice(schemaVersion - 1).reduce((older, forward) => forward(older), event);
  return { seq, atMs, event: read(CallEventSchema, present, `event ${seq}`) };
}

function read<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new EventUnreadableError(
    `${what}: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`,
  );
}
