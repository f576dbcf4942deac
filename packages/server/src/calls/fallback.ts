import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mayDial, openIntervals } from '@madoguchi/flow';
import { z } from 'zod';
import type { Directory } from './directory.ts';
import { replaceFile } from './replace-file.ts';

const FallbackSchema = z.object({
  number: z.string(),
  fallback: z.string().nullable(),
  openIntervals: z.array(z.object({ fromEpochMs: z.number(), toEpochMs: z.number() })),
  /** Null: it is not stopped. */
  forwardTo: z.string().nullable().default(null),
  /** Null: the apology that all numbers share. */
  apologySound: z.string().nullable(),
});
/** What the telephone does by itself for one number while no controlling process is there. */
export type Fallback = z.infer<typeof FallbackSchema>;

const FILE = 'fallback.json';

/** Keeps the fallbacks for a telephone that starts before, or without, a controlling process. */
export async function keepFallbacks(stateDir: string, fallbacks: readonly Fallback[]): Promise<void> {
  await replaceFile(join(stateDir, FILE), JSON.stringify(fallbacks));
}

/** The fallbacks kept last; none before the first start. */
export async function readFallbacks(stateDir: string): Promise<readonly Fallback[]> {
  const text = await readFile(join(stateDir, FILE), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '[]';
    throw error;
  });
  return z.array(FallbackSchema).parse(JSON.parse(text));
}

/** Days ahead for which the telephone knows the opening hours; made anew every day. */
const DAYS_AHEAD = 40;

/** One entry per number that is served. A number without calendar counts as always closed: nobody would answer the fallback. */
export function fallbacksOf(directory: Directory, nowEpochMs: number): readonly Fallback[] {
  return directory.phoneNumbers.map((number) => {
    const isForSwitching = number.phoneNumber === directory.switchingNumber;
    const calendar = number.calendarId === null ? null : directory.calendar(number.calendarId);
    return {
      number: number.phoneNumber,
      // Nobody expects callers of a number that is not open yet, nor of that by which announcements are switched.
      fallback: number.state === 'live' && !isForSwitching ? dialable(number.fallbackNumber) : null,
      forwardTo: number.state === 'stopped' && !isForSwitching ? dialable(number.forwardTo) : null,
      openIntervals:
        calendar === null
          ? []
          : [...openIntervals(calendar, directory.holidays, new Date(nowEpochMs).toISOString(), DAYS_AHEAD)],
      apologySound: null,
    };
  });
}

/** The telephone dials it without asking us: what may not be dialled is not even told. */
function dialable(number: string | null): string | null {
  return number !== null && mayDial(number, { tollFree: false }).allowed ? number : null;
}
