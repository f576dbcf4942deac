import { z } from 'zod';
import type { Ari } from './ari.ts';
import { isGone } from './ari-error.ts';

/** Variable of a call that only hears that all lines are taken: it takes none of them, also for a process that comes after this one. */
const ADMISSION_VARIABLE = 'MADOGUCHI_ADMISSION';
const OVERFLOW = 'overflow';

export async function markAsOverflow(ari: Ari, callId: string): Promise<void> {
  await ari.request('POST', `channels/${callId}/variable`, { variable: ADMISSION_VARIABLE, value: OVERFLOW });
}

export async function isMarkedAsOverflow(ari: Ari, callId: string): Promise<boolean> {
  try {
    const reply = await ari.request('GET', `channels/${callId}/variable`, { variable: ADMISSION_VARIABLE });
    return z.object({ value: z.string() }).parse(JSON.parse(reply)).value === OVERFLOW;
  } catch (error) {
    // So the engine also answers where the variable was never set.
    if (isGone(error)) return false;
    throw error;
  }
}
